import type { Knex } from "knex";
import { uneSessionDe } from "./garde.ts";
import { uneAction, unOrganisme } from "./offre.ts";

/** How many of everything: `stress` is the largest that pages are to bear, `reduite` what each run affords. */
export const TAILLES = {
  reduite: { actions: 6_000, sessions: 20_000, flux: 200, diffusions: 20_000, essais: 10 },
  stress: { actions: 150_000, sessions: 500_000, flux: 1_000, diffusions: 100_000, essais: 10 },
} as const;
export type Taille = keyof typeof TAILLES;

/** `TAILLE=stress`, or the reduced one. @throws on any other word */
export function tailleDemandee(taille = process.env.TAILLE ?? "reduite"): Taille {
  if (taille === "reduite" || taille === "stress") return taille;
  throw new Error(`TAILLE is « ${taille} »: reduite or stress`);
}

const SUJETS = ["Anglais", "Soudure", "Comptabilité", "Boulangerie", "Électricité", "Paysage", "Vente"];

/**
 * Fills a base by a few statements: an offer (`S1`…, of actions `N1`… of organismes `O1`…) that is in the feeds of
 * `profils`, and years of deliveries to partners that are there, all ended. The files themselves are not written.
 * @param profils there already; each is given past feeds
 */
export async function remplir(db: Knex, taille: Taille, profils: readonly string[]): Promise<void> {
  const { actions, sessions, flux, diffusions, essais } = TAILLES[taille];
  const perAction = Math.ceil(sessions / actions);
  await db.raw(
    insertPublished("organisme", `'O' || n`, "?::jsonb || jsonb_build_object('nom', 'Centre ' || n)"),
    [JSON.stringify(unOrganisme()), Math.ceil(actions / 16)],
  );
  await db.raw(
    insertPublished(
      "action",
      `'N' || n`,
      `?::jsonb || jsonb_build_object('organisme', 'O' || (1 + n / 16),
        'intitule', (?::text[])[1 + n % ${SUJETS.length}] || ' niveau ' || n % 97)`,
    ),
    [JSON.stringify(uneAction({ validation: "attestation" })), SUJETS, actions - 1],
  );
  await db.raw(
    insertPublished(
      "session",
      `'S' || n`,
      `?::jsonb || jsonb_build_object('action', 'N' || (1 + n / ${perAction}))`,
    ),
    [JSON.stringify(uneSessionDe("N1")), sessions - 1],
  );
  await db.transaction(async (trx) => {
    // Rows are made right: looking up what each one names takes longer than writing it.
    await trx.raw("SET LOCAL session_replication_role = replica");
    for (const profil of profils) {
      await feeds(trx, profil, flux);
      await trx.raw(
        `INSERT INTO feed_presence (profil, session, action, session_version, action_version, organisme_version,
           fragment_sha256, from_snapshot)
         SELECT s.profil, 'S' || n, 'N' || (1 + n / ${perAction}), 1, 1, 1, repeat('0', 64), s.ids[1 + n % cardinality(s.ids)]
         FROM (SELECT profil, array_agg(id ORDER BY id) AS ids FROM feed_snapshot WHERE profil = ? GROUP BY profil) s,
           generate_series(1, ?) n`,
        [profil, sessions - 1],
      );
    }
    await trx.raw(
      `INSERT INTO delivery (id, partner, snapshot_id, sha256, etat, motif, due_at, epoch, echecs, created_at, updated_at)
       SELECT 'ancienne-' || n, p.id, s.ids[1 + (n / p.combien) % cardinality(s.ids)], repeat('0', 64),
         CASE WHEN n % 50 = 0 THEN 'dead' WHEN n % 20 = 0 THEN 'superseded' ELSE 'accepted' END,
         CASE WHEN n % 50 = 0 THEN 'Le destinataire a refusé le fichier (réponse 422).' END,
         t.at, ?, ?, t.at, t.at
       FROM generate_series(1, ?) n
         JOIN (SELECT id, profil, row_number() OVER (ORDER BY id) - 1 AS rang, count(*) OVER () AS combien FROM partner) p
           ON p.rang = n % p.combien
         JOIN (SELECT profil, array_agg(id ORDER BY id DESC) AS ids FROM feed_snapshot GROUP BY profil) s USING (profil),
         LATERAL (SELECT horloge() - interval '1 day' - n * interval '10 minutes' AS at) t`,
      [essais, essais - 1, diffusions],
    );
    await trx.raw(
      `INSERT INTO attempt (delivery_id, epoch, worker, started_at, finished_at, issue, http_status)
       SELECT d.id, e, 'ancien', d.created_at + e * interval '1 minute', d.created_at + e * interval '1 minute',
         CASE WHEN e < d.epoch THEN 'temporaire' WHEN d.etat = 'accepted' THEN 'acceptee' ELSE 'refusee' END,
         CASE WHEN e < d.epoch THEN 503 WHEN d.etat = 'accepted' THEN 201 ELSE 422 END
       FROM delivery d, generate_series(1, d.epoch) e WHERE d.id LIKE 'ancienne-%'`,
    );
  });
  await db.raw("ANALYZE");
}

/** Past feeds of a profile, a few hours apart. */
async function feeds(trx: Knex.Transaction, profil: string, count: number): Promise<void> {
  await trx.raw(
    `WITH made AS (
       INSERT INTO edition (etat, horloge, profils, started_at, finished_at)
       SELECT 'faite', t.at, ARRAY[:profil], t.at, t.at
       FROM generate_series(:count, 1, -1) n, LATERAL (SELECT horloge() - n * interval '5 hours' AS at) t
       RETURNING id, horloge)
     INSERT INTO feed_snapshot (profil, edition_id, sha256, sha256_gz, octets, octets_gz, contenu_sha256, formations, actions,
       sessions, formations_ecartees, sessions_ecartees, completees_par_defaut, watermark, xsd_version, regles_version,
       created_at)
     SELECT :profil, id, repeat('0', 64), repeat('0', 64), 0, 0, 'ancien-' || id, 1, 1, 1, 0, 0, '{}', horloge, '2.3',
       'essai', horloge
     FROM made ORDER BY id`,
    { profil, count },
  );
}

const insertPublished = (kind: string, numero: string, contenu: string): string =>
  `INSERT INTO published_${kind} (numero, version, contenu, contenu_sha256, origine, premiere_mise_en_ligne_at, mis_en_ligne_at)
   SELECT ${numero}, 1, ${contenu}, repeat('0', 64), 'essai', t.at, t.at
   FROM (SELECT timestamptz '2026-06-01' AS at) t, generate_series(1, ?) n`;
