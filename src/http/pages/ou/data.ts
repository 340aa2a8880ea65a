import type { Knex } from "knex";
import {
  type DiffusionDeSession,
  deliveriesOfSession,
  pendingDeliveries,
  type SessionReceipt,
  sessionReceipts,
} from "../../../delivery/index.ts";
import { type EtatDeDiffusion, explainSession } from "../../../edition/index.ts";
import type { Profil } from "../../../feed/index.ts";
import { type Partner, readPartners, readProfils } from "../../../partner/index.ts";
import type { Session } from "../../../published/contract/index.ts";
import {
  actionsOfOrganisme,
  findSession,
  readHistory,
  type SessionTrouvee,
  searchOffre,
  sessionsOfAction,
  type Trace,
  type Trouve,
} from "../../../published/index.ts";

/** Lines of a list; the next ones follow. */
const PAGE = 50;

/** What was asked in the search box, or by following a link of its answer. */
export interface Question {
  readonly q: string;
  /** Number whose sessions, or actions, are listed. */
  readonly action: string;
  readonly organisme: string;
  readonly apres: string;
}

export interface Reponse extends Trouve {
  /** Last number of the page when there are more. */
  readonly suivant: string | undefined;
  /** The session that the text names, and no other record. */
  readonly seule: string | undefined;
}

const NOTHING: Reponse = {
  sessions: [],
  actions: [],
  organismes: [],
  suivant: undefined,
  seule: undefined,
};

export async function readReponse(db: Knex, { q, action, organisme, apres }: Question): Promise<Reponse> {
  const page = { limit: PAGE + 1, apres };
  if (action !== "") return { ...NOTHING, ...cut("sessions", await sessionsOfAction(db, action, page)) };
  if (organisme !== "")
    return { ...NOTHING, ...cut("actions", await actionsOfOrganisme(db, organisme, page)) };
  const found = await searchOffre(db, q);
  const { sessions, actions, organismes } = found;
  const [first] = sessions;
  const alone = sessions.length === 1 && actions.length === 0 && organismes.length === 0;
  return { ...found, suivant: undefined, seule: alone ? first?.numero : undefined };
}

function cut<K extends string, T extends { readonly numero: string }>(kind: K, rows: readonly T[]) {
  const shown = rows.slice(0, PAGE);
  return { [kind]: shown, suivant: rows.length > PAGE ? shown.at(-1)?.numero : undefined };
}

/** What is known of a session at one partner's. */
export interface ChezPartenaire {
  readonly partner: Partner;
  readonly accuse: SessionReceipt | undefined;
  /** Waits, or is on its way. */
  readonly enAttente: DiffusionDeSession | undefined;
  /** The latest that held it. */
  readonly dernieres: readonly DiffusionDeSession[];
}

/** Where a session stands for one profile. */
export interface Piste {
  readonly profil: Profil;
  readonly etat: EtatDeDiffusion;
  /** sha256 of the feed that first showed it so. */
  readonly sha256: string | null;
  readonly partenaires: readonly ChezPartenaire[];
}

/** All that is known of a session. */
export interface TraceDeSession {
  readonly session: SessionTrouvee;
  /** Newest first. */
  readonly versions: readonly Trace<Session>[];
  readonly maintenant: Date;
  readonly pistes: readonly Piste[];
}

export async function readTrace(db: Knex, numero: string): Promise<TraceDeSession | undefined> {
  const session = await findSession(db, numero);
  if (session === undefined) return undefined;
  const profils = await readProfils(db);
  const [versions, explication, receipts, partners, waiting, sent] = await Promise.all([
    readHistory(db, "session", numero),
    explainSession(db, numero, { profils }),
    sessionReceipts(db, { session: numero }),
    readPartners(db),
    pendingDeliveries(db),
    deliveriesOfSession(db, numero),
  ]);
  if (explication === undefined) return undefined;
  const feeds = await sha256Of(
    db,
    explication.profils.flatMap(({ presence }) => (presence === undefined ? [] : [presence.snapshot])),
  );
  const pistes = explication.profils.flatMap((etat): Piste[] => {
    const profil = profils.find(({ id }) => id === etat.profil);
    if (profil === undefined) return [];
    const partenaires = partners
      .filter((partner) => partner.profil === (etat.via ?? etat.profil))
      .map((partner) => ({
        partner,
        accuse: receipts.find((one) => one.partner === partner.id),
        enAttente: waiting.find((one) => one.partner === partner.id),
        dernieres: sent.filter((one) => one.partner === partner.id),
      }));
    const sha256 = etat.presence === undefined ? null : (feeds.get(etat.presence.snapshot) ?? null);
    return [{ profil, etat, sha256, partenaires }];
  });
  // Profiles with a feed of their own first: those that others serve repeat much of theirs.
  const own = ({ etat }: Piste): number => (etat.via === undefined ? 0 : 1);
  return {
    session,
    versions,
    maintenant: explication.maintenant,
    pistes: pistes.sort((a, b) => own(a) - own(b)),
  };
}

async function sha256Of(db: Knex, ids: readonly number[]): Promise<ReadonlyMap<number, string | null>> {
  const rows: { id: number; sha256: string | null }[] = await db("feed_snapshot")
    .whereIn("id", [...ids])
    .select("id", "sha256");
  return new Map(rows.map(({ id, sha256 }) => [id, sha256]));
}
