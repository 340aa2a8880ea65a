import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, expect, test } from "vitest";
import { startCron } from "../../src/cron/index.ts";
import { connect } from "../../src/db/index.ts";
import { noTools, runsOf, unJob } from "../support/cron.ts";
import { useDatabase } from "../support/database.ts";
import { eventually } from "../support/diffusion.ts";

const CHILD = fileURLToPath(new URL("../support/cronChild.ts", import.meta.url));
const database = useDatabase();
const children: ChildProcess[] = [];

beforeEach(async () => {
  await database.shiftClock("0");
  await database.clear();
  await database.db.raw("CREATE TABLE IF NOT EXISTS essai (slot timestamptz, pid integer, n serial)");
  // Known since now, so that what the clock skips below is missed.
  await database.db("cron_job").insert({ id: "essai" });
});
afterEach(() => {
  for (const child of children.splice(0)) child.kill("SIGKILL");
});

function worker(...args: string[]): ChildProcess {
  const child = spawn(process.execPath, ["--import", "tsx", CHILD, database.url, ...args], {
    stdio: ["ignore", "ignore", "inherit"],
  });
  children.push(child);
  return child;
}

const passes = (): Promise<{ slot: Date; pid: number }[]> => database.db("essai").orderBy("n");

test("two processes: each slot runs once", { timeout: 90_000 }, async () => {
  await database.shiftClock("15 minutes");
  const pids = [worker("5000", "* * * * *"), worker("5000", "* * * * *")].map(({ pid }) => pid);
  await eventually(
    async () =>
      (await runsOf(database.db)).filter(({ etat }) => etat === "faite").length >= 15 ? true : undefined,
    "fifteen slots",
    60_000,
  );
  const seen = await passes();
  expect(new Set(seen.map(({ slot }) => slot.getTime())).size).toBe(seen.length);
  for (const { pid } of seen) expect(pids).toContain(pid);
});

test("a process killed in the middle of a job: its slot is begun again once its lease has lapsed", {
  timeout: 90_000,
}, async () => {
  await database.shiftClock("1 day");
  const child = worker("600", "30 2 * * *", "hang");
  const exited = once(child, "exit");
  await eventually(async () => ((await passes()).length === 1 ? true : undefined), "a beginning", 60_000);
  child.kill("SIGKILL");
  await exited;
  expect(await runsOf(database.db)).toMatchObject([{ etat: "en_cours", essais: 1 }]);
  const seen: Date[] = [];
  const job = unJob(
    async ({ slot }) => {
      seen.push(slot);
      return { repris: true };
    },
    { horaire: "30 2 * * *", rattrapage: "tous" },
  );
  const cron = startCron({ outils: noTools(database.db), jobs: [job], tickMs: 30 });
  const [row] = await eventually(async () => {
    const rows = await runsOf(database.db);
    return rows[0]?.etat === "faite" ? rows : undefined;
  }, "the end");
  await cron.stop();
  expect(row).toMatchObject({ essais: 2, bilan: { repris: true } });
  expect(seen).toEqual((await passes()).map(({ slot }) => slot));
});

test("connections cut under it, again and again: every slot is done, and the process goes on", {
  timeout: 90_000,
}, async () => {
  const job = unJob(async () => ({}), { horaire: "* * * * *", rattrapage: "tous" });
  await database.db("cron_job").update({ creneau: database.db.raw("horloge() - interval '30 minutes'") });
  const other = connect(database.url, { max: 1 });
  const own = connect(database.url, { max: 4 });
  const cron = startCron({ outils: noTools(own), jobs: [job], tickMs: 20, leaseMs: 500 });
  let cuts = 0;
  await eventually(
    async () => {
      if (cuts < 12) {
        const { rowCount } = await other.raw<{ rowCount: number }>(
          "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()",
        );
        if (rowCount > 0) cuts += 1;
      }
      const { rows } = await other.raw<{ rows: { n: number }[] }>(
        "SELECT count(*)::int AS n FROM cron_run WHERE etat = 'faite'",
      );
      return (rows[0]?.n ?? 0) >= 30 ? true : undefined;
    },
    "thirty slots",
    60_000,
  );
  await cron.stop();
  await own.destroy();
  const { rows } = await other.raw<{ rows: { etat: string }[] }>("SELECT DISTINCT etat FROM cron_run");
  await other.destroy();
  expect(cuts).toBe(12);
  expect(rows).toEqual([{ etat: "faite" }]);
});
