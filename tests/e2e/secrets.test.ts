import { randomBytes } from "node:crypto";
import { expect, test } from "vitest";
import { keyOf, readSecrets } from "../../src/partner/index.ts";
import { runCli } from "../support/cli.ts";
import { useDatabase } from "../support/database.ts";
import { addPartner, addProfil, useFolder } from "../support/diffusion.ts";

const database = useDatabase();
const folder = useFolder();
const OLD = randomBytes(32);
const NEW = randomBytes(32);
const VALUE = "ligne 1\nligne 2 très secrète";

test("secrets are set from the standard input, listed without their values, moved to a new key and removed", {
  timeout: 120_000,
}, async () => {
  const { db, url } = database;
  await addProfil(db, "rco");
  await addPartner(db, "region", "rco", { type: "dossier", chemin: "/depot" });
  const run = (keys: readonly Buffer[], args: readonly string[], input?: string) =>
    runCli(
      ["secrets", ...args],
      folder.dir,
      { DATABASE_URL: url, SECRETS_KEY: keys.map((key) => key.toString("base64")).join(",") },
      input,
    );
  const set = ["set", "region", "cle_privee"];

  // Refused before the value is read.
  const [keyless, unknown] = await Promise.all([
    run([], set, VALUE),
    run([OLD], ["set", "region", "motdepasse"], VALUE),
  ]);
  expect(keyless.stderr).toContain("openssl rand -base64 32");
  expect(unknown).toMatchObject({ code: 2, stderr: expect.stringContaining("mot_de_passe") });
  expect(await db("partner_secret")).toEqual([]);

  const written = await run([OLD], set, `${VALUE}\n`);
  expect(written).toMatchObject({ code: 0, stderr: "" });
  expect([...((await readSecrets(db, [keyOf(OLD)], "region")) as Map<string, string>)]).toEqual([
    ["cle_privee", VALUE],
  ]);

  const rotated = await run([NEW, OLD], ["rotate"]);
  expect(rotated).toMatchObject({ code: 0, stdout: expect.stringContaining("1 secret(s)") });
  const listed = await run([], ["list"]);
  expect(listed.stdout).toContain(keyOf(NEW).id);
  expect(await run([], ["remove", "region", "cle_privee"])).toMatchObject({ code: 0 });

  expect(await db("audit").orderBy("id")).toMatchObject([
    { acte: "secret.ecrire", objet_id: "region", detail: { nom: "cle_privee" } },
    { acte: "secret.rechiffrer" },
    { acte: "secret.effacer" },
  ]);
  const said = [keyless, unknown, written, rotated, listed];
  expect(JSON.stringify([said, await db("audit")])).not.toContain("très secrète");
});
