import type { Knex } from "knex";
import type { PartnerRow } from "./carryOut.ts";
import type { Situation, Waiting } from "./planning.ts";

interface SituationRow {
  readonly partner: string;
  readonly snapshot_id: number;
  readonly contenu: string;
  readonly vide: boolean;
  readonly attente: (Omit<Waiting, "snapshotId" | "contenu" | "reprise"> & AttenteRow) | null;
  readonly vol: { readonly id: string; readonly contenu: string } | null;
  readonly acquis: string | null;
  readonly annule: string | null;
}

interface AttenteRow {
  readonly snapshotId: number | null;
  readonly contenu: string | null;
  readonly reprise: string | null;
}

/**
 * Everything that planning looks at, in one statement for all partners; without those whose profile never had a feed.
 * @param partners whose rows are locked
 * @param aVenir asked only when the feed is empty: does something come later?
 */
export async function readSituations(
  trx: Knex.Transaction,
  partners: readonly PartnerRow[],
  aVenir: (partner: PartnerRow) => Promise<boolean>,
): Promise<Map<string, Situation>> {
  if (partners.length === 0) return new Map();
  const { rows } = await trx.raw<{ rows: SituationRow[] }>(SITUATIONS, {
    partners: partners.map(({ id }) => id),
    profils: partners.map(({ profil }) => profil),
  });
  const rowOf = new Map(rows.map((row) => [row.partner, row]));
  const found = new Map<string, Situation>();
  for (const partner of partners) {
    const row = rowOf.get(partner.id);
    if (row !== undefined) found.set(partner.id, situationOf(row, row.vide && (await aVenir(partner))));
  }
  return found;
}

function situationOf(row: SituationRow, aVenir: boolean): Situation {
  const { attente } = row;
  return {
    courant: { snapshotId: row.snapshot_id, contenu: row.contenu, vide: row.vide },
    enAttente:
      attente === null
        ? undefined
        : {
            ...attente,
            snapshotId: attente.snapshotId ?? undefined,
            contenu: attente.contenu ?? undefined,
            reprise: attente.reprise === null ? undefined : new Date(attente.reprise),
          },
    enVol: row.vol ?? undefined,
    acquis: row.acquis ?? undefined,
    annule: row.annule ?? undefined,
    aVenir,
  };
}

const SITUATIONS = `
  SELECT p.id AS partner, s.id AS snapshot_id, s.contenu_sha256 AS contenu, s.sha256 IS NULL AS vide,
    (SELECT jsonb_build_object('id', d.id, 'etat', d.etat, 'snapshotId', d.snapshot_id,
                               'contenu', w.contenu_sha256, 'vide', w.id IS NOT NULL AND w.sha256 IS NULL,
                               'liee', d.epoch > 0, 'rejeu', d.replay_of IS NOT NULL,
                               'reprise', CASE WHEN d.etat = 'retry' THEN d.due_at END,
                               'parOperateur', d.etat = 'held' AND coalesce(d.retenue = 'operateur', false))
       FROM delivery d LEFT JOIN feed_snapshot w ON w.id = d.snapshot_id
      WHERE d.partner = p.id AND d.etat IN ('scheduled', 'retry', 'held')) AS attente,
    (SELECT jsonb_build_object('id', d.id, 'contenu', w.contenu_sha256)
       FROM delivery d JOIN feed_snapshot w ON w.id = d.snapshot_id
      WHERE d.partner = p.id AND d.etat = 'in_flight') AS vol,
    -- Of the last delivery that was attempted at all: after one that failed or was cut nobody knows what they hold.
    (SELECT CASE WHEN d.etat = 'accepted' THEN w.contenu_sha256 END
       FROM delivery d JOIN feed_snapshot w ON w.id = d.snapshot_id
      WHERE d.partner = p.id AND d.epoch > 0 ORDER BY d.created_at DESC, d.id DESC LIMIT 1) AS acquis,
    -- Canceled by an operator, or refused as a whole by the partner: the same would be refused again. Of the last that
    -- had a content: what is only announced since says nothing of it.
    (SELECT CASE WHEN d.annulee_par IS NOT NULL OR d.etat = 'rejected' THEN w.contenu_sha256 END
       FROM delivery d JOIN feed_snapshot w ON w.id = d.snapshot_id
      WHERE d.partner = p.id ORDER BY d.created_at DESC, d.id DESC LIMIT 1) AS annule
  FROM unnest(:partners::text[], :profils::text[]) AS p(id, profil), LATERAL (
    SELECT id, contenu_sha256, sha256 FROM feed_snapshot WHERE profil = p.profil ORDER BY id DESC LIMIT 1) s`;
