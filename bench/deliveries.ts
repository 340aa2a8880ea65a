import { cpus } from "node:os";
import path from "node:path";
import { parseArgs } from "node:util";
import { startRedis } from "../tests/support/redis.ts";
import { type ClaimCost, growDeliveries, measureClaims, SIZES } from "./lib/claims.ts";
import { findCommand, type Passage, runContender } from "./lib/process.ts";
import { type Atelier, freshDatabase, withAtelier } from "./lib/server.ts";
import { median, megabytes, ratio, say, seconds, table, verdict } from "./lib/table.ts";

/**
 * Deliveries of small files to a local sink, beside BullMQ alone with empty jobs on the same backend in the same run;
 * how long a queue that lost everything takes to be caught up; what a claim costs as the past grows.
 */
const LIMITS = { postgres: 0.5, redis: 1, claim: 1.3 };
const PARTNERS = 200;

export async function bench(argv: readonly string[]): Promise<void> {
  const { values } = parseArgs({
    args: [...argv],
    options: {
      diffusions: { type: "string", default: "2000" },
      tours: { type: "string", default: "3" },
      dues: { type: "string", default: "10000" },
      lignes: { type: "string", default: String(SIZES.at(-1)) },
      seulement: { type: "string" },
    },
  });
  const only = (part: string): boolean => values.seulement === undefined || values.seulement === part;
  await withAtelier(async (atelier) => {
    say(
      `Diffusions vers un puits local, ${PARTNERS} destinataires ; Node ${process.version}, ${cpus().length} cœurs.`,
    );
    const redis = findCommand("redis-server") === undefined ? undefined : await startRedis();
    if (redis === undefined) say("redis-server manque : seule la file PostgreSQL est mesurée.");
    try {
      const backends: Backend[] = [
        { kind: "postgres" },
        ...(redis === undefined ? [] : [{ kind: "redis" as const, url: redis.url }]),
      ];
      if (only("debit")) await throughput(atelier, backends, Number(values.diffusions), Number(values.tours));
      if (only("rattrapage")) await drain(atelier, backends, Number(values.dues));
      if (only("prise")) await claims(atelier, Number(values.lignes));
    } finally {
      await redis?.stop();
    }
  });
}

interface Backend {
  readonly kind: "postgres" | "redis";
  readonly url?: string;
}

let databases = 0;

/** A database of its own for each measure. */
function ofItsOwn(server: string): Promise<string> {
  databases += 1;
  return freshDatabase(server, `banc_diffusions_${databases}`);
}

async function throughput(
  { server, dossier }: Atelier,
  backends: readonly Backend[],
  count: number,
  rounds: number,
): Promise<void> {
  say(
    `\n${count} diffusions par lots de ${PARTNERS}, et autant de tâches vides de BullMQ ; médiane de ${rounds} tours.\n`,
  );
  const lines: string[][] = [];
  const ratesOf = new Map<Backend["kind"], { ours: number; theirs: number }>();
  for (const { kind, url = "" } of backends) {
    const ours: Passage[] = [];
    const theirs: Passage[] = [];
    for (let round = 0; round < rounds; round += 1) {
      const database = await ofItsOwn(server);
      const store = path.join(dossier, `depot-${databases}`);
      const args = [kind, database, url, String(count), String(PARTNERS)];
      const contenders = [
        async () => theirs.push(await runContender("bullmq", args)),
        async () => ours.push(await runContender("deliveries", [...args, store])),
      ];
      for (const run of round % 2 === 0 ? contenders : contenders.reverse()) await run();
    }
    const rate = (passages: readonly Passage[]): number =>
      count / median(passages.map(({ secondes }) => secondes));
    ratesOf.set(kind, { ours: rate(ours), theirs: rate(theirs) });
    const memory = (passages: readonly Passage[]): string =>
      megabytes(Math.max(...passages.map(({ memoire }) => memoire)));
    lines.push(
      [`BullMQ seul, ${kind}`, `${rate(theirs).toFixed(0)} /s`, "", memory(theirs)],
      [`offre-info, ${kind}`, `${rate(ours).toFixed(0)} /s`, ratio(rate(ours) / rate(theirs)), memory(ours)],
    );
  }
  table(["", "débit", "rapport", "mémoire"], lines);
  say();
  const [postgres, onRedis] = [ratesOf.get("postgres"), ratesOf.get("redis")];
  if (postgres === undefined) return;
  verdict(
    "fois le débit de BullMQ à vide sur PostgreSQL",
    postgres.ours / postgres.theirs,
    LIMITS.postgres,
    "min",
  );
  // The record is in PostgreSQL either way: another queue must not cost deliveries.
  if (onRedis !== undefined)
    verdict("fois notre propre débit, la file dans Redis", onRedis.ours / postgres.ours, LIMITS.redis, "min");
}

async function drain(
  { server, dossier }: Atelier,
  backends: readonly Backend[],
  count: number,
): Promise<void> {
  say(`\n${count} diffusions dues, file vidée une fois qu'elle les tient toutes.\n`);
  const lines: string[][] = [];
  for (const { kind, url = "" } of backends) {
    const database = await ofItsOwn(server);
    const store = path.join(dossier, `depot-${databases}`);
    const passage = await runContender("drain", [kind, database, url, String(count), store]);
    lines.push([
      kind,
      seconds(passage.secondes),
      `${(count / passage.secondes).toFixed(0)} /s`,
      megabytes(passage.memoire),
    ]);
  }
  table(["file", "rattrapage", "débit", "mémoire"], lines);
}

async function claims({ server }: Atelier, most: number): Promise<void> {
  say("\nCoût de la prise et de la recherche des échéances, selon le nombre de diffusions passées.\n");
  const url = await ofItsOwn(server);
  const costs: (ClaimCost & { rows: number })[] = [];
  for (const rows of SIZES.filter((size) => size <= most)) {
    await growDeliveries(url, rows, PARTNERS);
    costs.push({ rows, ...(await measureClaims(url)) });
  }
  const [first] = costs;
  const ms = (value: number): string => `${value.toFixed(2)} ms`;
  const lines = costs.map(({ rows, claim, complete, due }) => [
    rows.toLocaleString("fr-FR"),
    ms(claim),
    ratio(claim / (first?.claim ?? claim)),
    ms(complete),
    ms(due),
    ratio(due / (first?.due ?? due)),
  ]);
  table(["diffusions", "prise", "rapport", "fin", "échéances", "rapport"], lines);
  const last = costs.at(-1);
  if (first === undefined || last === undefined || last === first) return;
  say();
  verdict(
    "fois le coût d'une prise, de la plus petite table à la plus grande",
    last.claim / first.claim,
    LIMITS.claim,
    "max",
  );
  verdict("fois le coût d'une recherche d'échéances", last.due / first.due, LIMITS.claim, "max");
}
