import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { mkdir } from "node:fs/promises";
import path from "node:path";
import { beforeEach, expect, test } from "vitest";
import { dossierTransport } from "../../src/delivery/index.ts";
import { zTransport } from "../../src/partner/index.ts";
import { useFolder } from "../support/diffusion.ts";
import { calm, fileToSend } from "../support/envoi.ts";

const folder = useFolder();
let drop = "";
let rank = 0;
beforeEach(async () => {
  rank += 1;
  drop = path.join(folder.dir, `depot-${rank}`);
  await mkdir(drop);
});

function push(...[envoi, conduct]: Parameters<ReturnType<typeof dossierTransport>>) {
  const transport = zTransport.parse({ type: "dossier", chemin: drop });
  if (transport.type !== "dossier") throw new Error("unreachable");
  return dossierTransport(transport)(envoi, conduct);
}

test("the announcement carries what checks the file", async () => {
  const envoi = fileToSend(folder.dir);
  expect(await push(envoi, calm())).toEqual({ kind: "depot", nom: "offre-info-rco.xml" });
  expect(readdirSync(drop).sort()).toEqual(["offre-info-rco.xml", "offre-info-rco.xml.ok"]);
  expect(JSON.parse(readFileSync(path.join(drop, "offre-info-rco.xml.ok"), "utf8"))).toEqual({
    diffusion: envoi.id,
    fichier: "offre-info-rco.xml",
    octets: envoi.fichier.octets,
    sha256: envoi.fichier.sha256,
    formations: 2,
    sessions: 5,
  });
});

test("a worker that lost the delivery changes nothing at the last step", async () => {
  const first = fileToSend(folder.dir);
  await push(first, calm());
  const outcome = await push(fileToSend(folder.dir), calm({ stillOurs: async () => false }));
  expect(outcome).toMatchObject({ kind: "echec", classe: "interrompue" });
  expect(readFileSync(path.join(drop, "offre-info-rco.xml")).equals(first.bytes)).toBe(true);
  expect(readdirSync(drop)).toHaveLength(2);
});

test("while the file is written nothing is announced beside it", async () => {
  const first = fileToSend(folder.dir);
  await push(first, calm());
  const seen: string[][] = [];
  await push(
    fileToSend(folder.dir),
    calm({
      stillOurs: async () => {
        seen.push(readdirSync(drop).sort());
        return true;
      },
    }),
  );
  // Until the last question the old file stands, announced; the new one has a name of its own.
  expect(seen[0]).toEqual([
    expect.stringMatching(/^20261124T083015Z-essai-[0-9a-f]{6}\.1\.part$/),
    "offre-info-rco.xml",
    "offre-info-rco.xml.ok",
  ]);
});

test("what our older attempts left is cleared, and nothing else", async () => {
  const envoi = { ...fileToSend(folder.dir), epoch: 3 };
  for (const left of [`${envoi.id}.1.part`, `${envoi.id}.4.part`, "autre.1.part"])
    writeFileSync(path.join(drop, left), "reste");
  await push(envoi, calm());
  expect(readdirSync(drop).sort()).toEqual([
    `${envoi.id}.4.part`,
    "autre.1.part",
    "offre-info-rco.xml",
    "offre-info-rco.xml.ok",
  ]);
});

test("a folder that is not one is a failure that names it", async () => {
  writeFileSync(path.join(folder.dir, "fichier"), "");
  drop = path.join(folder.dir, "fichier");
  const outcome = await push(fileToSend(folder.dir), calm());
  expect(outcome).toMatchObject({
    kind: "echec",
    classe: "depot_impossible",
    message: expect.stringContaining(drop),
  });
  expect(existsSync(drop)).toBe(true);
});
