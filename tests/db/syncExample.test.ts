import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { describeSync, readHistory, sync } from "../../src/published/index.ts";
import { useDatabase } from "../support/database.ts";

const database = useDatabase();
const read = (file: string): string => readFileSync(new URL(`../../${file}`, import.meta.url), "utf8");

/** What the page shows: the statements of its SQL block, and the lines under each command. */
function shownInPage(): { sql: string; reports: string[] } {
  const page = read("docs/sync.md");
  const reports = [...page.matchAll(/```\n\$ offre-info sync [^\n]*\n([^`]*)\n```/g)].map(
    ([, text = ""]) => text,
  );
  return { sql: page.match(/```sql\n([^`]*)```/)?.[1] ?? "", reports };
}

test("docs/sync.md does what it shows", async () => {
  const { sql, reports } = shownInPage();
  expect(reports).toHaveLength(2);
  await database.db.raw(read("fixtures/sync/agence.sql"));
  await database.db.raw(read("fixtures/sync/vues.sql"));

  expect(describeSync(await sync(database.db, { schema: "offre_info_source" }))).toBe(reports[0]);
  await database.db.raw(sql);
  expect(describeSync(await sync(database.db, { schema: "offre_info_source" }))).toBe(reports[1]);

  const [latest, first] = await readHistory(database.db, "action", "F-0001");
  expect(latest?.contenu.intitule).toBe("Conduite d'engins de levage et de manutention");
  expect(first?.contenu.intitule).toBe("Conduite d'engins de levage");
  expect(first?.contenu.modalites).toEqual({ nombre_heures_centre: 70, nombre_heures_entreprise: 0 });
  const [gone] = await readHistory(database.db, "session", "S-102");
  expect(gone?.retrait?.motif).toBe("absent_de_la_source");
  expect(gone?.contenu).toMatchObject({
    debut: "20461102",
    commentaire: "Navette depuis la gare",
    lieux: [
      { principal: true, coordonnees: { adresse: { ville: "Périgueux", code_insee_commune: "24322" } } },
    ],
  });
  const [open] = await readHistory(database.db, "session", "S-201");
  expect(open?.contenu).toMatchObject({ voie: "apprentissage", fin: "99999999", type_entree: "permanentes" });
  const [body] = await readHistory(database.db, "organisme", "40");
  expect(body?.contenu).toMatchObject({ qualiopi: ["formation", "apprentissage"], compte_kairos: false });
});
