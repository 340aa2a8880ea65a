import { spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { verifyAudit } from "../../src/audit/index.ts";
import { advanceReplays, confirmReplay, readLot, zFiltre } from "../../src/delivery/index.ts";
import { useDatabase } from "../support/database.ts";
import { eventually } from "../support/diffusion.ts";
import { apercu, done, MOI, useScene } from "../support/operateur.ts";

const CHILD = fileURLToPath(new URL("../support/replayChild.ts", import.meta.url));
const database = useDatabase();
const PARTNERS = Array.from({ length: 12 }, (_, rank) => `p${String(rank).padStart(2, "0")}`);
const scene = useScene(database, PARTNERS);

test("killed in the middle of a batch, taken up again: each partner has its replay, once", async () => {
  const { db } = database;
  await scene.publish("A");
  await scene.plan();
  for (const partner of PARTNERS) await scene.attempt(partner, 400);
  const { jeton } = await apercu(database, zFiltre.parse({ profils: ["rco"] }));
  const { lot } = done(await confirmReplay(db, jeton, { ...MOI, seuil: 100 }));

  // It makes five, then waits for the seventh partner inside of its second transaction, and dies there.
  await db.transaction(async (busy) => {
    await busy.raw("SELECT 1 FROM partner WHERE id = 'p06' FOR UPDATE");
    const child = spawn(process.execPath, ["--import", "tsx", CHILD, database.url, String(lot), "5"], {
      stdio: ["ignore", "ignore", "inherit"],
    });
    await eventually(async () => {
      const { rows } = await db.raw(
        "SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock' AND query LIKE '%FROM partner%'",
      );
      return rows.length > 0 ? true : undefined;
    }, "the child at the locked partner");
    child.kill("SIGKILL");
    await once(child, "exit");
  });
  expect(await readLot(db, lot)).toMatchObject({ etat: "en_cours", faites: 5 });

  // Two take it up at once.
  await Promise.all([advanceReplays(db, { chunk: 3 }), advanceReplays(db, { chunk: 2 })]);
  const after = await readLot(db, lot);
  expect(after).toMatchObject({ etat: "fini", faites: 12 });
  expect(after?.items.map(({ resultat }) => resultat)).toEqual(PARTNERS.map(() => "cree"));
  for (const partner of PARTNERS) expect(await scene.states(partner)).toEqual(["dead", "scheduled"]);
  expect(await db("audit").where({ acte: "diffusion.rejouer" }).count("* as n").first()).toEqual({ n: 12 });
  expect((await verifyAudit(db)).rupture).toBeUndefined();
  expect(await advanceReplays(db)).toBe(0);
});
