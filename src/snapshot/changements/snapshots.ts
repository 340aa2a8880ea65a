import type { Knex } from "knex";
import { type Snapshot, snapshotById } from "../lineage.ts";

/** A feed that a profile published and whose file is still kept, by the sha256 of its XML. */
export async function keptSnapshot(db: Knex, profil: string, sha256: string): Promise<Snapshot | undefined> {
  const row = await db("feed_snapshot")
    .where({ profil, sha256, purged_at: null })
    .orderBy("id", "desc")
    .first("id");
  return row === undefined ? undefined : snapshotById(db, row.id);
}

/** Sessions that entered the current feed of a profile, or changed in it, since an instant: `session/@numero` of each. */
export async function sessionsSince(db: Knex, profil: string, since: Date): Promise<ReadonlySet<string>> {
  const { rows } = await db.raw<{ rows: { session: string }[] }>(
    `SELECT coalesce(s.contenu->>'numero_lheo', p.session) AS session
     FROM feed_presence p LEFT JOIN published_session s ON s.numero = p.session AND s.version = p.session_version
     WHERE p.profil = :profil AND p.to_snapshot IS NULL AND p.from_snapshot >= (
       SELECT coalesce(min(id), 9223372036854775807) FROM feed_snapshot
       WHERE profil = :profil AND created_at >= :since)`,
    { profil, since },
  );
  return new Set(rows.map(({ session }) => session));
}
