import type { Knex } from "knex";
import { copyIn, withClient } from "../../db/index.ts";
import type { Entete, Ligne } from "./line.ts";

/** A delivery that a receipt may be about. */
export interface Delivery {
  readonly id: string;
  readonly etat: string;
  readonly created_at: Date;
  readonly profil: string;
  readonly snapshot_id: number;
}

const DELIVERY = `SELECT d.id, d.etat, d.created_at, s.profil, d.snapshot_id
  FROM delivery d JOIN feed_snapshot s ON s.id = d.snapshot_id`;

/** One delivery, once it has left. */
export async function deliveryById(trx: Knex, partner: string, id: string): Promise<Delivery | undefined> {
  const { rows } = await trx.raw<{ rows: Delivery[] }>(
    `${DELIVERY} WHERE d.id = ? AND d.partner = ? AND d.epoch > 0`,
    [id, partner],
  );
  return rows[0];
}

/** Puts the lines where SQL finds them, in constant memory; gone with the transaction. */
export async function stageLines(trx: Knex.Transaction, lignes: AsyncIterable<Ligne>): Promise<number> {
  await trx.raw("DROP TABLE IF EXISTS accuse_lu");
  await trx.raw(
    `CREATE TEMP TABLE accuse_lu (rang integer, session text, action text, statut text, mot text, code text,
       message text) ON COMMIT DROP`,
  );
  const columns = ["rang", "session", "action", "statut", "mot", "code", "message"] as const;
  const rows = (async function* () {
    for await (const ligne of lignes) yield columns.map((column) => ligne[column]);
  })();
  const count = await withClient(trx, (client) => copyIn(client, "accuse_lu", columns, rows));
  await trx.raw("ANALYZE accuse_lu");
  return count;
}

/** Deliveries looked back at for one that holds the sessions of a file that does not say which it is about. */
const LOOKED_BACK = 5;

/** The delivery that a file is about. */
export interface Found {
  /** Undefined: it names one that is not ours, or nothing was ever accepted. */
  readonly delivery: Delivery | undefined;
  /** Its lines are resolved among the sessions of that delivery already. */
  readonly resolu: boolean;
}

/** Finds the delivery that a file is about: the one it names, else the newest that holds its sessions. */
export async function findDelivery(
  trx: Knex.Transaction,
  partner: string,
  base: string,
  { entete, nom }: { readonly entete: Readonly<Entete>; readonly nom: string },
): Promise<Found> {
  if (entete.diffusion !== undefined)
    return { delivery: await deliveryById(trx, partner, entete.diffusion), resolu: false };
  for (const id of [entete.fichier, nom].flatMap((text) => text?.match(DELIVERY_ID) ?? [])) {
    const delivery = await deliveryById(trx, partner, id);
    if (delivery !== undefined) return { delivery, resolu: false };
  }
  let best: { readonly delivery: Delivery; readonly found: number } | undefined;
  for (const delivery of await accepted(trx, partner, entete)) {
    const { found, wanted } = await resolve(trx, delivery, base);
    if (found === wanted) return { delivery, resolu: true };
    if (best === undefined || found > best.found) best = { delivery, found };
  }
  return { delivery: best?.delivery, resolu: false };
}

/** As `deliveryId` writes them. */
const DELIVERY_ID = /\d{8}T\d{6}Z-[a-z][a-z0-9-]*-[0-9a-f]{6}/g;

/** Newest first: those whose bytes have that digest, else those of that file name, else all. */
async function accepted(
  trx: Knex.Transaction,
  partner: string,
  { sha256, fichier }: Readonly<Entete>,
): Promise<readonly Delivery[]> {
  const newest = async (condition: string, values: Record<string, string>) => {
    const { rows } = await trx.raw<{ rows: Delivery[] }>(
      `${DELIVERY} WHERE d.partner = :partner AND d.etat IN ('accepted', 'rejected') AND ${condition}
       ORDER BY d.created_at DESC, d.id DESC LIMIT ${LOOKED_BACK}`,
      { partner, ...values },
    );
    return rows;
  };
  const bySha =
    sha256 === undefined
      ? []
      : await newest(":sha256 IN (d.sha256, s.sha256, s.sha256_gz)", { sha256: sha256.toLowerCase() });
  if (bySha.length > 0) return bySha;
  const byName =
    fichier === undefined
      ? []
      : await newest(
          "EXISTS (SELECT 1 FROM attempt a WHERE a.delivery_id = d.id AND a.detail->>'fichier' = :fichier)",
          { fichier },
        );
  return byName.length > 0 ? byName : newest("true", {});
}

