import { isDeepStrictEqual } from "node:util";
import type { Knex } from "knex";
import type { Client } from "pg";
import type { Stopwatch } from "../calendar/index.ts";
import { zProfil } from "../feed/index.ts";
import {
  type FeedFile,
  type FileFacts,
  holdFeed,
  insertSnapshot,
  liftHold,
  markRetenues,
  type PresenceChange,
  recordDepartures,
  recordPresence,
  type Snapshot,
  type SnapshotFacts,
  spendAcceptances,
} from "../snapshot/index.ts";
import { RULES_VERSION } from "../validation/index.ts";
import { type Bilan, type BilanProfil, bilanJson } from "./bilan.ts";
import type { Arrivee, Cible } from "./cibles.ts";
import { closeDemandes } from "./demandes.ts";
import type { Garde } from "./garde/juger.ts";
import type { Reduction } from "./garde/reduire.ts";
import { insertNotices } from "./journal.ts";
import type { Flux, Run } from "./moteur.ts";
import type { PublishOptions } from "./publish.ts";
import type { Plan } from "./sorties.ts";

export interface EditOptions extends PublishOptions {
  readonly edition: number;
}

/** A stream whose files are whole, or not needed. */
export interface Finished extends Arrivee {
  readonly file: FeedFile | undefined;
  readonly facts: FileFacts | null;
}

export interface Outcome {
  readonly plan: Plan;
  readonly done: Run;
  readonly finished: readonly Finished[];
  /** By profile. */
  readonly gardes: ReadonlyMap<string, Garde>;
  readonly reductions: ReadonlyMap<string, Reduction>;
  readonly watch: Stopwatch;
  readonly demandes: readonly number[];
  readonly options: EditOptions;
}

/**
 * Makes everything visible at once: the files are already in place.
 * @param client the connection that holds the reading of the run
 */
export async function record(db: Knex, client: Client, outcome: Outcome): Promise<Bilan> {
  const { plan, done, finished, watch, demandes, options } = outcome;
  const { edition } = options;
  return db.transaction(
    async (trx) => {
      const profils = await watch.timeAsync("présence", async () => {
        const recorded: BilanProfil[] = [];
        for (const one of finished) recorded.push(...(await recordFlux(trx, one, outcome)));
        return recorded;
      });
      await insertNotices(client, edition, done.dits.notices);
      if (await ofAllProfils(trx, plan)) await closeDemandes(trx, demandes);
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
  finished: Finished,
  outcome: Outcome,
): Promise<BilanProfil[]> {
  const { sortie, compte } = finished.flux;
  if (!sortie.fichier)
    return sortie.profils.map(({ id }) => ({
      profil: id,
      issue: "relais",
      snapshot: null,
      compte,
      changement: null,
      garde: null,
    }));
  const recorded: BilanProfil[] = [];
  for (const cible of finished.cibles) {
    const garde = outcome.gardes.get(cible.profil.id);
    recorded.push(
      garde !== undefined && garde.raisons.length > 0 && cible.before !== undefined
        ? await recordHeld(trx, finished, { ...cible, before: cible.before }, garde, outcome)
        : await recordPassed(trx, finished, cible, garde, outcome),
    );
  }
  return recorded;
}

/** The new feed of a profile becomes current, unless it says what the one of before did. */
async function recordPassed(
  trx: Knex.Transaction,
  { flux, facts }: Finished,
  { profil: { id }, sortie, before, same }: Cible,
  garde: Garde | undefined,
  { plan, options }: Outcome,
): Promise<BilanProfil> {
  const { compte } = flux;
  await spendAcceptances(trx, garde?.acceptees ?? [], options.edition);
  const levee = await liftHold(trx, id, options.edition);
  const bilan = { profil: id, compte, garde: levee ? LEVEE : null };
  if (before !== undefined && same) {
    await markRetenues(trx, { sortie, profil: id });
    return { ...bilan, issue: "inchange", snapshot: before, changement: null };
  }
  const made = snapshotFacts(id, flux, facts, plan, options.xsd.version);
  const snapshot = await insertCurrent(trx, options.edition, before, made);
  const changement = await recordPresence(trx, { sortie, profil: id, snapshot: snapshot.id });
  return { ...bilan, issue: facts === null ? "vide" : "nouveau", snapshot, changement };
}

const LEVEE = { levee: true, retenue: null, sansCause: 0, raisons: [] } as const;

/** The new feed of a profile is held: what it served goes on, less what leaves rightly. */
async function recordHeld(
  trx: Knex.Transaction,
  { flux: { compte } }: Finished,
  { profil, before }: Cible & { readonly before: Snapshot },
  { jugement, raisons, ouverte, acceptees }: Garde,
  { plan, reductions, options: { edition } }: Outcome,
): Promise<BilanProfil> {
  if (jugement === undefined) throw new Error("a feed is held that was not judged");
  const reduction = reductions.get(profil.id);
  const empeche = reduction !== undefined && "empeche" in reduction ? reduction.empeche : undefined;
  let snapshot: Snapshot = before;
  let changement: PresenceChange | null = null;
  if (reduction !== undefined && "reduit" in reduction) {
    const { facts: file, contenuSha256, formations, sessions } = reduction.reduit;
    // All else is as it was: nothing new has been let in.
    const facts = { contenuSha256, formations, sessions, actions: sessions, createdAt: plan.maintenant };
    const made = await insertCurrent(trx, edition, before, { ...before, ...facts, file });
    changement = await recordDepartures(trx, { profil: profil.id, snapshot: made.id });
    snapshot = made;
  }
  if (empeche === undefined) await spendAcceptances(trx, acceptees, edition);
  const retenue = await holdFeed(trx, { profil, edition, jugement, raisons, ouverte, empeche });
  return {
    profil: profil.id,
    issue: "retenu",
    snapshot,
    compte,
    changement,
    garde: { levee: false, retenue: retenue ?? null, sansCause: jugement.sansCause, raisons },
  };
}

/** The row of a new current snapshot, and its announcement. */
async function insertCurrent(
  trx: Knex.Transaction,
  edition: number,
  before: Snapshot | undefined,
  facts: SnapshotFacts,
): Promise<Snapshot & { readonly id: number }> {
  const snapshot = await insertSnapshot(trx, edition, before, facts);
  const sha256 = facts.file?.sha256 ?? null;
  await trx("outbox").insert({
    sujet: "snapshot.publie",
    charge: JSON.stringify({ profil: facts.profil, snapshot: snapshot.id, edition, sha256 }),
  });
  return snapshot;
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

/**
 * What was asked for was asked for all, as they are now: a run of some profiles answers nothing, nor one that read them
 * before a change.
 */
async function ofAllProfils(trx: Knex.Transaction, { profils }: Plan): Promise<boolean> {
  const rows: unknown[] = await trx("profil").pluck("definition");
  const now = rows.map((definition) => zProfil.safeParse(definition).data);
  return now.every((known) => profils.some((profil) => isDeepStrictEqual(profil, known)));
}
