import { cpus } from "node:os";
import path from "node:path";
import { parseArgs } from "node:util";
import type { DemoSize } from "../fixtures/demo/index.ts";
import { createKey } from "../src/access/index.ts";
import { connect } from "../src/db/index.ts";
import { PROFILS } from "../src/feed/index.ts";
import { zTransport } from "../src/partner/index.ts";
import { currentSnapshot, openStore } from "../src/snapshot/index.ts";
import { download, hammer } from "./lib/client.ts";
import { runContender } from "./lib/process.ts";
import { type Served, serveContender, serveNginx } from "./lib/serve.ts";
import { withAtelier } from "./lib/server.ts";
import { median, megabytes, say, table, verdict } from "./lib/table.ts";

/**
 * Pull of the regional file beside nginx on the same file, and 304s beside a bare route of Fastify; each server in a
 * process of its own, asked in turn by the same client.
 */
const LIMITS = { pull: 0.5, inchange: 0.8 };
const AT_ONCE = 8;
const CONNECTIONS = 64;
/** Short, and in turn: what else the machine does weighs on all alike. */
const HAMMER_MS = 1_000;
/** Before it counts, so that the compiler has had its say. */
const WARMING = 4;

export async function bench(argv: readonly string[]): Promise<void> {
  const { values } = parseArgs({
    args: [...argv],
    options: {
      size: { type: "string", default: "regional" },
      rounds: { type: "string", default: "7" },
      connections: { type: "string", default: String(CONNECTIONS) },
    },
  });
  await withAtelier(async (atelier) => {
    say(`Prise du fichier « ${values.size} », profil rco ; Node ${process.version}, ${cpus().length} cœurs.`);
    const url = await atelier.database(values.size as DemoSize);
    const dossier = path.join(atelier.dossier, "flux");
    await runContender("publication", [url, dossier]);
    const scene = await openScene(url, dossier);
    const nous = await serveContender("pull", ["offre-info", url, dossier]);
    const nu = await serveContender("pull", ["nu"]);
    const nginx = await serveNginx(dossier, path.join(atelier.dossier, "nginx"));
    try {
      await comparePulls(scene, nous, nginx, Number(values.rounds));
      await compare304(scene, nous, nu, Number(values.rounds), Number(values.connections));
      say(
        `\nMémoire au plus haut : offre-info ${megabytes(nous.memory())}, Fastify nu ${megabytes(nu.memory())}, nginx ${megabytes(nginx.memory())}.`,
      );
    } finally {
      for (const server of [nous, nu, nginx]) await server.stop();
    }
  });
}

interface Scene {
  readonly octets: number;
  readonly octetsGz: number;
  readonly etag: string;
  /** Paths below the folder of the store, as nginx serves them. */
  readonly files: { readonly xml: string; readonly gz: string };
  readonly cle: string;
}

/** Opens the feed to all, and gives a partner a key for a restricted profile with the same file. */
async function openScene(url: string, dossier: string): Promise<Scene> {
  const db = connect(url, { max: 1 });
  try {
    const rco = PROFILS.find(({ id }) => id === "rco");
    await db("profil")
      .where({ id: "rco" })
      .update({ definition: JSON.stringify({ ...rco, acces: "public" }) });
    const snapshot = await currentSnapshot(db, "rco");
    if (!snapshot?.file) throw new Error("no feed was published");
    await db("profil").insert({
      id: "reserve",
      nom: "Réservé",
      definition: JSON.stringify({ ...rco, id: "reserve", nom: "Réservé", acces: "restreint" }),
    });
    await db.raw(
      `INSERT INTO feed_snapshot (profil, edition_id, sha256, sha256_gz, octets, octets_gz, contenu_sha256, formations, actions,
         sessions, formations_ecartees, sessions_ecartees, completees_par_defaut, watermark, xsd_version, regles_version, created_at)
       SELECT 'reserve', edition_id, sha256, sha256_gz, octets, octets_gz, contenu_sha256, formations, actions, sessions,
         formations_ecartees, sessions_ecartees, completees_par_defaut, watermark, xsd_version, regles_version, created_at
       FROM feed_snapshot WHERE id = ?`,
      [snapshot.id],
    );
    await db("partner").insert({
      id: "banc",
      nom: "Banc",
      profil: "reserve",
      transport: JSON.stringify(zTransport.parse({ type: "dossier", chemin: dossier })),
    });
    const made = await createKey(db, { partner: "banc", nom: "banc" }, "banc");
    if ("refus" in made) throw new Error(made.refus);
    const store = await openStore(dossier);
    const { sha256, octets, octetsGz } = snapshot.file;
    const below = (form: "xml" | "xml.gz") => `/${path.relative(dossier, store.pathOf(sha256, form))}`;
    return {
      octets,
      octetsGz,
      etag: `"${sha256}"`,
      files: { xml: below("xml"), gz: below("xml.gz") },
      cle: made.cle,
    };
  } finally {
    await db.destroy();
  }
}

