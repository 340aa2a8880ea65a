import { beforeAll, expect, test } from "vitest";
import { loadStructures, SANS_CONTROLE } from "../support/catalogue.ts";
import { useDatabase } from "../support/database.ts";
import { useOffreDiffusee } from "../support/offreDiffusee.ts";
import { texte, useSite, type Visitor } from "../support/site.ts";

/** « Mon catalogue »: what a structure has online, as it reads at the destinations (S144, S145). */
const database = useDatabase();
const offre = useOffreDiffusee(database);
const site = useSite(database, () => ({ verificateur: SANS_CONTROLE, outils: offre.outils }));
let anne: Visitor;
let bob: Visitor;
let zoe: Visitor;

beforeAll(async () => {
  const { db } = database;
  await loadStructures(db);
  anne = await site.visit("anne", "membre", { structure: "OF1", profil: "catalogue" });
  bob = await site.visit("bob", "membre", { structure: "OF2", profil: "catalogue" });
  zoe = await site.visit("zoe", "membre", { structure: "AGENCE", profil: "controleur" });
});

const lu = async (visitor: Visitor, path: string) => texte((await visitor.get(path)).html);

test("the offer of the structure, by action, with what its sessions have in common", async () => {
  const text = await lu(anne, "/gestion/mon-catalogue");
  expect(text).toMatch(/Conduire des chariots élévateurs.*1 session, du .* au 25\/06\/2027 : Bordeaux/);
  expect(text).toContain("Soudure");
  expect(text).toContain("Conduire en sécurité");
});

test.each([
  ["mots=chariot+elev", ["Conduire des chariots"]],
  ["lieu=bord", ["Conduire des chariots"]],
  ["lieu=33000", ["Conduire des chariots"]],
  ["mots=soudure&lieu=bordeaux", []],
  ["voie=apprentissage", []],
])("it is filtered by %s", async (query, expected) => {
  const text = await lu(anne, `/gestion/mon-catalogue?${query}`);
  for (const titre of ["Conduire des chariots", "Anglais professionnel", "Soudure"])
    expect([titre, text.includes(titre)]).toEqual([titre, expected.includes(titre)]);
});

test("an action tells where each of its sessions stands at each destination, in short", async () => {
  const text = await lu(anne, "/gestion/mon-catalogue/A1");
  expect(text).toContain("Conduire en sécurité");
  expect(text).toMatch(/A1-00formation continue.*Bordeaux/);
  // Withdrawn: it is not online.
  expect(text).not.toContain("A1-01");
  expect(text).toMatch(/Réseau des Carif-Oref (à la prochaine édition|dans le flux|en attente)/);
});

test("a session reads as the very file of a destination has it", async () => {
  const { html } = await anne.get("/gestion/mon-catalogue/sessions/A3-00?profil=rco");
  expect(texte(html)).toContain("Intitulé de la formation intitule-formationSoudure");
  expect(html).toContain("&lt;intitule-formation>Soudure&lt;/intitule-formation>");
  expect(texte(html)).toMatch(/dans le flux.*Sa dernière version est dans le flux/);
  expect((await anne.get("/gestion/mon-catalogue/sessions/A3-00?profil=inconnu")).status).toBe(200);
});

test("another structure sees nothing of it; the control sees the one that it names", async () => {
  expect(await lu(bob, "/gestion/mon-catalogue")).toContain("Aucune formation en ligne ne correspond.");
  for (const path of ["A1", "sessions/A1-00", "A9", "sessions/A9-00"])
    expect((await bob.get(`/gestion/mon-catalogue/${path}`)).status).toBe(404);
  // What an OF asks for in the address of another is not looked at.
  expect(await lu(bob, "/gestion/mon-catalogue?organisme=OF1")).not.toContain("Soudure");
  expect(await lu(zoe, "/gestion/mon-catalogue")).toContain("Choisissez un organisme");
  expect(await lu(zoe, "/gestion/mon-catalogue?organisme=OF1")).toContain("Soudure");
  expect((await zoe.get("/gestion/mon-catalogue/A1")).status).toBe(200);
});
