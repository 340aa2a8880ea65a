import { randomBytes } from "node:crypto";
import type { Knex } from "knex";
import { deliveryId } from "../../src/delivery/index.ts";
import type { Store } from "../../src/snapshot/index.ts";
import { publishFeed } from "./diffusion.ts";

/** How a session is written in a feed, beside its own number; `version` tells one content from the next. */
export interface Sent {
  readonly lheo?: string;
  readonly action?: string;
  readonly version?: number;
}

/**
 * What an édition and an accepted push leave behind, for a feed of `rco` that holds exactly these sessions.
 * @returns id of the delivery
 */
export async function send(
  db: Knex,
  store: Store,
  partner: string,
  sessions: Readonly<Record<string, Sent>>,
): Promise<string> {
  const snapshot = await publishFeed(db, store, "rco", randomBytes(4).toString("hex"));
  const numbers = Object.keys(sessions);
  await db("published_session")
    .insert(
      Object.entries(sessions).map(([numero, { lheo, action, version = 1 }]) => ({
        numero,
        version,
        contenu: JSON.stringify({
          action: "A1",
          fin: "20301231",
          ...(lheo === undefined ? {} : { numero_lheo: lheo }),
          ...(action === undefined ? {} : { numero_action_lheo: action }),
        }),
        contenu_sha256: "x",
        origine: "essai",
        premiere_mise_en_ligne_at: snapshot.createdAt,
        mis_en_ligne_at: snapshot.createdAt,
      })),
    )
    .onConflict(["numero", "version"])
    .ignore();
  const wanted = numbers.map((numero) => ({ session: numero, version: sessions[numero]?.version ?? 1 }));
  await db.raw(
    `WITH voulue AS (SELECT * FROM jsonb_to_recordset(?::jsonb) AS v(session text, version integer)),
       fermee AS (UPDATE feed_presence p SET to_snapshot = ?, motif_sortie = 'essai'
         WHERE p.to_snapshot IS NULL AND p.profil = 'rco'
           AND NOT EXISTS (SELECT 1 FROM voulue v WHERE v.session = p.session AND v.version = p.session_version)
         RETURNING p.session)
     SELECT count(*) FROM fermee`,
    [JSON.stringify(wanted), snapshot.id],
  );
  await db.raw(
    `INSERT INTO feed_presence (profil, session, action, session_version, action_version, organisme_version,
       fragment_sha256, from_snapshot)
     SELECT 'rco', v.session, 'A1', v.version, 1, 1, 'x', ?
     FROM jsonb_to_recordset(?::jsonb) AS v(session text, version integer)
     WHERE NOT EXISTS (SELECT 1 FROM feed_presence p
       WHERE p.profil = 'rco' AND p.session = v.session AND p.to_snapshot IS NULL)`,
    [snapshot.id, JSON.stringify(wanted)],
  );
  await db("feed_snapshot").where({ id: snapshot.id }).update({ sessions: numbers.length });
  const id = deliveryId(snapshot.createdAt, partner, randomBytes(3).toString("hex"));
  await db("delivery").insert({
    id,
    partner,
    snapshot_id: snapshot.id,
    etat: "accepted",
    due_at: snapshot.createdAt,
    epoch: 1,
    sha256: snapshot.file?.sha256,
  });
  await db("attempt").insert({
    delivery_id: id,
    epoch: 1,
    worker: "essai",
    issue: "acceptee",
    finished_at: db.raw("horloge()"),
  });
  return id;
}
