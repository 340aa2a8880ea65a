import { writeFileSync } from "node:fs";
import { test } from "vitest";
import { useDatabase } from "../support/database.ts";
const database = useDatabase();
test("explain", async () => {
  const db = database.db;
  const out: string[] = [];
  const explain = async (name: string, sql: string, values: Record<string, unknown> = {}) => {
    const { rows } = await db.raw<{ rows: { "QUERY PLAN": string }[] }>(`EXPLAIN (ANALYZE, BUFFERS OFF) ${sql}`, values as never);
    out.push(`=== ${name}`, ...rows.map((r) => r["QUERY PLAN"]));
    writeFileSync("/tmp/explain.txt", out.join("\n"));
  };
  const { rows: idx } = await db.raw<{ rows: { indexname: string }[] }>("SELECT indexname FROM pg_indexes WHERE tablename='published_action' AND indexname NOT LIKE '%pkey' AND indexname NOT LIKE '%mise_en_ligne' AND indexname NOT LIKE '%retrait'");
  for (const { indexname } of idx) await db.raw(`DROP INDEX ${indexname}`);
  await db.raw(`INSERT INTO published_action (numero, version, contenu, contenu_sha256, origine, premiere_mise_en_ligne_at, mis_en_ligne_at)
    SELECT 'A' || g, 1, jsonb_build_object('organisme','O','certifications','[]'::jsonb,'objectif',repeat('x ',200)), '0', 'sync', now() - interval '30 days', now() - g * interval '1 second' FROM generate_series(1, 500000) g`);
  await db.raw("ANALYZE published_action");
  await explain("demo", "SELECT numero FROM published_action WHERE origine = 'demo' LIMIT 1");
  await explain("earliest", "SELECT min(mis_en_ligne_at) FROM published_action WHERE mis_en_ligne_at > now() - interval '1 day' AND retired_at IS NULL");
  await db.raw("INSERT INTO profil VALUES ('rco','R','{}')");
  await db.raw("INSERT INTO edition (etat, horloge, profils) SELECT 'faite', now(), '{rco}' FROM generate_series(1,10)");
  await db.raw("INSERT INTO feed_snapshot (profil, edition_id, octets, octets_gz, contenu_sha256, formations, actions, sessions, formations_ecartees, sessions_ecartees, completees_par_defaut, watermark, xsd_version, regles_version, created_at, sha256) SELECT 'rco', 1, 1,1, 'c'||g, 1,1,1,0,0,'{}', now(), 'x','y', now(), repeat('a',64) FROM generate_series(1,100000) g");
  await db.raw("INSERT INTO partner (id, nom, profil, transport) SELECT 'p'||g, 'P', 'rco', '{}' FROM generate_series(1,10000) g");
  await db.raw("ALTER TABLE delivery DISABLE TRIGGER ALL");
  await db.raw(`INSERT INTO delivery (id, partner, snapshot_id, etat, due_at, epoch, sha256, created_at, updated_at)
    SELECT 'd-'||g, CASE WHEN g <= 200000 THEN 'p1' ELSE 'p'||(1 + g % 10000) END, 1 + g % 100000, 'accepted', now(), 1, repeat('a',64), now() - (600000-g) * interval '5 minutes', now() - (600000-g) * interval '5 minutes' FROM generate_series(1,600000) g`);
  await db.raw(`INSERT INTO delivery (id, partner, snapshot_id, etat, due_at) SELECT 'w-'||g, 'p'||g, 1, 'scheduled', now() FROM generate_series(1,9000) g`);
  await db.raw("ANALYZE delivery; ANALYZE partner; ANALYZE feed_snapshot");
  await explain("acquis", `SELECT (SELECT CASE WHEN d.etat = 'accepted' THEN w.contenu_sha256 END
       FROM delivery d JOIN feed_snapshot w ON w.id = d.snapshot_id
      WHERE d.partner = 'p1' AND d.epoch > 0 ORDER BY d.created_at DESC, d.id DESC LIMIT 1) AS acquis,
      (SELECT CASE WHEN d.annulee_par IS NOT NULL OR d.etat = 'rejected' THEN w.contenu_sha256 END
       FROM delivery d JOIN feed_snapshot w ON w.id = d.snapshot_id
      WHERE d.partner = 'p1' ORDER BY d.created_at DESC, d.id DESC LIMIT 1) AS annule, (SELECT max(created_at) FROM delivery WHERE partner = 'p1')`);
  await explain("pace", `SELECT max(a.started_at) AS dernier, count(*) FILTER (WHERE a.started_at >= now() - interval '1 day')::int AS du_jour
     FROM delivery d JOIN attempt a ON a.delivery_id = d.id
     WHERE d.partner = 'p1' AND d.updated_at >= now() - interval '2 days'`);
  await explain("due", `SELECT d.id, d.epoch, d.due_at AS at FROM delivery d JOIN partner p ON p.id = d.partner
      WHERE d.etat IN ('scheduled', 'retry') AND d.snapshot_id IS NOT NULL
        AND d.due_at <= horloge() + 5000 * interval '1 millisecond'
        AND p.etat = 'actif' AND (p.ouvert_jusqua IS NULL OR p.ouvert_jusqua <= horloge())
        AND NOT EXISTS (SELECT 1 FROM delivery o WHERE o.partner = d.partner AND o.etat = 'in_flight')
      ORDER BY d.due_at LIMIT 1000`);
  await explain("concerned", `SELECT p.id FROM partner p
       LEFT JOIN unnest(ARRAY['rco']::text[], ARRAY[now()]::timestamptz[]) AS v(profil, due) ON v.profil = p.profil
       LEFT JOIN delivery d ON d.partner = p.id AND d.etat IN ('scheduled', 'retry', 'held')
     WHERE p.etat <> 'desactive' AND CASE
       WHEN d.id IS NULL THEN v.profil IS NOT NULL
       WHEN d.snapshot_id IS NULL THEN v.profil IS NULL OR v.due < d.due_at
       ELSE false END
     ORDER BY p.id`);
  await explain("settle", `SELECT d.partner, w.id FROM delivery d JOIN partner p ON p.id = d.partner
       LEFT JOIN delivery w ON w.partner = d.partner AND w.etat IN ('scheduled', 'retry', 'held')
     WHERE d.id = 'd-5' AND d.epoch = 1 AND d.etat = 'in_flight'`);
}, 300_000);
