import { setImmediate } from "node:timers/promises";
import type { Knex } from "knex";
import { type Stopwatch, stopwatch } from "../calendar/index.ts";
import type { Contexte } from "../feed/index.ts";
import type { Notice } from "../notices/index.ts";
import type { FeedFile, PresenceRow } from "../snapshot/index.ts";
import type { Xsd } from "../validation/index.ts";
import { ahead } from "./ahead.ts";
import { choose, isConcerned } from "./choix.ts";
import { Dits } from "./dits.ts";
import { type Compte, Ecriture, type Rows } from "./ecriture.ts";
import { Retour } from "./essais.ts";
import { judge } from "./jugement.ts";
import { keepHeapSmall } from "./memoire.ts";
import { type Preparation, prepare } from "./preparation.ts";
import type { Plan, Sortie } from "./sorties.ts";
import { readUnites } from "./unites.ts";

/** Bytes prepared and not yet written: they wait for their verdict while the next ones are built. */
const AHEAD = 768 * 1024;
/** Groups of units read before their turn: the server works while the last ones are built. */
const READ_AHEAD = 1;
/** Bytes built before the other work of the process (verdicts, disk, gzip) gets its turn. */
const TURN = 192 * 1024;

/** Where the rows of a run go. */
export interface Carnet {
  note(row: PresenceRow): void;
  /** Waits until what was noted has been taken, when there is much of it. */
  room(): Promise<void>;
}

export interface MoteurOptions {
  /** The one reading of the run. */
  readonly trx: Knex.Transaction;
  readonly plan: Plan;
  /** Number of our base in the national feed. */
  readonly base: string;
  readonly xsd: Xsd;
  readonly open: (sortie: Sortie) => Promise<FeedFile>;
  readonly carnet?: Carnet | undefined;
  readonly signal?: AbortSignal | undefined;
  /** Called after each group of actions. */
  readonly progress?: ((actions: number) => void) | undefined;
}

/** What a stream has become. */
export interface Flux {
  readonly sortie: Sortie;
  /** Written and not yet finished; undefined for a profile served by another one. */
  readonly file: FeedFile | undefined;
  readonly contenuSha256: string;
  readonly compte: Compte;
}

export interface Run {
  readonly flux: readonly Flux[];
  readonly dits: Dits;
  /** Milliseconds by step, on this thread: waiting is not in them. */
  readonly laps: Readonly<Record<string, number>>;
}

/**
 * Makes one pass over the offer and writes all the streams of a plan. Memory is bounded by what waits for its
 * verdict, whatever the size of the offer. On failure every file is removed.
 */
export async function run(options: MoteurOptions): Promise<Run> {
  const { plan } = options;
  keepHeapSmall();
  const ecritures: Ecriture[] = [];
  try {
    for (const sortie of plan.sorties)
      ecritures.push(new Ecriture(sortie, sortie.fichier ? await options.open(sortie) : undefined));
    const watch = stopwatch();
    const dits = new Dits();
    let actions = 0;
    for await (const group of ahead(prepareAll(options, watch), ({ octets }) => octets, AHEAD)) {
      options.signal?.throwIfAborted();
      await group.verdict;
      for (const preparation of group.preparations) {
        await writeAll(preparation, ecritures, dits, options);
        if (preparation.unite.lot.dernier) actions += 1;
      }
      await options.carnet?.room();
      options.progress?.(actions);
    }
    const flux = [];
    for (const ecriture of ecritures) {
      await checkEnvelope(options, ecriture);
      const contenuSha256 = await ecriture.close(plan);
      flux.push({ sortie: ecriture.sortie, file: ecriture.file, contenuSha256, compte: ecriture.compte });
    }
    return { flux, dits, laps: watch.laps };
  } catch (cause) {
    await Promise.all(ecritures.map(({ file }) => file?.discard()));
    throw cause;
  }
}

