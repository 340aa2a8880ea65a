import { parseArgs } from "node:util";
import { withGround } from "./ground.ts";
import { type StormOptions, storm } from "./storm.ts";
import { held, tableOf } from "./summary.ts";

/** `npm run storm -- --queue redis --deliveries 2000`: ends with 1 when an invariant does not hold. */
const { values } = parseArgs({
  options: {
    queue: { type: "string", default: "postgres" },
    deliveries: { type: "string", default: "2000" },
    partners: { type: "string", default: "220" },
    workers: { type: "string", default: "4" },
    kills: { type: "string", default: "50" },
    flushes: { type: "string", default: "5" },
    "redis-kills": { type: "string", default: "2" },
    crashes: { type: "string", default: "2" },
    cuts: { type: "string", default: "2" },
    seed: { type: "string", default: String(process.pid) },
  },
});
const queue = values.queue as StormOptions["queue"];
if (!["postgres", "redis", "poll"].includes(queue))
  throw new Error(`--queue postgres, redis ou poll : « ${queue} »`);
const say = (line: string) => void process.stderr.write(`${line}\n`);

const report = await withGround(queue, (ground) =>
  storm(
    {
      queue,
      deliveries: Number(values.deliveries),
      partners: Number(values.partners),
      workers: Number(values.workers),
      seed: values.seed,
      quietMs: 180_000,
      blows: {
        kills: Number(values.kills),
        flushes: queue === "poll" ? 0 : Number(values.flushes),
        redisKills: queue === "redis" ? Number(values["redis-kills"]) : 0,
        crashes: Number(values.crashes),
        cuts: Number(values.cuts),
      },
    },
    { ...ground, say },
  ),
);
process.stdout.write(`\n${tableOf(`Tempête, file « ${queue} », graine ${values.seed}`, report)}`);
process.exitCode = held(report) ? 0 : 1;
