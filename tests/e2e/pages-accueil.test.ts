import { beforeAll, expect, test } from "vitest";
import { openStore } from "../../src/snapshot/index.ts";
import { useDatabase } from "../support/database.ts";
import { addPartner, addProfil, publishFeed, useFolder } from "../support/diffusion.ts";
import { texte, useSite, type Visitor } from "../support/site.ts";

/** The first page: where things stand, and how deliveries end day by day. */
const database = useDatabase();
const folder = useFolder();
const site = useSite(database);
let lecteur: Visitor;
let snapshot: number | null = null;

beforeAll(async () => {
  lecteur = await site.visit("lea", "lecteur");
  await addProfil(database.db, "rco");
  for (const id of ["a", "b"])
    await addPartner(database.db, id, "rco", { type: "dossier", chemin: folder.dir });
  ({ id: snapshot } = await publishFeed(database.db, await openStore(folder.dir), "rco", "un"));
});

/** Deliveries that ended so many days ago at noon, each so many seconds after its hour. */
async function ended(partner: string, days: number, etat: string, seconds: readonly number[]): Promise<void> {
  await database.db.raw(
    `INSERT INTO delivery (id, partner, snapshot_id, sha256, epoch, etat, due_at, created_at, updated_at)
     SELECT 'finie-' || gen_random_uuid(), :partner, :snapshot, repeat('0', 64), 1, :etat,
       t.at - s * interval '1 second', t.at, t.at
     FROM unnest(:seconds::float8[]) s,
       LATERAL (SELECT date_trunc('day', horloge()) - :days * interval '1 day' + interval '12 hours' AS at) t`,
    { partner, snapshot, etat, days, seconds: [...seconds] },
  );
}

test("nothing has ended yet: it is said, without a drawing", async () => {
  const { html } = await lecteur.get("/");
  expect(texte(html)).toContain("Aucune diffusion ne s'est encore terminée.");
  expect(html).not.toContain('class="graphique"');
});

test("what ended is drawn by day and by partner, and every figure is in a table", async () => {
  await ended("a", 1, "accepted", [2, 4, 3_600]);
  await ended("a", 1, "dead", [1]);
  await ended("b", 3, "rejected", [1]);
  await ended("b", 3, "superseded", [1]);
  await ended("b", 13, "accepted", [30]);
  await ended("b", 14, "accepted", [30]);
  const { html } = await lecteur.get("/");
  const said = texte(html);
  expect(said).toContain("4 arrivées");
  expect(said).toContain("2 refusées ou abandonnées");
  expect(said).toContain("1 remplacée ou annulée");
  expect(said).toContain("En 14 jours : 4 arrivées, 2 refusées, 1 remplacée.");
  // Day, arrived, refused, replaced, the usual delay, the longest.
  expect(said).toMatch(/ \d+ [a-zéû]+310(?:4 s)(?:60 min)/);
  expect(html).toContain('href="/diffusions?partenaire=a"');
  // Drawings are told by words, and by patterns beside colours.
  expect(html.match(/<svg class="graphique" role="img" aria-labelledby="[^"]+"/g)).toHaveLength(4);
  expect(html).toContain('fill="url(#motif-refusees)"');
  expect(html).not.toMatch(/ style=/);
});

test("where things stand: the last édition, the next departure, what is late", async () => {
  const { db } = database;
  expect(texte((await lecteur.get("/")).html)).toMatch(/Retard ?rien n'est en retard/);
  await db("delivery").insert([
    waiting("a", db.raw("horloge() - interval '3 hours'")),
    waiting("b", db.raw("horloge() + interval '2 days'")),
  ]);
  const said = texte((await lecteur.get("/")).html);
  expect(said).toMatch(/Dernière édition ?n° 1, le /);
  expect(said).toMatch(/Prochain départ.*Partenaire b/);
  expect(said).toContain("1 diffusion, depuis 3 h au plus");
  // A partner that takes nothing is not a delay of ours.
  await db("partner").where({ id: "a" }).update({ etat: "en_pause" });
  expect(texte((await lecteur.get("/")).html)).toMatch(/Retard ?rien n'est en retard/);
});

const waiting = (partner: string, due_at: unknown) => ({
  id: `attend-${partner}`,
  partner,
  snapshot_id: snapshot,
  etat: "scheduled",
  due_at,
});
