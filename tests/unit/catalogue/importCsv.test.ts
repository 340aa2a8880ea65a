import { expect, test } from "vitest";
import { readCsv } from "../../../src/catalogue/import/csv/lire.ts";
import type { FormationLue } from "../../../src/catalogue/import/formation.ts";

const LIGNES = 120_000;

async function* bytes() {
  yield Buffer.from(`intitule\n${"A\n".repeat(LIGNES)}`);
}

test(`a file of ${LIGNES} lines, all of one formation, is read within the time that any test has`, async () => {
  const read: FormationLue[] = [];
  for await (const formation of readCsv(bytes())) read.push(formation);
  expect(read).toMatchObject([{ ligne: 2, intitule: "A", remarques: [] }]);
});
