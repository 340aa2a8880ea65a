import type { Knex } from "knex";
import type { Client } from "pg";
import { type Stopwatch, stopwatch } from "../calendar/index.ts";
import { horloge } from "../db/index.ts";
import type { Profil } from "../feed/index.ts";
import { reading } from "../published/index.ts";
import {
  currentSnapshot,
  type FileFacts,
  insertSnapshot,
  manifestOf,
  markRetenues,
  recordPresence,
  type Snapshot,
  type SnapshotFacts,
  type Store,
} from "../snapshot/index.ts";
import { RULES_VERSION, type Xsd } from "../validation/index.ts";
import { type Bilan, type BilanProfil, bilanJson } from "./bilan.ts";
import { type PresenceCarnet, presenceCarnet } from "./carnet.ts";
import { announceFiles, closeInterrupted, failEdition, insertNotices, startEdition } from "./journal.ts";
import { type Flux, type Run, run } from "./moteur.ts";
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

interface EditOptions extends PublishOptions {
  readonly edition: number;
}

async function edit(db: Knex, client: Client, plan: Plan, options: EditOptions): Promise<Bilan> {
  const { store, xsd, base, signal } = options;
  const watch = stopwatch();
  const carnet = await presenceCarnet(client);
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
  const finished = await watch.timeAsync("relecture", () => finishAll(db, done, store));
  try {
    signal?.throwIfAborted();
    await announceFiles(
      db,
      options.edition,
      finished.flatMap(({ facts }) => facts?.sha256 ?? []),
    );
    for (const { flux, facts } of finished)
      if (flux.file !== undefined && facts !== null) await store.place(flux.file, facts);
  } catch (cause) {
    await Promise.all(finished.map(({ flux }) => flux.file?.discard()));
    throw cause;
  }
  return record(db, client, { plan, done, finished, carnet, watch, options });
}

/** A stream whose files are whole, or not needed. */
interface Finished {
  readonly flux: Flux;
  readonly facts: FileFacts | null;
  /** The current snapshots of its profiles, and whether they still say what there is to say. */
  readonly profils: readonly {
    readonly id: string;
    readonly before: Snapshot | undefined;
    readonly same: boolean;
  }[];
}

/** Ends the files that are needed and removes the others; on failure, all of them. */
async function finishAll(db: Knex, { flux }: Run, store: Store): Promise<readonly Finished[]> {
  const results = await Promise.allSettled(flux.map((one) => finish(db, one, store)));
  const finished: Finished[] = [];
  for (const result of results) if (result.status === "fulfilled") finished.push(result.value);
  const failed = results.find((result) => result.status === "rejected");
  if (failed !== undefined) {
    await Promise.all(flux.map(({ file }) => file?.discard()));
    throw failed.reason;
  }
  return finished;
}

async function finish(db: Knex, flux: Flux, store: Store): Promise<Finished> {
  const profils = [];
  for (const { id } of flux.sortie.fichier ? flux.sortie.profils : []) {
    const before = await currentSnapshot(db, id);
    const same =
      before?.contenuSha256 === flux.contenuSha256 &&
      (before.file === null || (await store.has(before.file.sha256)));
    profils.push({ id, before, same });
  }
  if (flux.file === undefined) return { flux, facts: null, profils };
  if (flux.compte.formations === 0 || profils.every(({ same }) => same)) {
    await flux.file.discard();
    return { flux, facts: null, profils };
  }
  return { flux, facts: await flux.file.finish(), profils };
}

interface Outcome {
  readonly plan: Plan;
  readonly done: Run;
  readonly finished: readonly Finished[];
  readonly carnet: PresenceCarnet;
  readonly watch: Stopwatch;
  readonly options: EditOptions;
}

/** Makes everything visible at once: the files are already in place. */
async function record(db: Knex, client: Client, outcome: Outcome): Promise<Bilan> {
  const { plan, done, finished, carnet, watch, options } = outcome;
  const { edition } = options;
  return db.transaction(
    async (trx) => {
      const profils = await watch.timeAsync("présence", async () => {
        await carnet.end();
        const recorded: BilanProfil[] = [];
        for (const one of finished) recorded.push(...(await recordFlux(trx, one, plan, options)));
        return recorded;
      });
      await insertNotices(client, edition, done.dits.notices);
      const bilan: Bilan = {
        edition,
        maintenant: plan.maintenant,
        profils,
        notices: done.dits.frequences,
        durees: { ...done.laps, ...watch.laps },
      };
      await trx("edition")
        .where({ id: edition })
        .update({ etat: "faite", finished_at: trx.raw("horloge()"), bilan: bilanJson(bilan) });
      return bilan;
    },
    { connection: client },
  );
}

async function recordFlux(
  trx: Knex.Transaction,
  { flux, facts, profils }: Finished,
  plan: Plan,
  { edition, xsd }: EditOptions,
): Promise<BilanProfil[]> {
  const { sortie, compte } = flux;
  if (!sortie.fichier)
    return sortie.profils.map(({ id }) => ({
      profil: id,
      issue: "relais",
      snapshot: null,
      compte,
      changement: null,
    }));
  const recorded: BilanProfil[] = [];
  for (const { id, before, same } of profils) {
    if (before !== undefined && same) {
      await markRetenues(trx, { sortie: sortie.rang, profil: id });
      recorded.push({ profil: id, issue: "inchange", snapshot: before, compte, changement: null });
      continue;
    }
    const snapshot = await insertSnapshot(
      trx,
      edition,
      before,
      snapshotFacts(id, flux, facts, plan, xsd.version),
    );
    const changement = await recordPresence(trx, {
      sortie: sortie.rang,
      profil: id,
      snapshot: snapshot.id,
    });
    await trx("outbox").insert({
      sujet: "snapshot.publie",
      charge: JSON.stringify({ profil: id, snapshot: snapshot.id, edition, sha256: facts?.sha256 ?? null }),
    });
    recorded.push({ profil: id, issue: facts === null ? "vide" : "nouveau", snapshot, compte, changement });
  }
  return recorded;
}

/** What a snapshot says of a stream. */
export function snapshotFacts(
  profil: string,
  { sortie, compte, contenuSha256 }: Flux,
  file: FileFacts | null,
  plan: Plan,
  xsdVersion: string,
): SnapshotFacts {
  return {
    profil,
    file,
    contenuSha256,
    formations: compte.formations,
    actions: compte.actions,
    sessions: compte.sessions,
    formationsEcartees: compte.formationsEcartees,
    sessionsEcartees: compte.sessionsEcartees,
    completeesParDefaut: compte.completees,
    watermark: plan.watermarks[sortie.watermark] ?? plan.maintenant,
    xsdVersion,
    reglesVersion: RULES_VERSION,
    createdAt: plan.maintenant,
  };
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
