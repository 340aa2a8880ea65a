import type { Knex } from "knex";
import { type Echeance, nextWindow } from "../calendar/index.ts";
import { horloge } from "../db/index.ts";
import { zProfil } from "../feed/index.ts";
import { insertDeliveries } from "./insert.ts";
import type { Act, Situation } from "./planning.ts";
import { supersede } from "./supersede.ts";

/** What planning knows of a partner, whose row is locked. */
export interface PartnerRow {
  readonly id: string;
  readonly profil: string;
  readonly demo: boolean;
  readonly definition: unknown;
  /** Does its profile leave by itself? Otherwise the partner comes and takes it. */
  readonly pousse: boolean;
}

/** What is to be done for one partner. */
export interface Todo<A = Act> {
  readonly partner: PartnerRow;
  readonly situation: Situation;
  readonly act: A;
}

/** One thing that planning did, for the journal. */
export interface Planned {
  readonly partner: string;
  readonly act: Exclude<Act, { do: "rien" }>;
  /** Id of the delivery created, if any. */
  readonly delivery: string | undefined;
}

type Doing<D extends Act["do"]> = Todo<Extract<Act, { do: D }>>;

/** Does what was planned: a few statements, whatever the number of partners. */
export async function carryOut(trx: Knex.Transaction, todo: readonly Todo[]): Promise<Planned[]> {
  const viser = doing(todo, "viser");
  const remplacer = doing(todo, "remplacer");
  const creer = doing(todo, "creer");
  if (viser.length + remplacer.length + creer.length === 0) return [];
  const maintenant = await horloge(trx);
  const window = windowsFrom(maintenant);
  await aim(trx, viser, window);
  await supersede(
    trx,
    remplacer.map(({ act }) => act),
    "Le destinataire a déjà ce contenu, ou est en train de le recevoir.",
  );
  const created = await create(trx, creer, maintenant, window);
  return [
    ...[...viser, ...remplacer].map(({ partner, act }) => ({
      partner: partner.id,
      act,
      delivery: undefined,
    })),
    ...creer.map(({ partner, act }, rank) => ({ partner: partner.id, act, delivery: created[rank] })),
  ];
}

const doing = <D extends Act["do"]>(todo: readonly Todo[], what: D): readonly Doing<D>[] =>
  todo.filter((one): one is Doing<D> => one.act.do === what);

type Windows = (partner: PartnerRow, notBefore?: Date) => Echeance;

/** The next window of a partner; the calendar of a profile is read once. */
function windowsFrom(maintenant: Date): Windows {
  const calendars = new Map<string, Parameters<typeof nextWindow>[1]>();
  return ({ profil, definition }, notBefore = maintenant) => {
    const calendrier = calendars.get(profil) ?? zProfil.parse(definition).calendrier;
    calendars.set(profil, calendrier);
    return nextWindow(notBefore > maintenant ? notBefore : maintenant, calendrier);
  };
}

/** The waiting ones take the current content; one that was announced may leave sooner for it, never later. */
async function aim(trx: Knex.Transaction, viser: readonly Doing<"viser">[], window: Windows): Promise<void> {
  if (viser.length === 0) return;
  const rows = viser.map(({ partner, situation: { courant, enAttente }, act }) => ({
    id: act.id,
    snapshot: courant.snapshotId,
    ...(enAttente?.snapshotId === undefined ? window(partner) : {}),
  }));
  await trx.raw(
    `UPDATE delivery d SET snapshot_id = n.snapshot,
       due_at = least(d.due_at, n.at),
       due_explain = CASE WHEN n.at < d.due_at THEN n.explain ELSE d.due_explain END
     FROM jsonb_to_recordset(?::jsonb) AS n(id text, snapshot bigint, at timestamptz, explain jsonb)
     WHERE d.id = n.id`,
    [JSON.stringify(rows)],
  );
}

async function create(
  trx: Knex.Transaction,
  creer: readonly Doing<"creer">[],
  maintenant: Date,
  window: Windows,
): Promise<string[]> {
  return insertDeliveries(
    trx,
    maintenant,
    creer.map(({ partner, situation: { courant, enAttente }, act }) => ({
      partner: partner.id,
      snapshotId: courant.snapshotId,
      etat: act.etat,
      retenue: act.retenue,
      motif: act.retenue === undefined ? undefined : MOTIFS[act.retenue],
      // Not before what a delivery that it takes the place of had to wait for.
      due: window(partner, act.remplace === undefined ? undefined : enAttente?.reprise),
      ...(act.remplace === undefined
        ? {}
        : { place: { de: act.remplace, motif: "Un contenu plus récent part à sa place." } }),
    })),
  );
}

const MOTIFS = {
  vide: "Plus rien n'est dans le périmètre de ce destinataire : un flux vide n'existe pas. Vérifiez l'offre publiée et le périmètre.",
  operateur:
    "Un contenu plus récent prend la place de celui qui était retenu : il attend de même d'être relâché.",
};

/** Nothing leaves for partners that come and take their file. */
export async function endWaiting(trx: Knex.Transaction, partners: readonly PartnerRow[]): Promise<Planned[]> {
  if (partners.length === 0) return [];
  const waiting: { id: string; partner: string }[] = await trx("delivery")
    .whereIn(
      "partner",
      partners.map(({ id }) => id),
    )
    .whereIn("etat", ["scheduled", "retry", "held"])
    .select("id", "partner");
  await supersede(
    trx,
    waiting.map(({ id }) => ({ id })),
    "Le profil de ce destinataire ne part plus par envoi : il vient prendre son fichier.",
  );
  return waiting.map(({ id, partner }) => ({
    partner,
    act: { do: "remplacer", id, par: undefined },
    delivery: undefined,
  }));
}
