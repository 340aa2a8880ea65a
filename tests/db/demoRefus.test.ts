import { expect, test } from "vitest";
import { DemoError, loadDemo } from "../../fixtures/demo/index.ts";
import { useDatabase } from "../support/database.ts";

const database = useDatabase();

test("the demo never goes into a database that holds a real offer", async () => {
  const { db } = database;
  await db("published_certification").insert({
    numero: "RNCP37948",
    version: 1,
    contenu: { type: "rncp", intitule: "Gestionnaire de paie", blocs: [] },
    contenu_sha256: "0".repeat(64),
    origine: "sync",
    premiere_mise_en_ligne_at: new Date("2026-01-05T08:00:00Z"),
    mis_en_ligne_at: new Date("2026-01-05T08:00:00Z"),
  });
  const refused = loadDemo(db, "small", { jour: "20261124" });
  await expect(refused).rejects.toThrow(DemoError);
  await expect(refused).rejects.toThrow(/n'est pas la démonstration .*« RNCP37948 », origine « sync »/);
  expect(await db("published_action").first()).toBeUndefined();
});
