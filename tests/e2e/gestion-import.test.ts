import { readFileSync } from "node:fs";
import type { Knex } from "knex";
import { beforeAll, beforeEach, expect, test } from "vitest";
import { csrfOf } from "../../src/access/jeton.ts";
import { countActions, modeleCsv, OCTETS_ENVOYES } from "../../src/catalogue/index.ts";
import { loadStructures, OF, SANS_CONTROLE } from "../support/catalogue.ts";
import { useDatabase } from "../support/database.ts";
import { texte, useSite, type Visitor } from "../support/site.ts";

/** A file that an OF sends from its browser. */
const database = useDatabase();
const site = useSite(database, () => ({ verificateur: SANS_CONTROLE }));
let db: Knex;
let jeton: string;
let anne: Visitor;

beforeAll(() => {
  db = database.db;
});
beforeEach(async () => {
  await database.clear();
  await loadStructures(db);
  jeton = await site.enter("anne", "membre", { structure: "OF1", profil: "general" });
  anne = site.as(jeton);
});

const CSV = modeleCsv().replaceAll("2027", "2097");

async function send(
  fields: Readonly<Record<string, string>>,
  file?: { readonly nom: string; readonly content: string | Uint8Array<ArrayBuffer> },
  cookie = jeton,
) {
  const form = new FormData();
  for (const [nom, valeur] of Object.entries(fields)) form.append(nom, valeur);
  if (file !== undefined) form.append("fichier", new Blob([file.content]), file.nom);
  const answer = await fetch(`${site.url}/gestion/importer`, {
    method: "POST",
    redirect: "manual",
    headers: { accept: "text/html", cookie: `offre-info=${cookie}` },
    body: form,
  });
  return { status: answer.status, location: answer.headers.get("location") ?? "", html: await answer.text() };
}

const brouillons = async () => (await countActions(db, OF)).non_conventionnee.brouillon ?? 0;

test("a file is tried, explained, agreed to, and becomes drafts; its report stays", async () => {
  const sent = await send(
    { _csrf: csrfOf(jeton), cadre: "non_conventionnee" },
    { nom: "offre.csv", content: CSV },
  );
  expect(sent.status).toBe(303);
  const essai = texte((await anne.get(sent.location)).html);
  expect(essai).toContain("C'est un essai : rien n'est créé. 1 formation serait créée");
  expect(essai).toContain("2Conduire un chariot élévateurF1brouillon 1Rien à signaler.");
  expect(await brouillons()).toBe(0);
  const { html } = await anne.submit(`${sent.location}/confirmer`);
  expect(html).toMatch(/<a href="\/gestion\/actions\/\d+">Ouvrir<\/a>/);
  expect(await brouillons()).toBe(1);
  const again = await anne.post(`${sent.location}/confirmer`);
  expect(again.status).toBe(409);
  const rapport = await anne.get(`${sent.location}/rapport.csv`);
  expect(rapport.headers["content-type"]).toBe("text/csv; charset=utf-8");
  expect(rapport.html).toMatch(/2;F1;Conduire un chariot élévateur;brouillon;1;;\/gestion\/actions\/\d+/);
  expect(texte((await anne.get("/gestion/importer")).html)).toContain("1 brouillon, 0 déjà au catalogue");
});

test("a LHEO file is read as it comes, compressed or not", async () => {
  const { pathname } = new URL("../../fixtures/import/grand-est-2.3.xml", import.meta.url);
  const content = readFileSync(pathname, "utf8").replaceAll("91234529500014", "21330063500017");
  const sent = await send({ _csrf: csrfOf(jeton), cadre: "initiale" }, { nom: "offre.xml", content });
  const text = texte((await anne.get(`${sent.location}?verdict=creee`)).html);
  expect(text).toContain("Titre professionnel secrétaire assistant");
  expect(text).toContain("Formations initiales professionnelles");
  expect(texte((await anne.get(`${sent.location}?verdict=refusee`)).html)).toContain(
    "Aucune donnée disponible",
  );
});

test.each([
  ["no token", {}, 403],
  ["another token", { _csrf: "x".repeat(43) }, 403],
])("with %s nothing is read", async (_, fields, status) => {
  const big = new Uint8Array(5_000_000).fill(65);
  expect((await send(fields, { nom: "offre.csv", content: big })).status).toBe(status);
  expect(await db("catalogue_import")).toEqual([]);
  // The server is as it was.
  expect((await anne.get("/gestion/importer")).status).toBe(200);
});

test("a file that is too large, that is none, or that is not one of ours is told", async () => {
  const _csrf = csrfOf(jeton);
  const head = Buffer.from('<lheo xmlns="http://lheo.gouv.fr/2.3"><offres>');
  const content = new Uint8Array(OCTETS_ENVOYES + 1).fill(32);
  content.set(head);
  const large = await send({ _csrf }, { nom: "a.xml", content });
  expect(large.status).toBe(422);
  expect(texte(large.html)).toContain("Le fichier dépasse 30 Mo");
  expect(await send({ _csrf })).toMatchObject({
    status: 422,
    html: expect.stringContaining("Choisissez un fichier."),
  });
  const wrong = await send({ _csrf }, { nom: "a.csv", content: "titre\nSoudage" });
  expect(texte(wrong.html)).toContain("Colonne inconnue : « titre »");
  expect(await db("catalogue_import")).toEqual([]);
});

test("who is not of the structure neither sends nor reads", async () => {
  const sent = await send({ _csrf: csrfOf(jeton) }, { nom: "offre.csv", content: CSV });
  const other = await site.enter("bob", "membre", { structure: "OF2", profil: "preinscription" });
  expect((await site.as(other).get(sent.location)).status).toBe(404);
  expect((await site.as(other).get(`${sent.location}/rapport.csv`)).status).toBe(404);
  expect((await send({ _csrf: csrfOf(other) }, { nom: "offre.csv", content: CSV }, other)).status).toBe(403);
  expect((await send({ _csrf: "" }, { nom: "offre.csv", content: CSV }, "personne")).status).toBe(401);
});

test("the template and its columns are documented", async () => {
  const { html, headers } = await anne.get("/gestion/importer/modele.csv");
  expect(headers["content-disposition"]).toContain("modele-formations.csv");
  expect(html).toBe(modeleCsv().slice(1));
  expect(texte((await anne.get("/gestion/importer")).html)).toContain(
    "lieu_code_postalCode postal du lieu33600",
  );
});
