import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { explainRefusal, openReceipt, readReceipt, zAccuse } from "../../../src/delivery/index.ts";

const ROOT = fileURLToPath(new URL("../../../fixtures/receipts/", import.meta.url));
const cases = readdirSync(ROOT, { withFileTypes: true }).flatMap((entry) =>
  entry.isDirectory() ? entry.name : [],
);
const json = (...names: string[]) => JSON.parse(readFileSync(path.join(ROOT, ...names), "utf8"));

test.each(cases)("%s reads as it says", async (name) => {
  const file = readdirSync(path.join(ROOT, name)).find((one) => one.startsWith("fichier."));
  const bytes = readFileSync(path.join(ROOT, name, file ?? ""));
  const { value, notices } = await readReceipt(bytes, zAccuse.parse(json(name, "accuse.json")));
  const { entete, lignes, remarques } = json(name, "lu.json");
  expect(value).toMatchObject({ entete, lignes, coupee: false });
  expect(notices.map(({ lieu }) => lieu)).toEqual(remarques);
});

test("a CSV file is read as it comes: never far ahead of what was taken", async () => {
  const accuse = zAccuse.parse({ source: { type: "depose" }, format: "csv", champs: { session: "s" } });
  let made = 0;
  async function* file() {
    yield Buffer.from("s\n");
    for (; made < 100_000; made += 500)
      yield Buffer.from(Array.from({ length: 500 }, (_, i) => `${made + i}\n`).join(""));
  }
  let taken = 0;
  let ahead = 0;
  for await (const { session } of openReceipt(file(), accuse).lignes) {
    expect(session).toBe(String(taken));
    taken += 1;
    ahead = Math.max(ahead, made - taken);
  }
  expect(taken).toBe(100_000);
  expect(ahead).toBeLessThan(20_000);
});

test.each([
  ["", "SIRET 12345678901234 inconnu de nos services", /ne connaît pas ce SIRET/],
  ["E4", "Siret : établissement fermé depuis 2021", /est fermé/],
  ["", "Le code UAI 0331234A n'existe pas", /UAI/],
  ["", "La certification RNCP35819 est inconnue", /ne connaît pas cette certification/],
  ["", "RNCP expiré au 31/12/2025", /n'est plus active/],
  ["", "Organisme sans compte Kairos", /compte Kairos/],
  ["", "FORMACODE manquant", /FORMACODE/],
  ["", "La date de la session est dépassée", /déjà passée/],
  ["", "Numéro de session en doublon", /déjà cette session/],
  ["30057", "", /10 heures/],
  ["30056", "peu importe", /double emploi/],
  ["", "Element 'certification': This element is not expected.", /structure/],
])("%s %s is told in French with a remedy", (code, message, words) => {
  const { libelle, remede, connu } = explainRefusal({ code, message });
  expect(libelle).toMatch(words);
  expect(remede.length).toBeGreaterThan(20);
  expect(connu).toBe(true);
});

test("our own codes keep their sentence, the partner's come first, the rest is shown as such", () => {
  expect(explainRefusal({ code: "siret-cle", message: "Le SIRET « 1 » est faux." })).toMatchObject({
    libelle: "Le SIRET « 1 » est faux.",
    connu: true,
  });
  const propres = { "30056": { libelle: "Autre chose.", remede: "Voir." } };
  expect(explainRefusal({ code: "30056", message: "" }, propres).libelle).toBe("Autre chose.");
  expect(explainRefusal({ code: "toString", message: "zzz" })).toMatchObject({
    libelle: expect.stringContaining("toString : zzz"),
    connu: false,
  });
  expect(explainRefusal({ code: "", message: "" }).libelle).toMatch(/sans explication/);
});
