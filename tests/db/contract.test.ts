import { beforeAll, describe, expect, test } from "vitest";
import { RECORDS, type RecordKind } from "../../src/published/contract/index.ts";
import { ContractError, writeVersions } from "../../src/published/index.ts";
import { useDatabase } from "../support/database.ts";
import { uneAction, uneCertification, uneHabilitation, uneSession, unOrganisme } from "../support/offre.ts";

const database = useDatabase();
const SAMPLES: Readonly<Record<RecordKind, readonly [string, object]>> = {
  organisme: ["OF1", unOrganisme()],
  action: ["A1", uneAction()],
  session: ["S1", uneSession()],
  certification: ["RNCP35819", uneCertification()],
  habilitation: ["OF1|RNCP35819", uneHabilitation()],
};
const KINDS = Object.keys(RECORDS) as RecordKind[];

const write = (kind: RecordKind, numero: string, contenu: unknown) =>
  database.db.transaction((trx) => writeVersions(trx, kind, [{ numero, contenu }], { origine: "test" }));

describe.each(KINDS)("published_%s", (kind) => {
  const [numero, contenu] = SAMPLES[kind];
  const table = `published_${kind}`;

  beforeAll(async () => {
    await write(kind, numero, contenu);
  });

  test.each([
    ["its content", { contenu: { autre: 1 } }],
    ["its number", { numero: "X" }],
    ["its version", { version: 7 }],
    ["its hash", { contenu_sha256: "0" }],
    ["its instant", { mis_en_ligne_at: new Date(0) }],
    ["its first instant", { premiere_mise_en_ligne_at: new Date(0) }],
    ["its origin", { origine: "x" }],
    [
      "its content while it is withdrawn",
      { origine: "x", retired_at: new Date(0), retired_reason: "archivage" },
    ],
    ["a reason alone", { retired_reason: "archivage" }],
  ])("nobody changes %s", async (_, change) => {
    await expect(database.db(table).where({ numero }).update(change)).rejects.toThrow(
      /immutable|check constraint/,
    );
  });

  test("nobody deletes it, and a withdrawal is recorded once", async () => {
    await expect(database.db(table).where({ numero }).delete()).rejects.toThrow(/immutable/);
    const retired = { retired_at: new Date(1000), retired_reason: "archivage", retired_note: "mot" };
    expect(await database.db(table).where({ numero }).update(retired)).toBe(1);
    await expect(database.db(table).where({ numero }).update({ retired_note: "autre" })).rejects.toThrow(
      /immutable/,
    );
    await expect(
      database.db(table).where({ numero }).update({ retired_at: null, retired_reason: null }),
    ).rejects.toThrow(/immutable/);
  });
});

test.each([
  ["", "numero"],
  ["a|b", "numero"],
  ["a##b", "numero"],
  ["a\tb", "numero"],
  ["x".repeat(201), "numero"],
])("the number %j is refused in French, and nothing is written", async (numero, champ) => {
  await expect(write("action", numero, uneAction())).rejects.toThrow(ContractError);
  await expect(write("action", numero, uneAction())).rejects.toThrow(new RegExp(champ));
});

test.each([
  ["a missing field", { ...uneAction(), intitule: undefined }, "intitule absent (attendu : un texte)"],
  ["an unknown field", { ...uneAction(), titre: "x" }, "titre absent (attendu : aucun champ de ce nom)"],
  [
    "a wrong choice",
    { ...uneAction(), validation: "oui" },
    'validation "oui" (attendu : attestation, rncp, autre)',
  ],
  ["a wrong type", { ...uneAction(), rome: [7] }, "rome[1] 7 (attendu : un texte)"],
  ["a NUL", { ...uneAction(), intitule: "a\0b" }, "\\u0000"],
  ["half a character", { ...uneAction(), intitule: "a\ud800b" }, "\\ud800"],
])("%s is refused in French", async (_, contenu, message) => {
  await expect(write("action", "A9", contenu)).rejects.toThrow(message);
});

test("a backslash before u0000 is text, and every character that PostgreSQL keeps comes back", async () => {
  const intitule = 'a\\u0000 \u0001\u000b\u2028 é 😀 \\ " \n\r\t';
  await write("action", "A10", uneAction({ intitule }));
  const [row] = await database.db("published_action").where({ numero: "A10" }).select("contenu");
  expect(row.contenu.intitule).toBe(intitule);
});

test("a number given twice in one writing is refused", async () => {
  const twice = [
    { numero: "A11", contenu: uneAction() },
    { numero: "A11", contenu: uneAction({ intitule: "autre" }) },
  ];
  const writing = database.db.transaction((trx) => writeVersions(trx, "action", twice, { origine: "test" }));
  await expect(writing).rejects.toThrow("« A11 » (action) est donné deux fois");
});

test("a right is kept under its two numbers", async () => {
  await expect(write("habilitation", "autre", uneHabilitation())).rejects.toThrow("« OF1|RNCP35819 »");
});