/**
 * Finds the session of each line among those that a delivery held: by the numbers as the feed writes them, with or
 * without the base. A number that may be several of them is none.
 * @param base undefined: the lines are about this very file, so whatever stands before our number is its base
 * @returns how many lines name a session, and for how many it was found
 */
export async function resolve(
  trx: Knex.Transaction,
  { profil, snapshot_id }: Delivery,
  base: string | undefined,
): Promise<{ readonly wanted: number; readonly found: number }> {
  await trx.raw("DROP TABLE IF EXISTS accuse_cle; DROP TABLE IF EXISTS accuse_resolu");
  await trx.raw(KEYS, {
    profil,
    snapshot: snapshot_id,
    base: base === undefined || base === "" ? "" : `${base}_`,
  });
  await trx.raw("ANALYZE accuse_cle");
  await trx.raw(RESOLVED, { sans: base === undefined });
  const { rows } = await trx.raw<{ rows: { wanted: number; found: number }[] }>(
    `SELECT (SELECT count(*)::int FROM accuse_lu WHERE session <> '' OR action <> '') AS wanted,
       (SELECT count(*)::int FROM accuse_resolu) AS found`,
  );
  return rows[0] ?? { wanted: 0, found: 0 };
}

/** What a snapshot shows: a row is open while the session reads so. */
export const HELD = `p.profil = :profil AND p.from_snapshot <= :snapshot
  AND (p.to_snapshot IS NULL OR p.to_snapshot > :snapshot)`;

/** A number as the feed has it weighs more than one that is only close. */
const KEYS = `
  CREATE TEMP TABLE accuse_cle ON COMMIT DROP AS
  SELECT k.cle, p.session, max(k.poids) AS poids
  FROM feed_presence p
  JOIN published_session v ON v.numero = p.session AND v.version = p.session_version
  CROSS JOIN LATERAL (VALUES
    (coalesce(v.contenu->>'numero_lheo', v.numero), 2),
    (coalesce(v.contenu->>'numero_action_lheo', CAST(:base AS text) || v.numero), 2),
    (CAST(:base AS text) || coalesce(v.contenu->>'numero_lheo', v.numero), 1),
    (v.numero, 1)) AS k (cle, poids)
  WHERE ${HELD}
  GROUP BY 1, 2`;

const RESOLVED = `
  CREATE TEMP TABLE accuse_resolu ON COMMIT DROP AS
  WITH ecrit AS (
    SELECT rang, session AS cle, 2 AS poids FROM accuse_lu WHERE session <> ''
    UNION ALL SELECT rang, action, 2 FROM accuse_lu WHERE action <> ''
    UNION ALL SELECT rang, substr(cle, strpos(cle, '_') + 1), 1
      FROM accuse_lu CROSS JOIN LATERAL (VALUES (session), (action)) AS n (cle)
      WHERE CAST(:sans AS boolean) AND strpos(cle, '_') > 0
  ), paire AS (
    SELECT e.rang, c.session, sum(e.poids * c.poids) AS poids
    FROM ecrit e JOIN accuse_cle c ON c.cle = e.cle GROUP BY 1, 2
  ), meilleur AS (
    SELECT rang, session, poids = max(poids) OVER (PARTITION BY rang) AS retenu FROM paire
  )
  SELECT rang, min(session) AS session FROM meilleur WHERE retenu GROUP BY rang HAVING count(*) = 1`;
