import type { Knex } from "knex";
import type { ParLots } from "./retirer.ts";

/** The registers hold nothing personal. */
const PURGES = ["session", "action", "organisme"] as const;

export type Purgees = Readonly<Record<(typeof PURGES)[number], number>>;

/**
 * Purges the versions withdrawn more than some days ago: the content gives way to a tombstone (parents, dates,
 * certifications), the operator's own words go; number, instants, hash and reason stay. Which content remains is decided
 * by `published_tombe` in the database, which lets no other change through. Stopped anywhere, it goes on at the next call.
 * @returns how many versions were purged
 */
export async function purgerRetires(
  db: Knex,
  { jours, lot = 500, signal }: ParLots & { readonly jours: number },
): Promise<Purgees> {
  const purgees = { session: 0, action: 0, organisme: 0 };
  for (const kind of PURGES) {
    for (;;) {
      signal?.throwIfAborted();
      const done = await purgeLot(db, kind, jours, lot);
      purgees[kind] += done;
      if (done < lot) break;
    }
  }
  return purgees;
}

async function purgeLot(
  db: Knex,
  kind: (typeof PURGES)[number],
  jours: number,
  lot: number,
): Promise<number> {
  const { rowCount } = await db.raw<{ rowCount: number }>(
    `UPDATE published_${kind} v
        SET contenu = published_tombe('${kind}', v.contenu), retired_note = NULL, purged_at = horloge()
       FROM (SELECT numero, version FROM published_${kind}
              WHERE retired_at < horloge() - make_interval(days => ?) AND purged_at IS NULL
              ORDER BY retired_at LIMIT ? FOR UPDATE SKIP LOCKED) a
      WHERE v.numero = a.numero AND v.version = a.version`,
    [jours, lot],
  );
  return rowCount;
}
