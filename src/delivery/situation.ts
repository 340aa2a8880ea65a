import type { Knex } from "knex";
import type { Situation, Waiting } from "./planning.ts";

interface SituationRow {
  readonly snapshot_id: number;
  readonly contenu: string;
  readonly vide: boolean;
  readonly attente: (Omit<Waiting, "snapshotId" | "contenu"> & AttenteRow) | null;
  readonly vol: { readonly id: string; readonly contenu: string } | null;
  readonly acquis: string | null;
  readonly annule: string | null;
}

interface AttenteRow {
  readonly snapshotId: number | null;
  readonly contenu: string | null;
}

/**
 * Everything that planning looks at, in one statement; undefined when the profile never had a feed.
 * @param aVenir asked only when the feed is empty: does something come later?
 */
export async function readSituation(
  trx: Knex.Transaction,
  partner: string,
  profil: string,
  aVenir: () => Promise<boolean>,
): Promise<Situation | undefined> {
  const { rows } = await trx.raw<{ rows: SituationRow[] }>(SITUATION, { partner, profil });
  const [row] = rows;
  if (row === undefined) return undefined;
  return {
    courant: { snapshotId: row.snapshot_id, contenu: row.contenu, vide: row.vide },
    enAttente:
      row.attente === null
        ? undefined
        : {
            ...row.attente,
            snapshotId: row.attente.snapshotId ?? undefined,
            contenu: row.attente.contenu ?? undefined,
          },
    enVol: row.vol ?? undefined,
    acquis: row.acquis ?? undefined,
    annule: row.annule ?? undefined,
    aVenir: row.vide && (await aVenir()),
  };
}

const SITUATION = `
  SELECT s.id AS snapshot_id, s.contenu_sha256 AS contenu, s.sha256 IS NULL AS vide,
    (SELECT jsonb_build_object('id', d.id, 'etat', d.etat, 'snapshotId', d.snapshot_id,
                               'contenu', w.contenu_sha256, 'vide', w.id IS NOT NULL AND w.sha256 IS NULL,
                               'liee', d.epoch > 0, 'rejeu', d.replay_of IS NOT NULL,
                               'parOperateur', d.etat = 'held' AND coalesce(d.retenue = 'operateur', false))
       FROM delivery d LEFT JOIN feed_snapshot w ON w.id = d.snapshot_id
      WHERE d.partner = :partner AND d.etat IN ('scheduled', 'retry', 'held')) AS attente,
    (SELECT jsonb_build_object('id', d.id, 'contenu', w.contenu_sha256)
       FROM delivery d JOIN feed_snapshot w ON w.id = d.snapshot_id
      WHERE d.partner = :partner AND d.etat = 'in_flight') AS vol,
    -- Of the last delivery that was attempted at all: after one that failed or was cut nobody knows what they hold.
    (SELECT CASE WHEN d.etat = 'accepted' THEN w.contenu_sha256 END
       FROM delivery d JOIN feed_snapshot w ON w.id = d.snapshot_id
      WHERE d.partner = :partner AND d.epoch > 0 ORDER BY d.created_at DESC, d.id DESC LIMIT 1) AS acquis,
    -- Canceled by an operator, or refused as a whole by the partner: the same would be refused again. Of the last that
    -- had a content: what is only announced since says nothing of it.
    (SELECT CASE WHEN d.annulee_par IS NOT NULL OR d.etat = 'rejected' THEN w.contenu_sha256 END
       FROM delivery d JOIN feed_snapshot w ON w.id = d.snapshot_id
      WHERE d.partner = :partner ORDER BY d.created_at DESC, d.id DESC LIMIT 1) AS annule
  FROM feed_snapshot s WHERE s.profil = :profil ORDER BY s.id DESC LIMIT 1`;
