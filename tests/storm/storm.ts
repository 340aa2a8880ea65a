import { fork } from "node:child_process";
import { once } from "node:events";
import path from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import type { Knex } from "knex";
import { Random } from "../../fixtures/demo/random.ts";
import { connect, horloge } from "../../src/db/index.ts";
import { openStore } from "../../src/snapshot/index.ts";
import { startXsd, type Xsd } from "../../src/validation/index.ts";
import { installClock, moveClock, waitingNow } from "./clock.ts";
import { type Crew, startCrew } from "./crew.ts";
import { readFacts } from "./facts.ts";
import { type Offer, PROFILS_STORM, startOffer } from "./offer.ts";
import { addPartners, wakePartners } from "./partners.ts";
import { type Report, summarize } from "./summary.ts";
import { judge } from "./verdict.ts";
import { type Blow, type Blows, forecast, type Strike } from "./weather.ts";

export interface StormOptions {
  readonly queue: "postgres" | "redis" | "poll";
  /** At least so many deliveries are made. */
  readonly deliveries: number;
  readonly partners: number;
  readonly workers: number;
  readonly blows: Blows;
  readonly seed: string;
  /** Without anything moving; beyond, what is left is undelivered. */
  readonly quietMs: number;
}

/** Where it takes place: a database of its own, a folder, and what can be struck there. */
export interface Ground {
  readonly databaseUrl: string;
  readonly dir: string;
  readonly redisUrl?: string | undefined;
  readonly strike: Readonly<Record<Exclude<Blow, "kills">, () => Promise<void>>>;
  readonly say?: (line: string) => void;
}

const TICK_MS = 150;
/** Deliveries that a move of the clock brings to their date at most, but for those of the same instant. */
const TOGETHER = 25;
/** Nothing moves for so long: time passes all the same, whatever is due. */
const STILL_MS = 5_000;
/** As long as an operator would wait, in the storm's own measure. */
const WAKE_EVERY = 10;

/** Publishes, delivers and strikes until so many deliveries are made and every blow has fallen, then until quiet. */
export async function storm(options: StormOptions, ground: Ground): Promise<Report> {
  const { seed, queue } = options;
  const since = performance.now();
  const random = new Random("storm", seed);
  const record = path.join(ground.dir, "destinataires.jsonl");
  const db = connect(ground.databaseUrl, { max: 4, name: "tempete" });
  const xsd = startXsd();
  const sink = await startPartners(record, seed);
  let crew: Crew | undefined;
  try {
    await installClock(db);
    const store = path.join(ground.dir, "store");
    const offer = await startOffer(db, await openStore(store), xsd);
    await addPartners(db, options.partners, sink.url, ground.dir);
    crew = startCrew(
      options.workers,
      {
        databaseUrl: ground.databaseUrl,
        dir: store,
        kind: queue,
        redisUrl: ground.redisUrl,
        leaseMs: 3_000,
        sweepMs: 300,
        graceMs: 900,
        concurrency: 20,
        journal: "error",
      },
      random,
      path.join(ground.dir, "ouvriers"),
    );
    const blows = await rage(options, ground, { db, xsd, offer, crew, random, calm: sink.calm });
    await crew.stop();
    const facts = await readFacts(db, ground.dir, record);
    return {
      blows,
      deaths: crew.deaths,
      seconds: (performance.now() - since) / 1000,
      summary: summarize(facts),
      violations: judge(facts, PROFILS_STORM),
    };
  } finally {
    await crew?.stop();
    sink.stop();
    await xsd.close();
    await db.destroy();
  }
}

interface Scene {
  readonly db: Knex;
  readonly xsd: Xsd;
  readonly offer: Offer;
  readonly crew: Crew;
  readonly random: Random;
  readonly calm: () => void;
}

