import { readFile } from "node:fs/promises";
import { beforeAll, expect, test } from "vitest";
import { snapshotById } from "../../src/snapshot/index.ts";
import { useDatabase } from "../support/database.ts";
import { useOffreDiffusee } from "../support/offreDiffusee.ts";
import { texte, useSite, type Visitor } from "../support/site.ts";

/** Feeds as people read them, and what changes from one to the next. */
const database = useDatabase();
const offre = useOffreDiffusee(database);
const site = useSite(database, () => ({ outils: offre.outils }));
let lecteur: Visitor;

beforeAll(async () => {
  lecteur = await site.visit("lecteur", "lecteur");
});

const page = async (path: string) => texte((await lecteur.get(path)).html);

test("each profile says what it serves now, and keeps its feeds of before", async () => {
  expect(await page("/flux")).toMatch(new RegExp(`Réseau des Carif-Oref rco\\s*n° ${offre.second}`));
  const { html } = await lecteur.get("/historique/rco");
  expect(html.indexOf(`/historique/rco/${offre.second}"`)).toBeLessThan(
    html.indexOf(`/historique/rco/${offre.premier}"`),
  );
  expect(texte((await lecteur.get(`/historique/rco?avant=${offre.second}`)).html)).not.toContain(
    `n° ${offre.second}`,
  );
});

test("a feed says what was set aside and why, grouped by cause, and what changed", async () => {
  const said = await page(`/historique/rco/${offre.second}`);
  expect(said).toContain("1 session entrée");
  expect(said).toContain("1 session modifiée");
  expect(said).toContain("1 session sortie : 1 retirée à la demande de l'organisme");
  expect(said).toMatch(/Écartées, par cause.*A2-00/);
  expect(await page(`/historique/rco/${offre.premier}`)).toContain("C'est le premier flux de ce profil");
});

test("the difference reads as sentences, formation by formation, with its cause", async () => {
  const said = await page(`/historique/rco/${offre.second}/changements`);
  expect(said).toContain("La date de fin passe du 18/06/2027 au 25/06/2027.");
  expect(said).toContain("La ville (lieu 1) passe de « Pessac » à « Bordeaux ».");
  expect(said).toContain(
    "L'objectif passe de « Savoir conduire un chariot élévateur » à « Conduire en sécurité ».",
  );
  expect(said).toMatch(/A1-01 sortie retirée à la demande de l'organisme/);
  expect(said).toMatch(/Soudure A3.*A3-00 entrée/);
  const only = await page(`/historique/rco/${offre.second}/changements?sens=sortie`);
  expect(only).toContain("A1-01");
  expect(only).not.toContain("A3-00");
});

test("a page of changes goes on after the last one of the page before", async () => {
  const said = await page(`/historique/rco/${offre.second}/changements?action=A1&session=A1-00`);
  expect(said).not.toContain("A1-00");
  expect(said).toContain("A1-01");
});

test("the files of a feed are given as they were published, to who is signed in", async () => {
  const snapshot = await snapshotById(database.db, offre.premier);
  const path = offre.store.pathOf(snapshot?.file?.sha256 ?? "", "xml");
  const { status, html, headers } = await lecteur.get(`/historique/rco/${offre.premier}/offre-info.xml`);
  expect(status).toBe(200);
  expect(headers["content-disposition"]).toContain(`rco-${offre.premier}-offre-info.xml`);
  expect(html).toBe(await readFile(path, "utf8"));
});

test.each([
  "/historique/inconnu",
  "/historique/rco/999999",
  "/historique/rco/x",
  "/historique/rco/999999/changements",
  "/historique/rco/0/offre-info.xml",
])("%s is nowhere", async (path) => {
  expect((await lecteur.get(path)).status).toBe(404);
});

test("a feed is not found under another profile", async () => {
  expect((await lecteur.get(`/historique/kairos/${offre.second}`)).status).toBe(404);
});
