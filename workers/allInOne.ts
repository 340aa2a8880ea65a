import type { Knex } from "knex";
import { registerChannels } from "../src/alert/index.ts";
import type { Config } from "../src/config/index.ts";
import { JOBS, type Outils, openOutils, startCron } from "../src/cron/index.ts";
import { startDelivery } from "../src/delivery/index.ts";
import type { Bilan } from "../src/edition/index.ts";
import { PROFILS, type Profil } from "../src/feed/index.ts";
import { buildServer, site } from "../src/http/index.ts";
import type { Logger } from "../src/log/index.ts";
import { seedProfils } from "../src/partner/index.ts";
import { type Queue, startQueue } from "../src/queue/index.ts";
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
  /** Of the édition made at start; why there is none otherwise: deliveries, cron and site run all the same. */
  readonly bilan: Bilan | Error;
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
    const opened = await openOutils(db, { config, log });
    const { store, keyring } = opened;
    // What an édition publishes leaves at once, when deliveries are running.
    let reveiller = () => {};
    const outils: Outils = {
      ...opened,
      async editer(asked) {
        const made = await opened.editer(asked);
        reveiller();
        return made;
      },
    };
    await registerChannels(db, outils.channels);
    let queue: Queue | undefined;
    const server = buildServer({
      db,
      store,
      log,
      base: config.base,
      publicUrl: config.publicUrl,
      metricsToken: config.metricsToken,
      plugins: [
        site({
          db,
          secure: config.publicUrl?.startsWith("https:") === true,
          outils,
          seuilRejeu: config.replaySecondPerson,
          publicUrl: config.publicUrl,
          file: () => queue,
          contact: config.catalogueContact,
        }),
      ],
    });
    closing.push(() => server.close());
    const listening = await server.listen({ host: config.host, port: config.port });
    if (demo) {
      const partner = await startDemoPartners(db, config, log);
      closing.push(() => partner.close());
    }
    const started = await startQueue({ kind: config.queue, databaseUrl, redisUrl: config.redisUrl, log });
    queue = started;
    closing.push(() => started.close());
    const delivery = startDelivery({ db, queue: started, store, log, keyring });
    closing.push(() => delivery.stop());
    reveiller = () => delivery.poke();
    // A disk that is full stops éditions; what is published already leaves.
    const bilan = await outils.editer({ progress }).catch((error: unknown) => {
      log.error({ err: error }, "edition.failed");
      return error instanceof Error ? error : new Error(String(error));
    });
    const cron = startCron({ outils, jobs: JOBS });
    closing.push(() => cron.stop());
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
