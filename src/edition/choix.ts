import { blocksFor, type Notice, notice } from "../notices/index.ts";
import type { Session, Version } from "../published/contract/index.ts";
import type { Part } from "./preparation.ts";
import type { Sortie } from "./sorties.ts";
import type { Element, Variante } from "./variante.ts";

/** What one stream writes for a unit. */
export interface Choix {
  /** The head to write, with the versions it was built from. */
  readonly variante: Variante;
  readonly ecrits: readonly Ecrit[];
  /** Sessions in scope of which no version passes. */
  readonly ecartees: readonly string[];
  /** What set a version aside, and what was kept instead. */
  readonly notices: readonly Notice[];
}

export interface Ecrit {
  readonly element: Element;
  /** An older version of the session, or of what is around it, because the newest did not pass. */
  readonly retenue: boolean;
}

/** How older versions are found and tried; see `essais.ts`. */
export interface Essais {
  /** Older versions of a session that are in scope, newest first. */
  olderSessions(session: Version<Session>): Promise<readonly Version<Session>[]>;
  /** Entries with an older action, then with an older organisme. */
  olderHeads(): Promise<readonly Head[]>;
  /** Builds and validates these sessions under a head. */
  build(head: Head, sessions: readonly Version<Session>[]): Promise<Variante>;
}

/** What stands around the sessions. */
export type Head = Omit<Variante["entree"], "sessions">;

/** Does this notice set a record aside in this stream? */
export function blocks({ profils }: Pick<Sortie, "profils">, one: Notice): boolean {
  return profils.some(
    ({ id, regles_bloquantes }) => blocksFor(one, id) || regles_bloquantes.includes(one.code),
  );
}

/**
 * Chooses what a stream writes for a unit. Setting aside is per session first, and the last version that passes
 * stays: of the session, else of its action, else of its organisme.
 * @param fixed the head already written for this action, when the unit is a further part of it
 */
export async function choose(
  { sortie, dedans, variante }: Part & { readonly variante: Variante },
  essais: () => Essais,
  fixed?: Variante,
): Promise<Choix> {
  const sessions = [...dedans.values()];
  const isFixed = fixed !== undefined && !sameHead(fixed, variante);
  const wanted = isFixed ? await essais().build(fixed.entree, sessions) : variante;
  const first = attempt(sortie, wanted, dedans);
  if (first.refused.length === 0 && !isFixed)
    return { variante, ecrits: first.passed.map(current), ecartees: [], notices: [] };

  let best = await withOlderSessions(sortie, first, essais());
  if (fixed === undefined && best.ecartees.length > 0) {
    for (const head of await essais().olderHeads()) {
      const tried = attempt(sortie, await essais().build(head, sessions), dedans);
      const other = await withOlderSessions(sortie, tried, essais());
      if (other.ecrits.length > best.ecrits.length) best = other;
      if (best.ecartees.length === 0) break;
    }
  }
  const older = !sameHead(best.variante, variante);
  return {
    ...best,
    ecrits: older ? best.ecrits.map((ecrit) => ({ ...ecrit, retenue: true })) : best.ecrits,
    notices: [
      ...reasons(sortie, attempt(sortie, variante, dedans), isFixed ? first : undefined),
      ...(older && best.ecrits.length > 0 ? headKept(variante, best.variante) : []),
      ...best.notices,
    ],
  };
}

interface Attempt {
  readonly variante: Variante;
  readonly headRefused: boolean;
  readonly passed: readonly Element[];
  readonly refused: readonly Element[];
}

function attempt(sortie: Sortie, variante: Variante, dedans: Part["dedans"]): Attempt {
  const elements = variante.elements.filter(({ session }) => dedans.has(session.numero));
  const headRefused = variante.tete.notices.some((one) => blocks(sortie, one));
  if (headRefused) return { variante, headRefused, passed: [], refused: elements };
  const passes = ({ piece }: Element) => !piece.notices.some((one) => blocks(sortie, one));
  if (elements.every(passes)) return { variante, headRefused, passed: elements, refused: [] };
  return {
    variante,
    headRefused,
    passed: elements.filter(passes),
    refused: elements.filter((element) => !passes(element)),
  };
}

/** Looks, for each session refused under a head that passes, for its last version that does. */
async function withOlderSessions(sortie: Sortie, tried: Attempt, essais: Essais): Promise<Choix> {
  const { variante } = tried;
  const ecrits: Ecrit[] = tried.passed.map(current);
  const ecartees: string[] = [];
  const notices: Notice[] = [];
  for (const { session } of tried.refused) {
    const found = tried.headRefused ? undefined : await lastThatPasses(sortie, tried, session, essais);
    if (found === undefined) ecartees.push(session.numero);
    else {
      ecrits.push({ element: found, retenue: true });
      notices.push(
        notice("version-precedente-gardee", {
          path: "",
          value: String(session.version),
          attendu: String(found.session.version),
          action: variante.entree.action.numero,
          session: session.numero,
        }),
      );
    }
  }
  const order = new Map(variante.elements.map(({ session }, rank) => [session.numero, rank]));
  const rankOf = ({ element }: Ecrit) => order.get(element.session.numero) ?? 0;
  return { variante, ecrits: ecrits.sort((a, b) => rankOf(a) - rankOf(b)), ecartees, notices };
}

async function lastThatPasses(
  sortie: Sortie,
  { variante }: Attempt,
  session: Version<Session>,
  essais: Essais,
): Promise<Element | undefined> {
  for (const older of await essais.olderSessions(session)) {
    const { elements } = await essais.build(variante.entree, [older]);
    const [element] = elements;
    if (element !== undefined && !element.piece.notices.some((one) => blocks(sortie, one))) return element;
  }
  return undefined;
}

const current = (element: Element): Ecrit => ({ element, retenue: false });

function sameHead(a: Variante, b: Variante): boolean {
  return (
    a.entree.action.version === b.entree.action.version &&
    a.entree.organisme.numero === b.entree.organisme.numero &&
    a.entree.organisme.version === b.entree.organisme.version
  );
}

/** The notices that set something aside in this stream, with the profiles concerned. */
function reasons(sortie: Sortie, ...attempts: readonly (Attempt | undefined)[]): readonly Notice[] {
  const partners = sortie.profils.map(({ id }) => id);
  return attempts.flatMap((tried) => {
    if (tried === undefined) return [];
    const said = tried.headRefused
      ? tried.variante.tete.notices
      : tried.refused.flatMap(({ piece }) => piece.notices);
    return said.filter((one) => blocks(sortie, one)).map((one) => ({ ...one, partners }));
  });
}

function headKept(newest: Variante, kept: Variante): readonly Notice[] {
  return (["action", "organisme"] as const).flatMap((kind) => {
    const [value, attendu] = [newest.entree[kind], kept.entree[kind]];
    if (value.numero === attendu.numero && value.version === attendu.version) return [];
    return notice("version-precedente-gardee", {
      path: kind === "organisme" ? "organisme-formation-responsable" : "",
      value: String(value.version),
      attendu: String(attendu.version),
      action: newest.entree.action.numero,
      organisme: newest.entree.organisme.numero,
    });
  });
}

/** A unit of which this stream has something to write or to set aside. */
export function isConcerned(part: Part): part is Part & { readonly variante: Variante } {
  return part.variante !== undefined && part.sortie.fichier;
}
