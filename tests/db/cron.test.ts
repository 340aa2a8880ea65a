import { afterEach, beforeEach, expect, test } from "vitest";
import { parisTime } from "../../src/calendar/index.ts";
import { type Cron, cronTable, DejaEnCours, type Job, runByHand, startCron } from "../../src/cron/index.ts";
import { horloge } from "../../src/db/index.ts";
import { noTools, runsOf, unJob } from "../support/cron.ts";
import { useDatabase } from "../support/database.ts";
import { eventually } from "../support/diffusion.ts";

const database = useDatabase();
const started: Cron[] = [];

beforeEach(async () => {
  await database.shiftClock("0");
  await database.clear();
});
afterEach(async () => {
  for (const one of started.splice(0)) await one.stop();
});

function start(jobs: readonly Job[], leaseMs = 60_000): Cron {
  const cron = startCron({ outils: noTools(database.db), jobs, tickMs: 20, leaseMs });
  started.push(cron);
  return cron;
}

/** Starts, so that the jobs are known from now on, and stops. */
async function register(jobs: readonly Job[]): Promise<void> {
  const cron = start(jobs);
  await eventually(
    async () => ((await database.db("cron_job")).length === jobs.length ? true : undefined),
    "jobs",
  );
  await cron.stop();
}

const ended = (job: string, etat: string, count = 1) =>
  eventually(async () => {
    const rows = (await runsOf(database.db, job)).filter((row) => row.etat === etat);
    return rows.length >= count ? rows : undefined;
  }, `${count} runs ${etat} of ${job}`);

test("a first start does not replay the past", async () => {
  let runs = 0;
  await register([unJob(async () => ({ runs: ++runs }))]);
  expect(await runsOf(database.db)).toEqual([]);
  expect(runs).toBe(0);
});

test("after a week off, `dernier` runs the newest slot and writes the others as skipped, `tous` runs each in order", async () => {
  const seen: Record<string, Date[]> = { dernier: [], tous: [] };
  const jobs = (["dernier", "tous"] as const).map((rattrapage) =>
    unJob(
      async ({ slot, maintenant }) => {
        seen[rattrapage]?.push(slot);
        return { retard: maintenant.getTime() - slot.getTime() };
      },
      { id: rattrapage, rattrapage, horaire: "30 2 * * *" },
    ),
  );
  await register(jobs);
  await database.shiftClock("7 days");
  start(jobs);
  const each = await ended("tous", "faite", 7);
  await ended("dernier", "faite");
  const newest = each.at(-1)?.slot;
  expect(seen.tous).toEqual(each.map(({ slot }) => slot));
  expect(each.map(({ slot }) => parisTime(slot).heure)).toEqual(Array(7).fill("023000"));
  expect(seen.dernier).toEqual([newest]);
  expect((await runsOf(database.db, "dernier")).map(({ etat }) => etat)).toEqual([
    ...Array(6).fill("sautee"),
    "faite",
  ]);
});

test("a failure is tried again later and later, and told after three in a row; the next slot takes its place and ends it", async () => {
  let broken = true;
  const jobs = [
    unJob(async () => {
      if (broken) throw new Error("le disque est plein");
      return { fait: 1 };
    }),
  ];
  const alerts = () => database.db("alert").select("cle", "code", "message", "closed_at");
  /** Runs until the slot has ended one way or the other, at so many minutes after the first full hour. */
  const at = async (minutes: number, etat: string, essais: number) => {
    await database.shiftClock(`${toTheHour + minutes} minutes`);
    const cron = start(jobs);
    await eventually(async () => {
      const runs = await runsOf(database.db);
      return runs.some((run) => run.etat === etat && run.essais === essais) ? true : undefined;
    }, `${etat} after ${essais} tries`);
    await cron.stop();
  };
  await register(jobs);
  const { rows } = await database.db.raw<{ rows: { minutes: number }[] }>(
    "SELECT 60 - extract(minute FROM horloge())::int AS minutes",
  );
  const toTheHour = rows[0]?.minutes ?? 60;
  await at(0, "a_reprendre", 1);
  await at(1, "a_reprendre", 2);
  expect(await alerts()).toEqual([]);
  await at(6, "a_reprendre", 3);
  await at(21, "a_reprendre", 4);
  expect(await alerts()).toMatchObject([
    {
      cle: "tache:essai",
      code: "tache-en-echec",
      message: expect.stringContaining("le disque est plein"),
      closed_at: null,
    },
  ]);
  // The next hour comes before the last wait is over: its own run does the work.
  broken = false;
  await at(61, "faite", 1);
  expect((await runsOf(database.db)).map(({ etat, essais }) => [etat, essais])).toEqual([
    ["echouee", 4],
    ["faite", 1],
  ]);
  expect((await alerts())[0]?.closed_at).toBeInstanceOf(Date);
});

