import type { Knex } from "knex";
import type { Situation, Waiting } from "./planning.ts";

interface SituationRow {
  readonly snapshot_id: number;
  readonly contenu: string;
  readonly vide: boolean;
  readonly attente: Waiting | null;
  readonly vol: { readonly id: string; readonly contenu: string } | null;
  readonly acquis: string | null;
}

/** Everything that planning looks at, in one statement; undefined when the profile never had a feed. */
export async function readSituation(
  trx: Knex.Transaction,
  partner: string,
  profil: string,
): Promise<Situation | undefined> {
  const { rows } = await trx.raw<{ rows: SituationRow[] }>(SITUATION, { partner, profil });
  const [row] = rows;
  if (row === undefined) return undefined;
  return {
    courant: { snapshotId: row.snapshot_id, contenu: row.contenu, vide: row.vide },
    enAttente: row.attente ?? undefined,
    enVol: row.vol ?? undefined,
    acquis: row.acquis ?? undefined,
  };
}

const SITUATION = `
  SELECT s.id AS snapshot_id, s.contenu_sha256 AS contenu, s.sha256 IS NULL AS vide,
    (SELECT jsonb_build_object('id', d.id, 'etat', d.etat, 'snapshotId', d.snapshot_id,
                               'contenu', w.contenu_sha256, 'vide', w.sha256 IS NULL)
       FROM delivery d JOIN feed_snapshot w ON w.id = d.snapshot_id
      WHERE d.partner = :partner AND d.etat IN ('scheduled', 'retry', 'held')) AS attente,
    (SELECT jsonb_build_object('id', d.id, 'contenu', w.contenu_sha256)
       FROM delivery d JOIN feed_snapshot w ON w.id = d.snapshot_id
      WHERE d.partner = :partner AND d.etat = 'in_flight') AS vol,
    -- Of the last delivery that was attempted at all: after one that failed or was cut nobody knows what they hold.
    (SELECT CASE WHEN d.etat = 'accepted' THEN w.contenu_sha256 END
       FROM delivery d JOIN feed_snapshot w ON w.id = d.snapshot_id
      WHERE d.partner = :partner AND d.epoch > 0 ORDER BY d.created_at DESC, d.id DESC LIMIT 1) AS acquis
  FROM feed_snapshot s WHERE s.profil = :profil ORDER BY s.id DESC LIMIT 1`;
