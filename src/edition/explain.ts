import type { Knex } from "knex";
import { type Echeance, eligibleAt, type JourSaute, parisTime, visibleOn } from "../calendar/index.ts";
import { horloge } from "../db/index.ts";
import { type Entree, type MotifHorsPerimetre, type Profil, perimetre, viaOf } from "../feed/index.ts";
import type { Action, MotifDeRetrait, Organisme, Session, Version } from "../published/contract/index.ts";
import { readHistory, reading, readRecords, type Selection, selected } from "../published/index.ts";
import { type CodeCause, guardOf, type SessionGardee } from "../snapshot/index.ts";
import { type Blocage, type Presence, readBlocages, readPresences } from "./explainData.ts";
import { type Plan, planOf } from "./sorties.ts";

/** Where a session stands for one profile. */
export interface EtatDeDiffusion {
  readonly profil: string;
  readonly nom: string;
  /** The profile whose feed carries it, when it is not its own. */
  readonly via: string | undefined;
  readonly etat: Etat;
  /** As the feed shows it now, in whatever version. */
  readonly presence: Presence | undefined;
}

export type Etat =
  /** The newest version is in the feed. */
  | { readonly code: "dans" }
  /** Nothing stops it: it enters with the next édition. */
  | { readonly code: "prochaine-edition" }
  /** The newest version may leave at `at`; every day that put it off is explained. */
  | {
      readonly code: "attente";
      readonly at: Date;
      readonly explain: readonly JourSaute[];
      /** AAAAMMJJ. */
      readonly visible: string;
    }
  | { readonly code: "hors-perimetre"; readonly motif: MotifHorsPerimetre }
  /** The newest version did not pass: an older one is in `presence`, or none. */
  | { readonly code: "ecartee"; readonly notices: readonly Blocage[] }
  | { readonly code: "retiree"; readonly motif: MotifDeRetrait; readonly at: Date }
  /** The guard holds the feed: it would vanish for this cause, or enter or change if there is none. */
  | { readonly code: "garde"; readonly depuis: Date; readonly cause: CodeCause | undefined }
  /** Its action or its organisme is not published. */
  | { readonly code: "incomplete"; readonly manque: "action" | "organisme" };

/** Where a published session stands, profile by profile. */
export interface Explication {
  readonly session: string;
  /** Newest version. */
  readonly version: number;
  readonly maintenant: Date;
  readonly profils: readonly EtatDeDiffusion[];
}

/**
 * Says for each profile whether a session is in its feed, from when it will be, or why it is not.
 * @returns undefined when the number was never published
 */
export async function explainSession(
  db: Knex,
  numero: string,
  options: { readonly profils: readonly Profil[]; readonly maintenant?: Date },
): Promise<Explication | undefined> {
  return reading(db, async (trx) => {
    const maintenant = options.maintenant ?? (await horloge(trx));
    const plan = planOf(options.profils, maintenant);
    const [newest] = await readHistory(trx, "session", numero);
    if (newest === undefined) return undefined;
    const records = await readRelated(trx, newest, plan);
    const presences = await readPresences(trx, numero);
    const blocages = await readBlocages(trx, numero, newest.contenu.action);
    const gardes = await guardOf(trx, numero);
    const profils = plan.sorties.flatMap((sortie) =>
      sortie.profils.map((profil) => {
        const via = viaOf(profil);
        const presence = presences.get(via ?? profil.id);
        const garde = gardes.get(via ?? profil.id);
        const etat: Etat =
          garde?.cause !== undefined && presence !== undefined
            ? { code: "garde", ...garde }
            : newest.retrait === undefined
              ? etatOf({
                  profil,
                  watermark: sortie.watermark,
                  plan,
                  newest,
                  records,
                  presence,
                  blocages,
                  garde,
                })
              : { code: "retiree", motif: newest.retrait.motif, at: newest.retrait.at };
        return { profil: profil.id, nom: profil.nom, via, etat, presence };
      }),
    );
    const order = new Map(options.profils.map(({ id }, rank) => [id, rank]));
    const rankOf = ({ profil }: EtatDeDiffusion) => order.get(profil) ?? 0;
    return {
      session: numero,
      version: newest.version,
      maintenant,
      profils: profils.sort((a, b) => rankOf(a) - rankOf(b)),
    };
  });
}

interface Related {
  readonly action: Selection<Action> | undefined;
  readonly organisme: Selection<Organisme> | undefined;
}

async function readRelated(
  trx: Knex.Transaction,
  { contenu }: Version<Session>,
  plan: Plan,
): Promise<Related> {
  const actions = await readRecords(trx, "action", [contenu.action], plan.watermarks);
  const action = actions.get(contenu.action);
  const organisme = action === undefined ? undefined : selected(action, 0)?.contenu.organisme;
  if (organisme === undefined) return { action, organisme: undefined };
  const organismes = await readRecords(trx, "organisme", [organisme], plan.watermarks);
  return { action, organisme: organismes.get(organisme) };
}

interface Case {
  readonly profil: Profil;
  readonly watermark: number;
  readonly plan: Plan;
  readonly newest: Version<Session>;
  readonly records: Related;
  readonly presence: Presence | undefined;
  readonly blocages: readonly Blocage[];
  readonly garde: SessionGardee | undefined;
}

function etatOf({ profil, watermark, plan, newest, records, presence, blocages, garde }: Case): Etat {
  const action = records.action === undefined ? undefined : selected(records.action, 0);
  if (action === undefined) return { code: "incomplete", manque: "action" };
  const organisme = records.organisme === undefined ? undefined : selected(records.organisme, 0);
  if (organisme === undefined) return { code: "incomplete", manque: "organisme" };
  const entree = { action, organisme, ...NO_REGISTER };
  const verdict = perimetre(profil, entree, newest, plan.jour, plan.profils);
  if (!verdict.dans) return { code: "hors-perimetre", motif: verdict.motif };
  if (presence?.version === newest.version && !presence.retenue) return { code: "dans" };
  const waiting = [
    newest.misEnLigneAt,
    // Another version of these may already be shown; the session waits for them only when none is.
    ...firstStillWaiting(records.action, watermark),
    ...firstStillWaiting(records.organisme, watermark),
  ].map((at) => ({ origine: at, ...eligibleAt(at, profil.attente, profil.calendrier) }));
  const last = waiting.reduce((a, b) => (a.at >= b.at ? a : b));
  if (last.at > plan.maintenant) return attente(profil, last);
  const own = blocages.filter(({ profils }) => profils.includes(profil.id));
  if (own.length > 0) return { code: "ecartee", notices: own };
  return garde === undefined
    ? { code: "prochaine-edition" }
    : { code: "garde", depuis: garde.depuis, cause: undefined };
}

function firstStillWaiting<T>(selection: Selection<T> | undefined, watermark: number): readonly Date[] {
  if (selection === undefined || selected(selection, watermark) !== undefined) return [];
  const version = selected(selection, 0);
  return version === undefined ? [] : [version.misEnLigneAt];
}

/** The scope reads the records, never the registers. */
const NO_REGISTER: Pick<Entree, "certifications" | "habilitations" | "certifieeDepuis"> = {
  certifications: new Map(),
  habilitations: new Map(),
  certifieeDepuis: new Map(),
};

function attente(
  { visibilite, calendrier }: Profil,
  { origine, at, explain }: Echeance & { readonly origine: Date },
): Etat {
  const visible = visibleOn(origine, visibilite, calendrier).jour;
  const leaves = parisTime(at).jour;
  return { code: "attente", at, explain, visible: visible < leaves ? leaves : visible };
}
