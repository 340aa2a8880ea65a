import type { Knex } from "knex";
import type { Client } from "pg";
import { stopwatch } from "../calendar/index.ts";
import { horloge } from "../db/index.ts";
import type { Profil } from "../feed/index.ts";
import { reading } from "../published/index.ts";
import { manifestOf, type Store } from "../snapshot/index.ts";
import type { Xsd } from "../validation/index.ts";
import type { Bilan } from "./bilan.ts";
import { presenceCarnet } from "./carnet.ts";
import { type Arrivee, compareAll } from "./cibles.ts";
import { takenDemandes } from "./demandes.ts";
import { type EditOptions, type Finished, record } from "./enregistrer.ts";
import { type Garde, judgeRun } from "./garde/juger.ts";
import type { Reduction } from "./garde/reduire.ts";
import { discardAll, reduceHeld } from "./garde/retenir.ts";
import { announceFiles, closeInterrupted, failEdition, startEdition } from "./journal.ts";
import { type Run, run } from "./moteur.ts";
import { type Plan, planOf } from "./sorties.ts";
import { alone } from "./verrou.ts";

export interface PublishOptions {
  /** The profiles of the run, those of a `via` included; their rows are in `profil`. */
  readonly profils: readonly Profil[];
  /** Number of our base in the national feed; empty: no prefix. */
  readonly base: string;
  readonly store: Store;
  readonly xsd: Xsd;
  /** The clock of the run; `horloge()` when not given. */
  readonly maintenant?: Date | undefined;
  /** Wait for an édition under way instead of giving up. */
  readonly attendre?: boolean | undefined;
  readonly signal?: AbortSignal | undefined;
  /** Called after each group of actions, and once with the total reached. */
  readonly progress?: ((done: number, total: number) => void) | undefined;
}

/**
 * One édition: reads the published offer once, writes the feed of each profile, and makes the new ones current all
 * together. Whatever stops it, at any instant, the feeds of before stay current and no half file has a final name.
 * @param db a pool of at least two connections
 * @throws EditionEnCours when another one is under way; RangeError when a profile is not in this database;
 *   StoreError when files cannot be written; the reason of `signal` when it was aborted
 */
export async function publish(db: Knex, options: PublishOptions): Promise<Bilan> {
  return alone(db, options.attendre === true, async (client) => {
    const { store, profils } = options;
    await checkProfils(db, profils);
    await closeInterrupted(db, store);
    await store.sweep();
    const maintenant = options.maintenant ?? (await horloge(db));
    const edition = await startEdition(
      db,
      profils.map(({ id }) => id),
      maintenant,
    );
    try {
      const bilan = await edit(db, client, planOf(profils, maintenant), { ...options, edition });
      for (const { snapshot } of bilan.profils)
        if (snapshot !== null) await store.writeManifest(manifestOf(snapshot));
      return bilan;
    } catch (cause) {
      await failEdition(db, store, edition, cause);
      throw cause;
    }
  });
}

async function edit(db: Knex, client: Client, plan: Plan, options: EditOptions): Promise<Bilan> {
  const { store, xsd, base, signal } = options;
  const watch = stopwatch();
  const carnet = await presenceCarnet(client);
  const demandes = await takenDemandes(db);
  const total = options.progress === undefined ? 0 : await countActions(db);
  const done = await watch.timeAsync("lecture, construction, validation, écriture", () =>
    reading(db, (trx) =>
      run({
        trx,
        plan,
        base,
        xsd,
        signal,
        carnet,
        open: () => store.open(),
        progress: (actions) => options.progress?.(actions, Math.max(total, actions)),
      }),
    ),
  );
  const arrivees = await compareAll(db, done.flux, store);
  const gardes = await watch.timeAsync("garde", async () => {
    await carnet.end();
    return judgeRun(
      db,
      client,
      plan,
      arrivees.flatMap(({ cibles }) => cibles),
    );
  });
  const finished = await watch.timeAsync("relecture", () => finishAll(done, arrivees, gardes));
  let reductions: ReadonlyMap<string, Reduction> = new Map();
  try {
    reductions = await watch.timeAsync("retraits des flux retenus", () =>
      reduceHeld(db, client, heldOf(arrivees, gardes), { store, xsd, plan, base, signal }),
    );
    signal?.throwIfAborted();
    const files = [...finished, ...reducedFiles(reductions)].flatMap(({ file, facts }) =>
      file === undefined || facts === null ? [] : { file, facts },
    );
    await announceFiles(
      db,
      options.edition,
      files.map(({ facts }) => facts.sha256),
    );
    for (const { file, facts } of files) await store.place(file, facts);
  } catch (cause) {
    await Promise.all(finished.map(({ file }) => file?.discard()));
    await discardAll(reductions);
    throw cause;
  }
  return record(db, client, { plan, done, finished, gardes, reductions, watch, demandes, options });
}

/** Ends the files that are needed and removes the others; on failure, all of them. */
async function finishAll(
  { flux }: Run,
  arrivees: readonly Arrivee[],
  gardes: ReadonlyMap<string, Garde>,
): Promise<readonly Finished[]> {
  const results = await Promise.allSettled(arrivees.map((one) => finish(one, gardes)));
  const finished: Finished[] = [];
  for (const result of results) if (result.status === "fulfilled") finished.push(result.value);
  const failed = results.find((result) => result.status === "rejected");
  if (failed !== undefined) {
    await Promise.all(flux.map(({ file }) => file?.discard()));
    throw failed.reason;
  }
  return finished;
}

async function finish(arrivee: Arrivee, gardes: ReadonlyMap<string, Garde>): Promise<Finished> {
  const { file, compte } = arrivee.flux;
  const needed = arrivee.cibles.some(
    ({ profil, same }) => !same && gardes.get(profil.id)?.raisons.length === 0,
  );
  if (file === undefined) return { ...arrivee, file, facts: null };
  if (compte.formations === 0 || !needed) {
    await file.discard();
    return { ...arrivee, file, facts: null };
  }
  return { ...arrivee, file, facts: await file.finish() };
}

function heldOf(arrivees: readonly Arrivee[], gardes: ReadonlyMap<string, Garde>) {
  return arrivees.flatMap(({ cibles }) =>
    cibles.flatMap((cible) => {
      const garde = gardes.get(cible.profil.id);
      return garde === undefined || garde.raisons.length === 0 ? [] : { cible, garde };
    }),
  );
}

function reducedFiles(reductions: ReadonlyMap<string, Reduction>) {
  return [...reductions.values()].flatMap((reduction) => ("reduit" in reduction ? reduction.reduit : []));
}

/** Snapshots refer to the rows of their profiles. */
async function checkProfils(db: Knex, profils: readonly Profil[]): Promise<void> {
  const known: string[] = await db("profil").pluck("id");
  const missing = profils.map(({ id }) => id).filter((id) => !known.includes(id));
  if (missing.length > 0)
    throw new RangeError(`Profil absent de cette base : ${missing.join(", ")}. Créez-le avant l'édition.`);
}

async function countActions(db: Knex): Promise<number> {
  const { rows } = await db.raw<{ rows: { nombre: number }[] }>(
    "SELECT count(DISTINCT numero) AS nombre FROM published_action WHERE retired_at IS NULL",
  );
  return rows[0]?.nombre ?? 0;
}