interface Manner {
  readonly nom: string;
  readonly octets: number;
  readonly nous: string;
  readonly nginx: string;
  readonly atOnce: number;
}

async function comparePulls(
  { octets, octetsGz, files }: Scene,
  nous: Served,
  nginx: Served,
  rounds: number,
): Promise<void> {
  const xml = { octets, nous: "/flux/rco/offre-info.xml", nginx: files.xml };
  const gz = { octets: octetsGz, nous: "/flux/rco/offre-info.xml.gz", nginx: files.gz };
  const manners: Manner[] = [
    { nom: `XML, ${megabytes(octets)}`, ...xml, atOnce: 1 },
    { nom: `XML, ${AT_ONCE} à la fois`, ...xml, atOnce: AT_ONCE },
    { nom: `gzip, ${megabytes(octetsGz)}`, ...gz, atOnce: 1 },
    { nom: `gzip, ${AT_ONCE} à la fois`, ...gz, atOnce: AT_ONCE },
  ];
  const lines: string[][] = [];
  const ratios: number[] = [];
  for (const manner of manners) {
    const rates: { nous: number; nginx: number }[] = [];
    // The first one of each warms the cache of the system, and the compiler.
    for (let round = 0; round <= rounds; round += 1) {
      const measured = {
        nous: await rateOf(nous.port, manner.nous, manner),
        nginx: await rateOf(nginx.port, manner.nginx, manner),
      };
      if (round > 0) rates.push(measured);
    }
    const ratio = median(rates.map((one) => one.nous / one.nginx));
    ratios.push(ratio);
    const rate = (who: "nous" | "nginx") => `${median(rates.map((one) => one[who])).toFixed(0)} Mo/s`;
    lines.push([manner.nom, rate("nous"), rate("nginx"), ratio.toFixed(2)]);
  }
  say();
  table(["prise", "offre-info", "nginx", "rapport"], lines);
  say();
  verdict("fois nginx, au pire des quatre", Math.min(...ratios), LIMITS.pull, "min");
}

/** Small files are taken several times, so that the measure lasts. */
async function rateOf(port: number, target: string, { octets, atOnce }: Manner): Promise<number> {
  const times = Math.max(1, Math.round(300_000_000 / octets / atOnce));
  const start = performance.now();
  for (let time = 0; time < times; time += 1) {
    const taken = await Promise.all(Array.from({ length: atOnce }, () => download(port, target)));
    if (taken.some((one) => one !== octets))
      throw new Error(`${target} : ${taken} octets au lieu de ${octets}`);
  }
  return (octets * atOnce * times) / 1e6 / ((performance.now() - start) / 1000);
}

async function compare304(
  { etag, cle }: Scene,
  nous: Served,
  nu: Served,
  rounds: number,
  connections: number,
): Promise<void> {
  const same = `If-None-Match: ${etag}\r\n`;
  const contenders = {
    nu: { nom: "Fastify nu", server: nu, target: "/flux", headers: same },
    public: {
      nom: "offre-info, flux public",
      server: nous,
      target: "/flux/rco/offre-info.xml",
      headers: same,
    },
    reserve: {
      nom: "offre-info, flux réservé",
      server: nous,
      target: "/flux/reserve/offre-info.xml",
      headers: `${same}Authorization: Bearer ${cle}\r\n`,
    },
  };
  const ask = async ({ server, target, headers }: (typeof contenders)["nu"]) => {
    const before = server.processor();
    const rate = await hammer(server.port, target, headers, { connections, ms: HAMMER_MS });
    return { rate, processor: server.processor() - before };
  };
  const rounds304: Record<keyof typeof contenders, Awaited<ReturnType<typeof ask>>>[] = [];
  for (let round = -WARMING; round < rounds; round += 1) {
    const measured = {
      nu: await ask(contenders.nu),
      public: await ask(contenders.public),
      reserve: await ask(contenders.reserve),
    };
    if (round >= 0) rounds304.push(measured);
  }
  const ratioOf = (who: keyof typeof contenders) =>
    median(rounds304.map((one) => one[who].rate / one.nu.rate));
  say();
  table(
    [`304, ${connections} connexions`, "réponses", "rapport", "processeur par réponse"],
    (["nu", "public", "reserve"] as const).map((who) => [
      contenders[who].nom,
      `${Math.round(median(rounds304.map((one) => one[who].rate)))} /s`,
      ratioOf(who).toFixed(2),
      `${median(rounds304.map((one) => ((one[who].processor * 1e6) / one[who].rate) * (1_000 / HAMMER_MS))).toFixed(0)} µs`,
    ]),
  );
  say();
  verdict("fois Fastify nu, 304 du flux public", ratioOf("public"), LIMITS.inchange, "min");
}
