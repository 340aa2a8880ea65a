import { mkdir, writeFile } from "node:fs/promises";
import path from "node:path";
import { beforeAll, expect, test } from "vitest";
import { JOBS, type Job, runByHand } from "../../src/cron/index.ts";
import { claim, complete, planDeliveries, setAccuses } from "../../src/delivery/index.ts";
import { openStore } from "../../src/snapshot/index.ts";
import { noTools } from "../support/cron.ts";
import { useDatabase } from "../support/database.ts";
import { addPartner, addProfil, deliveriesOf, publishFeed, useFolder } from "../support/diffusion.ts";

const database = useDatabase();
const folder = useFolder();

beforeAll(async () => {
  const { db } = database;
  await addProfil(db, "rco");
  for (const id of ["bavard", "absent"]) {
    const chemin = path.join(folder.dir, id);
    await mkdir(chemin);
    await addPartner(db, id, "rco", { type: "dossier", chemin });
    await setAccuses(db, id, [
      {
        source: { type: "dossier", dossier: "accuses", fichiers: "*.csv" },
        format: "csv",
        champs: { session: "session", statut: "statut", diffusion: "diffusion" },
        statuts: { visible: ["ok"] },
      },
    ]);
  }
  await publishFeed(db, await openStore(folder.dir), "rco", "A");
  await planDeliveries(db);
});

async function look() {
  const job = JOBS.find(({ id }) => id === "accuses");
  const ending = await runByHand(job as Job, noTools(database.db), {
    acteur: "console:essai",
    signal: new AbortController().signal,
  });
  return "bilan" in ending ? ending.bilan : ending;
}

const open = () =>
  database.db("alert").where({ code: "accuses-inaccessibles" }).whereNull("closed_at").pluck("cle");

test("receipts left in a folder are taken once; a folder that cannot be read is told at the third look, until it can", async () => {
  const { db } = database;
  const [delivery] = await deliveriesOf(db, "bavard");
  const taken = await claim(db, delivery?.id ?? "", { worker: "essai", leaseMs: 60_000 });
  if (!("claimed" in taken)) throw new Error(taken.refused);
  await complete(db, taken.claimed, { kind: "depot", nom: "offre-info-rco.xml.gz" }, { hasard: 0.5 });
  await mkdir(path.join(folder.dir, "bavard", "accuses"));
  await writeFile(
    path.join(folder.dir, "bavard", "accuses", "retour.csv"),
    `diffusion;session;statut\n${delivery?.id};72_S1;OK\n`,
  );
  expect(await look()).toMatchObject({
    pris: { bavard: 1 },
    echecs: { absent: expect.stringContaining("accuses") },
  });
  expect(await db("receipt").where({ source: "dossier" }).pluck("nom")).toEqual(["retour.csv"]);
  expect(await look()).toMatchObject({ pris: {} });
  expect(await open()).toEqual([]);
  await look();
  expect(await open()).toEqual(["accuses:absent"]);
  await mkdir(path.join(folder.dir, "absent", "accuses"));
  expect(await look()).toEqual({ pris: {}, echecs: {} });
  expect(await open()).toEqual([]);
});
