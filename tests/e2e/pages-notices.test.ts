import { beforeAll, expect, test } from "vitest";
import { CATALOGUE } from "../../src/notices/index.ts";
import { useDatabase } from "../support/database.ts";
import { useOffreDiffusee } from "../support/offreDiffusee.ts";
import { texte, useSite, type Visitor } from "../support/site.ts";

/** The catalogue of rules, and where each spoke. */
const database = useDatabase();
useOffreDiffusee(database);
const site = useSite(database);
let lecteur: Visitor;

beforeAll(async () => {
  lecteur = await site.visit("lecteur", "lecteur");
});

const codesIn = (html: string): string[] =>
  [...html.matchAll(/href="\/notices\/([a-z0-9-]+)"/g)].map(([, code = ""]) => code);

test("every rule is there, what sets aside first", async () => {
  const { html } = await lecteur.get("/notices");
  expect(codesIn(html).sort()).toEqual(Object.keys(CATALOGUE).sort());
  expect(html.indexOf(">bloquant</span>")).toBeLessThan(html.indexOf(">information</span>"));
});

test("it is filtered by words, by weight, and by what the last édition said", async () => {
  const said = codesIn((await lecteur.get("/notices?vues=1")).html);
  expect(said.length).toBeGreaterThan(0);
  expect(said.length).toBeLessThan(Object.keys(CATALOGUE).length);
  const dates = codesIn((await lecteur.get("/notices?q=date+illisible&gravite=bloquant")).html);
  for (const code of dates) expect(code).toMatch(/^[a-z0-9-]+$/);
  expect(codesIn((await lecteur.get("/notices?q=rien-de-tel")).html)).toEqual([]);
  expect((await lecteur.get("/notices?gravite=inconnue")).status).toBe(200);
});

test("a rule says what it does, who mends it, and leads to the sessions that it concerns", async () => {
  const row = await database
    .db("edition_notice")
    .where({ session: "A2-00", severity: "bloquant" })
    .orderBy("edition_id", "desc")
    .first();
  const { html } = await lecteur.get(`/notices/${row?.code}`);
  expect(html).toContain('href="/ou/session/A2-00"');
  expect(texte(html)).toContain(row?.message);
  expect(texte(html)).toMatch(/Qui corrige/);
  expect(texte((await lecteur.get(`/notices/${row?.code}?apres=${row?.rang}`)).html)).not.toContain(
    row?.message,
  );
  expect((await lecteur.get("/notices/inconnue")).status).toBe(404);
});
