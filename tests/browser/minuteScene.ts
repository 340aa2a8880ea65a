import path from "node:path";
import { afterAll, beforeAll } from "vitest";
import type { Outils } from "../../src/cron/index.ts";
import { type Delivery, startDelivery } from "../../src/delivery/index.ts";
import { PROFILS } from "../../src/feed/index.ts";
import { seedProfils } from "../../src/partner/index.ts";
import { type Queue, startQueue } from "../../src/queue/index.ts";
import { openStore, type Store } from "../../src/snapshot/index.ts";
import { noTools } from "../support/cron.ts";
import type { TestDatabase } from "../support/database.ts";
import { addPartner, eventually, publishFeed, silence, useFolder } from "../support/diffusion.ts";
import { uneSessionDe, write } from "../support/garde.ts";
import { remplir, tailleDemandee } from "../support/grandNombre.ts";
import { uneAction, unOrganisme } from "../support/offre.ts";
import { type Sink, startSink } from "../support/sink.ts";

/** A large base where deliveries run, and a Kairos that can be made to refuse. */
export interface Minute {
  readonly outils: Outils;
  /** One more session, whose file Kairos has just refused; it takes the next one. Returns the delivery. */
  refused(session: string): Promise<string>;
}

/** Call at the top of a test file. */
export function useMinute(database: TestDatabase): Minute {
  const folder = useFolder();
  let store: Store | undefined;
  let sink: Sink | undefined;
  let queue: Queue | undefined;
  let delivery: Delivery | undefined;
  let answer = 201;

  beforeAll(async () => {
    const { db } = database;
    store = await openStore(path.join(folder.dir, "flux"));
    sink = await startSink(() => answer);
    const profils = PROFILS.filter(({ id }) => id === "rco" || id === "kairos");
    await seedProfils(db, profils);
    await addPartner(db, "kairos", "kairos", { type: "https", url: `${sink.url}/kairos` }, { nom: "Kairos" });
    for (const id of ["reseau", "region", "archives"])
      await addPartner(db, id, "rco", { type: "dossier", chemin: path.join(folder.dir, id) });
    await remplir(
      db,
      tailleDemandee(),
      profils.map(({ id }) => id),
    );
    await write(db, "organisme", { OF1: unOrganisme({ nom: "Greta du Sud", compte_kairos: true }) });
    await write(db, "action", {
      A1: uneAction({ intitule: "Conduire des chariots élévateurs", validation: "attestation" }),
    });
    await publishFeed(db, store, "rco", "rco");
    queue = await startQueue({ kind: "poll", log: silence });
    delivery = startDelivery({ db, queue, store, log: silence, sweepMs: 250 });
  }, 300_000);
  afterAll(async () => {
    await delivery?.stop();
    await queue?.close();
    await sink?.close();
  });

  return {
    get outils() {
      if (store === undefined) throw new Error("the scene is there in tests only");
      return { ...noTools(database.db), store };
    },
    async refused(session) {
      if (store === undefined) throw new Error("the scene is there in tests only");
      const { db } = database;
      answer = 422;
      await write(db, "session", { [session]: uneSessionDe("A1") });
      const snapshot = await publishFeed(db, store, "kairos", session);
      await db("feed_presence").insert({
        profil: "kairos",
        session,
        action: "A1",
        session_version: 1,
        action_version: 1,
        organisme_version: 1,
        fragment_sha256: "0".repeat(64),
        from_snapshot: snapshot.id,
      });
      delivery?.poke();
      const dead = await eventually<{ id: string }>(
        () => db("delivery").where({ partner: "kairos", snapshot_id: snapshot.id, etat: "dead" }).first("id"),
        "the refusal of Kairos",
      );
      answer = 201;
      return dead.id;
    },
  };
}
