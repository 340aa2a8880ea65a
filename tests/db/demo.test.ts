import { expect, test } from "vitest";
import { DEMO_SIZES, type DemoProgress, generateDemo, loadDemo } from "../../fixtures/demo/index.ts";
import { useDatabase } from "../support/database.ts";

const database = useDatabase();

test("the demo goes into the contract tables, row for row", async () => {
  const { db } = database;
  const seen: DemoProgress[] = [];
  const bilan = await loadDemo(db, "small", {
    jour: "20261124",
    onProgress: (progress) => seen.push(progress),
  });
  expect(bilan).toMatchObject({
    chargee: true,
    nombres: {
      organisme: DEMO_SIZES.small.organismes,
      action: DEMO_SIZES.small.actions,
      session: DEMO_SIZES.small.sessions,
    },
  });
  expect(seen.at(-1)).toMatchObject({ kind: "session", total: DEMO_SIZES.small.sessions });
  const rows = await db("published_session").orderBy(["numero", "version"]).select("*");
  const expected = [...generateDemo("small", "20261124").sessions()];
  expect(rows.map(({ numero, version, contenu }) => ({ numero, version, contenu }))).toEqual(
    expected.map(({ numero, version, contenu }) => ({ numero, version, contenu })),
  );
  expect(rows.map(({ mis_en_ligne_at }) => mis_en_ligne_at)).toEqual(expected.map((row) => row.misEnLigneAt));
  expect(rows.filter(({ retired_at }) => retired_at !== null).map(({ numero }) => numero)).toEqual(
    expected.filter(({ retrait }) => retrait).map(({ numero }) => numero),
  );
  expect(rows.every(({ origine }) => origine === "demo")).toBe(true);
});

test("loading it again writes nothing, another size is refused", async () => {
  const { db } = database;
  expect(await loadDemo(db, "small")).toMatchObject({ chargee: false, nombres: { session: 1_200 } });
  await expect(loadDemo(db, "regional")).rejects.toThrow(/300 actions ; la taille « regional » en a 15000/);
});
