import { hash } from "node:crypto";
import {
  buildOffre,
  type Contexte,
  type Entree,
  numeroAction,
  numeroFormation,
  numeroSession,
} from "../feed/index.ts";
import { serialise, serialiseAround } from "../lheo/index.ts";
import type { Notice } from "../notices/index.ts";
import type { Session, Version } from "../published/contract/index.ts";
import { checkAction, checkFormation, fusionner, written } from "../validation/index.ts";
import { octets } from "./octets.ts";

/** The bytes of one LHEO action and all that is said of it; shared by the variants in which it reads the same. */
export interface Piece {
  readonly xml: Buffer;
  /** Completed by the XSD once the piece has been validated. */
  notices: readonly Notice[];
  /** Already asked of the XSD, in this variant or in another. */
  soumise: boolean;
}

/** One session of a variant. */
export interface Element {
  readonly session: Version<Session>;
  readonly numeroAction: string;
  readonly numeroSession: string;
  readonly piece: Piece;
}

/** The head of a formation: what stands before and after its actions. */
export interface Tete {
  readonly numero: string;
  readonly before: Buffer;
  readonly after: Buffer;
  notices: readonly Notice[];
}

/** One `formation` built and written for one set of versions of its records. */
export interface Variante {
  readonly entree: Entree;
  readonly tete: Tete;
  /** In the order of the feed. */
  readonly elements: readonly Element[];
}

/**
 * Builds and writes an entry, and applies the business rules to it. Pure but for the hash.
 * @param connue a variant of the same action: what reads the same in both is shared, with its verdict
 */
export function buildVariante(entree: Entree, contexte: Contexte, connue?: Variante): Variante {
  const offre = buildOffre(entree, contexte);
  const { numero: action } = entree.action;
  const organisme = entree.organisme.numero;
  const place = { action, organisme };
  const bySession = noticesBySession(offre.notices);

  const numero = numeroFormation(contexte.base, entree.action);
  const around = written(place, () => serialiseAround("formation", offre.formation, "action"));
  const sameHead = connue !== undefined && around.value !== undefined && isHead(connue.tete, around.value);
  const tete: Tete = sameHead
    ? connue.tete
    : {
        numero,
        before: octets(around.value?.before ?? ""),
        after: octets(around.value?.after ?? ""),
        notices: merge(around.notices, checkFormation(offre.formation, place), bySession.get("") ?? []),
      };
  const known = new Map(
    sameHead ? connue.elements.map((element) => [element.session.numero, element.piece]) : [],
  );
  const sessions = new Map(entree.sessions.map((session) => [session.numero, session]));

  const elements: Element[] = [];
  for (const { session: numeroDeSession, action: value } of offre.actions) {
    const session = sessions.get(numeroDeSession);
    if (session === undefined) continue;
    const at = { ...place, session: numeroDeSession };
    const xml = written(at, () => octets(serialise("action", value)));
    const twin = known.get(numeroDeSession);
    const piece =
      twin !== undefined && xml.value !== undefined && twin.xml.equals(xml.value)
        ? twin
        : {
            xml: xml.value ?? NOTHING,
            notices: merge(
              xml.notices,
              checkAction(value, offre.formation, at),
              bySession.get(numeroDeSession) ?? [],
            ),
            soumise: xml.value === undefined,
          };
    elements.push({
      session,
      numeroAction: numeroAction(contexte.base, session),
      numeroSession: numeroSession(session),
      piece,
    });
  }
  return { entree, tete, elements };
}

/** sha256 of what the consumer reads for a session: the head of its formation and its action. */
export function fragmentSha256({ before, after }: Tete, { xml }: Piece): string {
  return hash("sha256", Buffer.concat([before, xml, after]));
}

const NOTHING = Buffer.alloc(0);

function isHead(tete: Tete, around: { readonly before: string; readonly after: string }): boolean {
  return tete.before.equals(Buffer.from(around.before)) && tete.after.equals(Buffer.from(around.after));
}

/** Under `""`: those of the formation itself. */
function noticesBySession(notices: readonly Notice[]): ReadonlyMap<string, readonly Notice[]> {
  const found = new Map<string, Notice[]>();
  for (const one of notices) {
    const list = found.get(one.session ?? "");
    if (list === undefined) found.set(one.session ?? "", [one]);
    else list.push(one);
  }
  return found;
}

/** One notice per cause, when several checks spoke. */
export function merge(...lists: readonly (readonly Notice[])[]): readonly Notice[] {
  const spoke = lists.filter((list) => list.length > 0);
  return spoke.length > 1 ? fusionner(...spoke) : (spoke[0] ?? []);
}
