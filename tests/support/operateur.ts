import { beforeEach, expect } from "vitest";
import {
  type Acted,
  type Apercu,
  claim,
  complete,
  type Filtre,
  planDeliveries,
  previewReplay,
} from "../../src/delivery/index.ts";
import { openStore, type Snapshot, type Store } from "../../src/snapshot/index.ts";
import type { TestDatabase } from "./database.ts";
import { addPartner, addProfil, deliveriesOf, publishFeed, useFolder } from "./diffusion.ts";

/** A base with a few partners of one profile, and what happens to them in one word. Call at the top of a test file. */
export interface Scene {
  readonly store: Store;
  /** One more partner. */
  add(id: string): Promise<void>;
  publish(word: string | null): Promise<Snapshot>;
  plan(): Promise<void>;
  /** Claims the waiting delivery of a partner and ends it by this status; returns its id. */
  attempt(partner: string, status: number): Promise<string>;
  /** Claims it and leaves it in flight. */
  depart(partner: string): Promise<string>;
  /** Its waiting delivery, or "". */
  waiting(partner: string): Promise<string>;
  states(partner: string): Promise<string[]>;
}

export function useScene(database: TestDatabase, partners: readonly string[]): Scene {
  const folder = useFolder();
  let store: Store | undefined;
  const opened = (): Store => {
    if (store === undefined) throw new Error("the store is there in tests only");
    return store;
  };
  const add = (id: string) => addPartner(database.db, id, "rco", { type: "dossier", chemin: folder.dir });
  beforeEach(async () => {
    await database.clear();
    store = await openStore(folder.dir);
    await addProfil(database.db, "rco");
    for (const id of partners) await add(id);
  });

  const waiting = async (partner: string) => {
    const rows = await deliveriesOf(database.db, partner);
    return rows.find(({ etat }) => ["scheduled", "retry", "held"].includes(etat))?.id ?? "";
  };
  const take = async (partner: string) => {
    const id = await waiting(partner);
    await database
      .db("delivery")
      .where({ id })
      .where("due_at", ">", database.db.raw("horloge()"))
      .update({ due_at: database.db.raw("horloge()") });
    const taken = await claim(database.db, id, { worker: "essai", leaseMs: 60_000 });
    if (!("claimed" in taken)) throw new Error(`not claimed: ${taken.refused}`);
    return taken.claimed;
  };
  return {
    get store() {
      return opened();
    },
    add,
    publish: (word) => publishFeed(database.db, opened(), "rco", word),
    plan: async () => void (await planDeliveries(database.db)),
    async attempt(partner, status) {
      const claimed = await take(partner);
      await complete(
        database.db,
        claimed,
        { kind: "reponse", status, body: "", cut: false },
        { hasard: 0.5 },
      );
      return claimed.id;
    },
    depart: async (partner) => (await take(partner)).id,
    waiting,
    states: async (partner) => (await deliveriesOf(database.db, partner)).map(({ etat }) => etat),
  };
}

export const MOI = { acteur: "console:moi", motif: "essai" };
export const AUTRE = { acteur: "console:autre", motif: "d'accord" };

/** What an act did; fails with its reason when it was refused. */
export function done<T>(acted: Acted<T>): T {
  if ("refused" in acted) throw new Error(`refused: ${acted.refused}`);
  return acted.done;
}

/** Why it was refused; fails when it was not. */
export function refusedBy(acted: Acted<unknown>): string {
  expect(acted).toHaveProperty("refused");
  return "refused" in acted ? acted.refused : "";
}

/** A preview asked for by me. */
export async function apercu(database: TestDatabase, filtre: Filtre): Promise<Apercu> {
  return done(await previewReplay(database.db, filtre, MOI.acteur));
}
