import type { Knex } from "knex";
import { type Notice, notice } from "../notices/index.ts";
import type { Session } from "../published/contract/index.ts";
import { numeroDefect, readLast } from "../published/index.ts";
import type { Fiche, OffreImportee, SessionImportee } from "./offre.ts";
import { noticeDeRetour } from "./retour.ts";

/** Whose number it is: an LHEO action of an action of the catalogue. */
type Proprietaire = Pick<Session, "action" | "numero_action_lheo">;

/** The keys that a session may take, the plain one first: in LHEO its number is unique inside its action only. */
function candidates({ numero, unite, contenu }: SessionImportee): [string, ...string[]] {
  const parAction = `${unite.numeroAction}_${numero}`;
  return [numero, parAction, `${contenu.action}_${parAction}`];
}

const memeAction = (a: Proprietaire, b: Proprietaire): boolean =>
  a.action === b.action && (a.numero_action_lheo ?? "") === (b.numero_action_lheo ?? "");

/**
 * Gives each session of some offers its key in the contract: its own number, unless another action's session has it,
 * in the base or earlier in the file. A session that was once given a longer key keeps it, whatever the order of the
 * next file, so that a key never passes from one session to another.
 */
export async function donnerCles(
  trx: Knex.Transaction,
  offres: readonly OffreImportee[],
): Promise<{ readonly sessions: readonly Fiche<Session>[]; readonly notices: readonly Notice[] }> {
  const toutes = offres.flatMap(({ sessions, line }) => sessions.map((session) => ({ ...session, line })));
  const publiees = await readLast(trx, "session", [...new Set(toutes.flatMap(candidates))]);
  const prises = new Map<string, Proprietaire>([...publiees].map(([cle, { contenu }]) => [cle, contenu]));
  const donnees = new Set<string>();
  const sessions: Fiche<Session>[] = [];
  const notices: Notice[] = [];
  for (const session of toutes) {
    const { numero, contenu, unite, line } = session;
    const libres = candidates(session).filter((cle) => {
      const proprietaire = prises.get(cle);
      return !donnees.has(cle) && (proprietaire === undefined || memeAction(proprietaire, contenu));
    });
    const cle = libres.findLast((candidate) => prises.has(candidate)) ?? libres[0];
    const place = {
      path: `${unite.chemin}/@numero`,
      value: numero,
      action: contenu.action,
      session: numero,
      line,
    };
    if (cle === undefined || numeroDefect(cle) !== undefined) {
      notices.push(notice("import-session-double", place));
      continue;
    }
    notices.push(...noticeDeRetour(publiees.get(cle), place));
    if (cle !== numero) notices.push(notice("import-numero-session-pris", { ...place, attendu: cle }));
    donnees.add(cle);
    prises.set(cle, contenu);
    sessions.push({ numero: cle, contenu });
  }
  return { sessions, notices };
}
