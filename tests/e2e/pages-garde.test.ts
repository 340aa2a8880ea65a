import { beforeEach, expect, test } from "vitest";
import { readActs } from "../../src/audit/index.ts";
import { openHolds } from "../../src/snapshot/index.ts";
import { useDatabase } from "../support/database.ts";
import { holdFeed } from "../support/garde.ts";
import { useSite } from "../support/site.ts";

/** What an operator sees of a held feed, and decides there. */
const database = useDatabase();
const site = useSite(database);

beforeEach(async () => {
  await database.clear();
  await holdFeed(database.db);
});

test("what is held is on the first page, leads to the list of what would vanish, and says why", async () => {
  const lecteur = await site.visit("lea", "lecteur");
  expect((await lecteur.get("/")).html).toContain('href="/garde/rco"');
  expect((await lecteur.get("/garde")).html).toContain("Réseau des Carif-Oref");
  const { html } = await lecteur.get("/garde/rco");
  expect(html).toContain("21 de ses 30 sessions disparaîtraient");
  expect(html).toContain("absente de la base source");
  expect(html).toContain("Dupont ; &quot;Fils&quot;");
  expect(html.match(/A1-\d\d<\/a>/g)).toHaveLength(21);
});

test("a long list is read page by page, each session once, those of who loses most first", async () => {
  const { db } = database;
  const [hold] = await openHolds(db);
  await db.raw(
    `INSERT INTO feed_retenue_session (retenue_id, session, action, organisme, cause)
     SELECT ?, 'P' || lpad(n::text, 3, '0'), 'P', CASE WHEN n % 2 = 0 THEN 'OF8' ELSE 'OF9' END, 'absent_de_la_source'
     FROM generate_series(1, 410) n`,
    [hold?.id ?? 0],
  );
  const lecteur = await site.visit("lea", "lecteur");
  const seen: string[] = [];
  let pages = 0;
  for (let vers: string | undefined = "/garde/rco"; vers !== undefined; pages += 1) {
    const { html } = await lecteur.get(vers);
    seen.push(...[...html.matchAll(/href="\/ou\/session\/([^"]+)"/g)].map(([, numero = ""]) => numero));
    vers = /href="([^"]+)" rel="next"/.exec(html)?.[1];
  }
  expect(pages).toBe(3);
  expect(seen).toHaveLength(431);
  expect(new Set(seen).size).toBe(431);
  expect(seen.slice(0, 2)).toEqual(["P002", "P004"]);
  expect(seen.at(205)).toBe("P001");
  expect(seen.at(-1)).toMatch(/^A1-/);
  // Whoever was in the middle when the list changed starts again.
  const lost = await lecteur.get("/garde/rco?apres=partie");
  expect(lost.html).toContain("P002");
});

test("an operator lets it go with a reason, once; it is in the audit under their name", async () => {
  const operateur = await site.visit("omar", "operateur");
  const without = await operateur.post("/garde/rco/liberer", { motif: " ", sessions: "21" });
  expect(without.status).toBe(422);
  expect(without.html).toContain("Donnez un motif");
  const done = await operateur.submit("/garde/rco/liberer", { motif: "Fin du marché", sessions: "21" });
  expect(done.html).toContain("Les départs retenus ont lieu à la prochaine édition");
  expect(done.html).toContain("Aucun flux n'est retenu.");
  expect(await openHolds(database.db)).toEqual([]);
  expect(await readActs(database.db, { limit: 1 })).toMatchObject([
    { acte: "garde.liberee", acteur: "compte:omar", motif: "Fin du marché" },
  ]);
  expect((await operateur.post("/garde/rco/liberer", { motif: "encore", sessions: "21" })).status).toBe(404);
});

test("a list that changed since it was shown is not let go, and what was typed is kept", async () => {
  const operateur = await site.visit("omar", "operateur");
  const old = await operateur.post("/garde/rco/liberer", { motif: "Fin du marché", sessions: "12" });
  expect(old.status).toBe(422);
  expect(old.html).toContain("La liste a changé");
  expect(old.html).toContain("Fin du marché");
  expect(await openHolds(database.db)).toHaveLength(1);
});

test("refusing keeps everything in the feed and has it judged again", async () => {
  const operateur = await site.visit("omar", "operateur");
  await operateur.submit("/garde/rco/refuser", { motif: "La source est tombée", sessions: "21" });
  expect(await openHolds(database.db)).toEqual([]);
  expect(await database.db("feed_retenue").pluck("etat")).toEqual(["refusee"]);
});

test("a lecteur sees no button, and neither they nor another site decide anything", async () => {
  const lecteur = await site.visit("lea", "lecteur");
  expect((await lecteur.get("/garde/rco")).html).not.toContain("Laisser partir");
  expect((await lecteur.post("/garde/rco/liberer", { motif: "x", sessions: "21" })).status).toBe(403);
  const operateur = await site.visit("omar", "operateur");
  expect(
    (await operateur.forge("/garde/rco/liberer", undefined, { motif: "x", sessions: "21" })).status,
  ).toBe(403);
  expect(await openHolds(database.db)).toHaveLength(1);
});
