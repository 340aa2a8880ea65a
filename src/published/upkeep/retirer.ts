import type { Knex } from "knex";
import { horloge } from "../../db/index.ts";
import { parisDay } from "../../lheo/index.ts";
import { lockPublished } from "../write/lock.ts";
import { withdraw } from "../write/withdraw.ts";
import { estPerimee, finLimite, JOURS_APRES_FIN } from "./perimee.ts";

export interface ParLots {
  /** Records to a transaction, between which the other writers get their turn; 500 when not given. */
  readonly lot?: number;
  readonly signal?: AbortSignal;
}

/**
 * Withdraws the sessions that ended more than {@link JOURS_APRES_FIN} days ago, by the newest version of each: the feeds
 * and the history see a recorded cause. Stopped anywhere, it goes on where it was at the next call.
 * @returns how many were withdrawn
 */
export async function retirerPerimees(db: Knex, { lot = 500, signal }: ParLots = {}): Promise<number> {
  const jour = parisDay(await horloge(db));
  let after: Candidate = { numero: "", fin: INCONNUE };
  let retirees = 0;
  for (;;) {
    signal?.throwIfAborted();
    const { page, numeros } = await db.transaction(async (trx) => {
      // Before reading: a version that gives the session new dates is then either seen or comes after.
      await lockPublished(trx);
      const page = await readCandidates(trx, jour, after, lot);
      const perimees = page.filter((session) => estPerimee(session, jour)).map(({ numero }) => numero);
      const note = `Terminée depuis plus de ${JOURS_APRES_FIN} jours.`;
      return { page, ...(await withdraw(trx, "session", perimees, { motif: "session_terminee", note })) };
    });
    retirees += numeros.length;
    const last = page.at(-1);
    if (last === undefined || page.length < lot) return retirees;
    after = last;
  }
}

interface Candidate {
  readonly numero: string;
  readonly fin: string;
}

/** The dates that name a day come after it. */
const INCONNUE = "00000000";

/** As a text a date is not after its last possible day, so none of those wanted is missed. */
async function readCandidates(
  trx: Knex.Transaction,
  jour: string,
  after: Candidate,
  lot: number,
): Promise<readonly Candidate[]> {
  const { rows } = await trx.raw<{ rows: Candidate[] }>(
    `SELECT s.numero, s.fin FROM published_session s
      WHERE s.retired_at IS NULL AND s.fin < :limite AND s.fin > '${INCONNUE}'
        AND (s.fin, s.numero) > (:fin, :numero)
        AND NOT EXISTS (SELECT FROM published_session n
          WHERE n.numero = s.numero AND n.version > s.version AND n.retired_at IS NULL)
      ORDER BY s.fin, s.numero LIMIT :lot`,
    { limite: finLimite(jour), ...after, lot },
  );
  return rows;
}