test("a process that stops interrupts its job, and another one begins it again", async () => {
  let began = 0;
  const jobs = [
    unJob(async ({ signal }) => {
      began += 1;
      if (began === 1)
        await new Promise((_, reject) => signal.addEventListener("abort", () => reject(signal.reason)));
      return { fait: true };
    }),
  ];
  await register(jobs);
  await database.shiftClock("1 hour");
  const first = start(jobs);
  await eventually(() => (began === 1 ? true : undefined), "a beginning");
  await first.stop();
  expect(await runsOf(database.db)).toMatchObject([{ etat: "a_reprendre", essais: 0 }]);
  start(jobs);
  expect(await ended("essai", "faite")).toMatchObject([{ essais: 1, bilan: { fait: true } }]);
  expect(await database.db("alert")).toEqual([]);
});

test("a job that outlives its lease without a sign of life is taken over, and its own end is not heard", async () => {
  let release = () => {};
  let runs = 0;
  const jobs = [
    unJob(async () => {
      runs += 1;
      if (runs === 1) await new Promise<void>((resolve) => (release = resolve));
      return { run: runs };
    }),
  ];
  await register(jobs);
  await database.shiftClock("1 hour");
  start(jobs);
  await eventually(() => (runs === 1 ? true : undefined), "a beginning");
  // The first one is as if frozen: its lease is taken from under it.
  await database.db("cron_run").update({ lease_until: database.db.raw("horloge() - interval '1 second'") });
  start(jobs);
  const [row] = await ended("essai", "faite");
  release();
  await started[0]?.stop();
  expect(row).toMatchObject({ essais: 2, bilan: { run: 2 } });
  expect(await runsOf(database.db)).toMatchObject([{ etat: "faite", essais: 2, bilan: { run: 2 } }]);
});

test("a job that kills whoever runs it is given up, and told", async () => {
  const jobs = [unJob(async () => ({}))];
  await register(jobs);
  await database.db.raw(
    `INSERT INTO cron_run (job, slot, etat, essais, worker, lease_until)
     VALUES ('essai', horloge() - interval '2 days', 'en_cours', 5, 'mort', horloge() - interval '1 minute')`,
  );
  await database.db("cron_job").update({ echecs: 2 });
  start(jobs);
  const [row] = await ended("essai", "echouee");
  expect(row?.erreur).toContain("s'est arrêté");
  expect(await database.db("alert")).toMatchObject([{ cle: "tache:essai", code: "tache-en-echec" }]);
});

test("a clock that came back from far ahead does not silence a job", async () => {
  const jobs = [unJob(async () => ({ fait: true }))];
  await database.shiftClock("4 years");
  await register(jobs);
  await database.shiftClock("0");
  await register(jobs);
  await database.shiftClock("1 hour");
  start(jobs);
  await ended("essai", "faite");
});

test("by hand: a run beside the timetable, in the audit, refused while the job runs", async () => {
  const job = unJob(async () => ({ fait: 1 }));
  const by = { acteur: "console:marie", signal: new AbortController().signal };
  expect(await runByHand(job, noTools(database.db), by)).toEqual({ bilan: { fait: 1 } });
  const creneau = (await database.db("cron_job").first("creneau"))?.creneau;
  expect(await runsOf(database.db)).toMatchObject([{ manuel: true, etat: "faite", essais: 1 }]);
  expect((await database.db("cron_job").first("creneau"))?.creneau).toEqual(creneau);
  expect(await database.db("audit").select("acteur", "acte", "objet_id")).toEqual([
    { acteur: "console:marie", acte: "tache.lancer", objet_id: "essai" },
  ]);
  await database
    .db("cron_run")
    .update({ etat: "en_cours", lease_until: database.db.raw("horloge() + interval '1 hour'") });
  await expect(runByHand(job, noTools(database.db), by)).rejects.toThrow(DejaEnCours);
});

test("the table shows each job with its last and its next run", async () => {
  const jobs = [
    unJob(async () => ({ fait: 1 })),
    unJob(async () => ({}), { id: "jamais", horaire: "30 2 * * *" }),
  ];
  await register(jobs);
  await runByHand(jobs[0] as Job, noTools(database.db), {
    acteur: "x",
    signal: new AbortController().signal,
  });
  const now = await horloge(database.db);
  const [first, second] = await cronTable(database.db, jobs, now);
  expect(first).toMatchObject({ id: "essai", derniere: { etat: "faite", manuel: true, bilan: { fait: 1 } } });
  expect(second).toMatchObject({ id: "jamais", derniere: null });
  expect(parisTime(second?.prochaine ?? now).heure).toBe("023000");
  expect(second?.prochaine.getTime()).toBeGreaterThan(now.getTime());
});
