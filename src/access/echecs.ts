import type { Knex } from "knex";

/** Failures in a row that cost nothing: of an account; of an address, where a whole agency may sit behind one. */
const LIBRES = "CASE WHEN cle LIKE 'adresse:%' THEN 40 ELSE 5 END";

/** Said to who {@link isSlowedDown}. */
export const TROP = "Trop d'essais : réessayez dans quelques minutes.";

/** Minutes after which failures are forgotten. */
const OUBLI_MINUTES = 30;

/**
 * Has one of these failed too often of late? After so many failures each next try has to wait, twice as long each time:
 * 15 s, 30 s… up to 15 minutes. In the database, so that it holds for all processes.
 */
export async function isSlowedDown(db: Knex, cles: readonly string[]): Promise<boolean> {
  const { rows } = await db.raw<{ rows: { slowed: boolean | null }[] }>(
    `SELECT bool_or(echecs >= ${LIBRES}
       AND dernier_at + least(15 * power(2, least(echecs - ${LIBRES}, 10)), 900) * interval '1 second' > horloge()) AS slowed
     FROM connexion_echec WHERE cle = ANY(?)`,
    [[...cles]],
  );
  return rows[0]?.slowed === true;
}

export async function noteFailure(db: Knex, cles: readonly string[]): Promise<void> {
  await db.raw(
    `INSERT INTO connexion_echec (cle, echecs, dernier_at) SELECT cle, 1, horloge() FROM unnest(?::text[]) AS cle
     ON CONFLICT (cle) DO UPDATE SET dernier_at = horloge(), echecs = CASE
       WHEN connexion_echec.dernier_at < horloge() - interval '${OUBLI_MINUTES} minutes' THEN 1
       ELSE connexion_echec.echecs + 1 END`,
    [[...cles].sort()],
  );
}

/** The account is known again; the address may still be trying others. */
export async function noteSuccess(db: Knex, [compte]: readonly string[]): Promise<void> {
  await db("connexion_echec")
    .where({ cle: compte ?? "" })
    .orWhereRaw("dernier_at < horloge() - interval '1 day'")
    .delete();
}
