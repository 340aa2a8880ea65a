import { writeFileSync } from "node:fs";
import path from "node:path";
import { beforeAll, expect, test } from "vitest";
import { openStore } from "../../src/snapshot/index.ts";
import { send } from "../support/accuses.ts";
import { runCli } from "../support/cli.ts";
import { useDatabase } from "../support/database.ts";
import { addPartner, addProfil, useFolder } from "../support/diffusion.ts";

/** What an operator does with receipts from the terminal, on a database of its own. */
const database = useDatabase();
const folder = useFolder();
const LONG = 120_000;
let delivery = "";

beforeAll(async () => {
  await addProfil(database.db, "rco");
  await addPartner(database.db, "a", "rco", { type: "dossier", chemin: folder.dir });
  const store = await openStore(folder.dir);
  delivery = await send(database.db, store, "a", { "001": {}, "002": {} });
  file("accuse.csv", "num;etat;code;lib\n75_001;KO;30057;écart\n002;OK;;\n777;OK;;\n");
});

const file = (nom: string, text: string) => writeFileSync(path.join(folder.dir, nom), text);
const run = (...args: string[]) => runCli(args, folder.dir, { DATABASE_URL: database.url });

test("a receipt is described, taken once, and shown with what to do", { timeout: LONG }, async () => {
  expect(await run("receipts", "take", "a", "accuse.csv")).toMatchObject({
    code: 1,
    stderr: expect.stringContaining("receipts format a"),
  });

  file("faux.json", '{"format":"csv"}');
  const wrong = await run("receipts", "format", "a", "faux.json");
  expect(wrong).toMatchObject({ code: 2, stderr: expect.stringContaining("0.source") });
  expect(wrong.stderr).not.toMatch(/Invalid|expected/);

  const accuse = {
    source: { type: "depose" },
    format: "csv",
    champs: { session: "num", statut: "etat", code: "code", message: "lib" },
    statuts: { acquittee: ["OK"], refusee: ["KO"] },
  };
  file("accuse.json", JSON.stringify(accuse));
  expect(await run("receipts", "format", "a", "accuse.json")).toMatchObject({ code: 0 });
  const { stdout: format } = await run("receipts", "format", "a");
  expect(JSON.parse(format)).toMatchObject([accuse]);

  const taken = await run("receipts", "take", "a", "accuse.csv");
  expect(taken).toMatchObject({ code: 0, stderr: "" });
  expect(taken.stdout).toContain("3 lignes : 1 acquittée, 1 refusée, 1 inconnue de cet envoi");
  expect((await run("receipts", "take", "a", "accuse.csv")).stdout).toContain("déjà été lu");

  const shown = await run("receipts", "show", delivery);
  expect(shown.code).toBe(1);
  expect(shown.stdout).toMatch(/001 +30057 +La durée diffère.* Vérifiez les deux durées/);
  expect(shown.stdout).toContain("777");

  const session = await run("session", "001");
  expect(session.stdout).toMatch(/version 1 envoyée le .*, refusée le /);
  expect(session.stdout).toContain("Vérifiez les deux durées");
  expect(await database.db("audit").orderBy("id").select("acte")).toEqual([
    { acte: "accuse.format" },
    { acte: "accuse.deposer" },
  ]);
});
