import { beforeAll, expect, test } from "vitest";
import { loadStructures, SANS_CONTROLE, uneFichePubliee } from "../support/catalogue.ts";
import { useDatabase } from "../support/database.ts";
import { texte, useSite, type Visitor } from "../support/site.ts";
import { rattacher } from "../support/structures.ts";

/** What the guide shows on its screens, and that is said in no other test. */
const database = useDatabase();
const site = useSite(database, () => ({ verificateur: SANS_CONTROLE }));
let anne: Visitor;
let publiee: number;

beforeAll(async () => {
  const { db } = database;
  await loadStructures(db);
  await db("structure").where({ numero: "OF1" }).update({ ville: "Pessac", departement: "33" });
  anne = await site.visit("anne", "membre", { structure: "OF1", profil: "general" });
  await rattacher(db, "anne", { structure: "OF1", profil: "preinscription" });
  ({ id: publiee } = await uneFichePubliee(db));
});

const lu = async (path: string) => texte((await anne.get(path)).html);

test("coming in: with an account or without one (S3)", async () => {
  const page = await lu("/connexion");
  expect(page).toContain("J'ai un compte");
  expect(page).toContain("Je n'ai pas de compte");
});

test("the menu of the catalogue, and its entry (S16, S21, S24)", async () => {
  expect(await lu("/gestion")).toMatch(
    /Accueil.*Gestion des formations.*Mon catalogue.*Mes structures.*Organisme OF1/,
  );
});

test("who pays for what is not conventionné (S33)", async () => {
  expect(await lu("/gestion")).toMatch(/financement individuel de France Travail/);
});

test("« Mes structures »: where they are and what one is for each (S8, S9, S11, S12)", async () => {
  const page = await lu("/gestion/structures");
  for (const words of ["Siret", "Ville", "Département", "Type", "profils", "Référent"])
    expect(page.toLowerCase()).toContain(words.toLowerCase());
  expect(page).toMatch(/Organisme OF1.*21330063500017.*Pessac.*33.*Formateur/);
  expect(page).toContain("Gestionnaire OF général");
  expect(page).toContain("Gestionnaire OF préinscription");
});

test("the form names who bears the training; its sessions are told by their voie (S63, S65, S96)", async () => {
  const page = await lu(`/gestion/actions/${publiee}`);
  expect(page).toMatch(/Organisme responsable.*Organisme OF1/);
  expect(page).toMatch(/Sessions de formation.*FPC/);
});
