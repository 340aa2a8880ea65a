import { expect, test } from "vitest";
import { loadDemo, loadFiches, ORIGINE_DEMO } from "../../fixtures/demo/index.ts";
import { adoptPublished, createVerificateur } from "../../src/catalogue/index.ts";
import { useDatabase } from "../support/database.ts";

const database = useDatabase();

test("the demo has something in each tab that people work in, made by the acts of the catalogue", async () => {
  const { db } = database;
  await loadDemo(db, "small");
  const { actions, sessions } = await adoptPublished(db, [ORIGINE_DEMO]);
  expect(actions).toBeGreaterThan(200);
  expect(sessions).toBeGreaterThan(actions);
  const verificateur = createVerificateur({ base: "75" });
  try {
    await loadFiches(db, verificateur);
  } finally {
    await verificateur.close();
  }
  const rows = await db("catalogue_action").whereNot("etat", "publiee").orderBy("id").pluck("etat");
  expect(rows.toSorted()).toEqual(["alerte", "brouillon", "creee", "modifiee"]);
  const passages = await db("catalogue_passage").pluck("evenement");
  expect(new Set(passages)).toEqual(
    new Set(["creer", "ajouter_session", "confirmer", "demander_complement"]),
  );
});
