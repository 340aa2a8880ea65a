import path from "node:path";
import type { Knex } from "knex";
import type { Config } from "../src/config/index.ts";
import { startDelivery } from "../src/delivery/index.ts";
import { type Bilan, publish } from "../src/edition/index.ts";
import { PROFILS, type Profil } from "../src/feed/index.ts";
import { buildServer, pages } from "../src/http/index.ts";
import type { Logger } from "../src/log/index.ts";
import { readProfils, seedProfils } from "../src/partner/index.ts";
import { startQueue } from "../src/queue/index.ts";
import { openStore } from "../src/snapshot/index.ts";
import { startXsd } from "../src/validation/index.ts";
import { startDemoPartners } from "./demoPartners.ts";

export interface AllInOneOptions {
  readonly config: Config;
  readonly db: Knex;
  readonly databaseUrl: string;
  readonly log: Logger;
  /** The offer is the demonstration: a local partner receives it. */
  readonly demo: boolean;
  /** Actions read so far by the édition, of how many. */
  readonly progress: (done: number, total: number) => void;
}

/** Everything running in this process. */
export interface AllInOne {
  /** Where the site listens. */
  readonly url: string;
  readonly bilan: Bilan;
  /** Folder of the feeds, by sha256. */
  readonly files: string;
  /** Stops in the order that loses nothing: nothing new, then what is under way, then the rest. */
  stop(): Promise<void>;
}

/** One process that does it all: an édition, its deliveries, and the site. Wiring only. */
export async function startAllInOne(options: AllInOneOptions): Promise<AllInOne> {
  const { config, db, databaseUrl, log, demo, progress } = options;
  const closing: (() => Promise<unknown>)[] = [];
  const stop = async () => {
    for (const close of closing.splice(0).reverse()) await close();
  };
  try {
    await seedProfils(db, demo ? PROFILS.map(openToAll) : PROFILS);
    const store = await openStore(path.join(config.dataDir, "flux"));
    const server = buildServer({ db, store, log, plugins: [pages({ db })] });
    closing.push(() => server.close());
    const listening = await server.listen({ host: config.host, port: config.port });
    if (demo) {
      const partner = await startDemoPartners(db, config, log);
      closing.push(() => partner.close());
    }
    const bilan = await edit(db, config, store, progress);
    const queue = await startQueue({ kind: config.queue, databaseUrl, redisUrl: config.redisUrl, log });
    closing.push(() => queue.close());
    const delivery = startDelivery({ db, queue, store, log });
    closing.push(() => delivery.stop());
    return {
      url: config.publicUrl ?? listening.replace("127.0.0.1", "localhost"),
      bilan,
      files: store.dir,
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** An invented offer has nothing to hide: the national base's feed can be looked at without credentials. */
const openToAll = (profil: Profil): Profil => (profil.id === "rco" ? { ...profil, acces: "public" } : profil);

async function edit(
  db: Knex,
  config: Config,
  store: Awaited<ReturnType<typeof openStore>>,
  progress: AllInOneOptions["progress"],
): Promise<Bilan> {
  const xsd = startXsd();
  try {
    return await publish(db, {
      profils: await readProfils(db),
      base: config.base,
      store,
      xsd,
      attendre: true,
      progress,
    });
  } finally {
    await xsd.close();
  }
}