/** Formations are validated one by one; what stands around them is validated here, with one of them. */
async function checkEnvelope({ xsd, plan }: MoteurOptions, ecriture: Ecriture): Promise<void> {
  const sample = ecriture.sample(plan);
  const [defect] = sample === undefined ? [] : await xsd.validateDocument(sample);
  if (defect !== undefined) throw new Error(`the envelope of the feed is not valid: ${defect.message}`);
}

interface Group {
  readonly preparations: readonly Preparation[];
  readonly verdict: Promise<void>;
  readonly octets: number;
}

async function* prepareAll(options: MoteurOptions, watch: Stopwatch): AsyncGenerator<Group> {
  const { trx, plan, xsd } = options;
  const contexte: Contexte = { base: options.base, maintenant: plan.maintenant };
  for await (const unites of ahead(readUnites(trx, plan), () => 1, READ_AHEAD)) {
    let preparations: Preparation[] = [];
    let octets = 0;
    for (const [rank, unite] of unites.entries()) {
      const preparation = watch.time("construction", () => prepare(unite, plan, contexte));
      preparations.push(preparation);
      octets += preparation.octets;
      if (octets < TURN && rank < unites.length - 1) continue;
      const verdict = judge(
        xsd,
        preparations.flatMap(({ variantes }) => variantes),
      );
      // Told to whoever waits for the group; nobody does once the run has failed.
      verdict.catch(() => undefined);
      yield { preparations, verdict, octets: octets + 1 };
      await setImmediate();
      preparations = [];
      octets = 0;
    }
  }
}

async function writeAll(
  preparation: Preparation,
  ecritures: readonly Ecriture[],
  dits: Dits,
  options: MoteurOptions,
): Promise<void> {
  const { unite, parts } = preparation;
  const { carnet, plan, xsd, trx } = options;
  const rows: Rows = carnet === undefined ? undefined : (row) => carnet.note(row);
  let retour: Retour | undefined;
  const setAside: Notice[] = [];
  for (const [rank, part] of parts.entries()) {
    const ecriture = ecritures[rank];
    if (ecriture === undefined) continue;
    ecriture.count(part, unite, rows);
    if (isConcerned(part)) {
      const choix = await choose(
        part,
        () => {
          retour ??= new Retour(unite, {
            trx,
            plan,
            xsd,
            contexte: { base: options.base, maintenant: plan.maintenant },
          });
          return retour.essais(part);
        },
        ecriture.fixed,
      );
      setAside.push(...choix.notices, ...(await ecriture.write(choix, rows)));
    }
    if (unite.lot.dernier) await ecriture.endOfAction();
  }
  say(preparation, setAside, dits);
}

/** Tells once what was found in a unit, whatever the streams and the variants. */
function say({ unite, variantes, notices }: Preparation, setAside: readonly Notice[], dits: Dits): void {
  const partnersOf = new Map<string, { readonly notice: Notice; readonly partners: Set<string> }>();
  for (const one of setAside) {
    const known = partnersOf.get(keyOf(one));
    if (known === undefined) partnersOf.set(keyOf(one), { notice: one, partners: new Set(one.partners) });
    else for (const partner of one.partners ?? []) known.partners.add(partner);
  }
  const told = new Set<string>();
  for (const [key, { notice, partners }] of partnersOf) {
    told.add(key);
    dits.add(partners.size === 0 ? notice : { ...notice, partners: [...partners] }, true);
  }
  const severalVariants = variantes.length > 1;
  const tell = (one: Notice) => {
    if (told.size > 0 || severalVariants) {
      const key = keyOf(one);
      if (told.has(key)) return;
      told.add(key);
    }
    dits.add(one, false);
  };
  for (const one of notices) tell(one);
  for (const { tete, elements } of variantes) {
    if (unite.lot.premier) for (const one of tete.notices) tell(one);
    for (const { piece } of elements) for (const one of piece.notices) tell(one);
  }
}

function keyOf({ code, path, value, session = "", action = "" }: Notice): string {
  return `${code}\n${path}\n${value}\n${session}\n${action}`;
}