async function rage(options: StormOptions, ground: Ground, scene: Scene): Promise<Record<Blow, number>> {
  const { db, offer, random } = scene;
  const say = ground.say ?? (() => undefined);
  const done: Record<Blow, number> = { kills: 0, flushes: 0, redisKills: 0, crashes: 0, cuts: 0 };
  let strikes: Strike[] = forecast(options.blows, random);
  let toPublish = true;
  let last = false;
  let room = 0;
  const calm = stillness();
  for (let tick = 1; ; tick += 1) {
    await pause(TICK_MS);
    try {
      if (tick % WAKE_EVERY === 0) await wakePartners(db);
      const { made, open } = await progress(db);
      const over = made >= options.deliveries && strikes.length === 0;
      if (tick % 40 === 0) say(`${made} diffusions, ${open} en cours, ${strikes.length} coups à venir`);
      const [next] = strikes;
      if (
        next !== undefined &&
        next.at <= made / options.deliveries &&
        (await strike(next.blow, ground, scene))
      ) {
        done[next.blow] += 1;
        strikes = strikes.slice(1);
      }
      // A new content once most partners have had the one before, or all of them; the last one in the calm after that.
      if (!last && open <= room * options.partners) {
        room = random.pick([0, 0.1, 0.3, 0.6]);
        if (over) {
          scene.calm();
          last = true;
        }
        await offer.change();
        toPublish = true;
      }
      if (toPublish) {
        await offer.publish();
        toPublish = false;
      }
      const still = calm(`${made} ${open}`);
      const waits = await advance(db, offer, still > STILL_MS);
      toPublish = waits.edition;
      const quiet = !toPublish && waits.none && open === 0 && (await planned(db));
      if ((last && quiet) || still > options.quietMs) return done;
    } catch (error) {
      // The database is away for a while, for us as for everyone.
      say(`… ${error instanceof Error ? error.message.slice(0, 100) : error}`);
      toPublish = true;
    }
  }
}

/** Milliseconds since what is shown to it changed. */
function stillness(): (shown: string) => number {
  let before = "";
  let since = 0;
  return (shown) => {
    if (shown !== before) since = performance.now();
    before = shown;
    return performance.now() - since;
  };
}

async function progress(db: Knex): Promise<{ made: number; open: number }> {
  const { rows } = await db.raw<{ rows: { made: number; open: number }[] }>(
    `SELECT count(*) AS made, count(*) FILTER (WHERE etat IN ('scheduled', 'in_flight', 'retry', 'held')) AS open FROM delivery`,
  );
  return rows[0] ?? { made: 0, open: 0 };
}

async function planned(db: Knex): Promise<boolean> {
  return (await db("outbox").whereNull("done_at").first("id")) === undefined;
}

/** Moves the clock to the next dates, when nothing waits that is due; or all the same. */
async function advance(
  db: Knex,
  offer: Offer,
  whatever: boolean,
): Promise<{ edition: boolean; none: boolean }> {
  const { due, next } = await waitingNow(db, TOGETHER);
  const eligible = offer.nextEligible(await horloge(db));
  const target = Math.min(next.at(-1) ?? Number.POSITIVE_INFINITY, eligible ?? Number.POSITIVE_INFINITY);
  const none = next.length === 0 && eligible === undefined && due === 0;
  if ((due > 5 && !whatever) || target === Number.POSITIVE_INFINITY) return { edition: false, none };
  const by = Math.ceil(target) + 1;
  await moveClock(db, by);
  return { edition: eligible !== undefined && by >= eligible, none };
}

/** @returns false when there is nothing to strike yet */
async function strike(blow: Blow, ground: Ground, { db, crew, random }: Scene): Promise<boolean> {
  if (blow !== "kills") {
    await ground.strike[blow]();
    return true;
  }
  const { rows } = await db.raw<{ rows: { worker: string }[] }>(
    `SELECT DISTINCT a.worker FROM delivery d JOIN attempt a ON a.delivery_id = d.id AND a.epoch = d.epoch WHERE d.etat = 'in_flight'`,
  );
  const busy = rows.map(({ worker }) => worker).filter((one) => crew.working.includes(one));
  if (crew.working.length === 0 || (busy.length === 0 && random.chance(0.8))) return false;
  return crew.kill(random.pick(busy.length > 0 ? busy : crew.working));
}

async function startPartners(record: string, seed: string) {
  const child = fork(fileURLToPath(new URL("sinkProcess.ts", import.meta.url)), [record, seed], {
    execArgv: ["--import", "tsx"],
    stdio: ["ignore", "inherit", "inherit", "ipc"],
  });
  const [{ port }] = (await once(child, "message")) as [{ port: number }];
  return {
    url: `http://127.0.0.1:${port}`,
    calm: () => void child.send("calm"),
    stop: () => void child.kill("SIGKILL"),
  };
}
