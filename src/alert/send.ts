import type { Knex } from "knex";
import { horloge } from "../db/index.ts";
import type { Logger } from "../log/index.ts";
import { type Channel, ChannelError } from "./channel.ts";
import { type Annonce, messageOf, type Transition, type Vue } from "./message.ts";

/** Longer than any channel takes. */
const LEASE_MS = 120_000;
/** Waits after the 1st, 2nd… failure, minutes; after the last one it is given up: nearly two days. */
const WAITS: readonly number[] = [1, 2, 5, 10, 30, 60, 120, 240, 480, 720, 1080];

/** What was done, for the summary of the job. */
export interface Sent {
  readonly envoyes: number;
  readonly echecs: number;
  readonly abandonnes: number;
}

/** Transitions about one thing, held for one channel. */
interface Held {
  readonly canal: string;
  readonly annonces: readonly Annonce[];
  /** Of each, its tries with this one: they prove that it is still ours. */
  readonly essais: ReadonlyMap<string, number>;
}

/**
 * Tells each channel the transitions that are due. Any number of processes may do so at once: a transition is held by
 * one of them, and told once, but for one that vanishes between telling and recording it: it is then told again under the
 * same id, by which a receiver can tell. A channel that fails is tried again later, and keeps no other one waiting.
 */
export async function sendAlerts(
  db: Knex,
  channels: readonly Channel[],
  { log, signal }: { readonly log: Logger; readonly signal?: AbortSignal },
): Promise<Sent> {
  const each = await Promise.all(channels.map((channel) => drain(db, channel, log, signal)));
  const sum = (key: keyof Sent) => each.reduce((total, one) => total + one[key], 0);
  return { envoyes: sum("envoyes"), echecs: sum("echecs"), abandonnes: sum("abandonnes") };
}

async function drain(db: Knex, channel: Channel, log: Logger, signal?: AbortSignal): Promise<Sent> {
  const sent = { envoyes: 0, echecs: 0, abandonnes: 0 };
  while (signal?.aborted !== true) {
    const held = await hold(db, channel.id);
    if (held === undefined) return sent;
    const erreur = await tell(channel, held, await horloge(db), log);
    if (erreur === undefined) {
      await settle(db, held, { etat: "envoye", sent_at: db.raw("horloge()"), erreur: null });
      sent.envoyes += 1;
      continue;
    }
    const wait = WAITS[Math.max(...held.essais.values()) - 1];
    if (wait === undefined) {
      await settle(db, held, { etat: "abandonne", erreur });
      log.error(
        { canal: channel.id, alertes: held.annonces.map(({ alerte }) => alerte.id), erreur },
        "alert.given_up",
      );
      sent.abandonnes += 1;
    } else {
      await settle(db, held, { prochain_at: db.raw("horloge() + ? * interval '1 minute'", [wait]), erreur });
      log.warn({ canal: channel.id, erreur, minutes: wait }, "alert.retry");
      sent.echecs += 1;
    }
  }
  return sent;
}

/** @returns why it could not be told */
async function tell(
  channel: Channel,
  { annonces }: Held,
  maintenant: Date,
  log: Logger,
): Promise<string | undefined> {
  try {
    await channel.send(messageOf(annonces), maintenant);
    return undefined;
  } catch (error) {
    if (error instanceof ChannelError) return error.message;
    // Never its words: they could hold what was being sent.
    log.error({ canal: channel.id, name: error instanceof Error ? error.name : "?" }, "alert.fault");
    return "Défaut de l'envoi de l'alerte.";
  }
}

interface HeldRow extends Vue {
  readonly transition: Transition;
  readonly essais: number;
}

/** Everything that is to be told of the thing that has waited the longest; the channel is locked while it is chosen. */
async function hold(db: Knex, canal: string): Promise<Held | undefined> {
  const rows = await db.transaction(async (trx) => {
    const lock = await trx.raw<{ rows: unknown[] }>(
      "SELECT 1 FROM alert_canal WHERE id = ? FOR UPDATE SKIP LOCKED",
      [canal],
    );
    if (lock.rows.length === 0) return [];
    const { rows: held } = await trx.raw<{ rows: HeldRow[] }>(HOLD, { canal, lease: LEASE_MS });
    return held;
  });
  if (rows.length === 0) return undefined;
  return {
    canal,
    annonces: rows.map(({ transition, essais: _, ...alerte }) => ({ alerte, transition })),
    essais: new Map(rows.map(({ id, transition, essais }) => [`${id} ${transition}`, essais])),
  };
}

const HOLD = `
  WITH chose AS (
    SELECT a.cle FROM alert_envoi e JOIN alert a ON a.id = e.alert_id
    WHERE e.canal = :canal AND e.etat = 'a_envoyer' AND e.prochain_at <= horloge()
      AND NOT EXISTS (SELECT 1 FROM alert b JOIN alert_envoi f ON f.alert_id = b.id
        WHERE b.cle = a.cle AND f.canal = :canal AND f.etat = 'a_envoyer' AND f.lease_until >= horloge())
    ORDER BY e.prochain_at LIMIT 1)
  UPDATE alert_envoi e
  SET essais = e.essais + 1, lease_until = horloge() + :lease * interval '1 millisecond'
  FROM alert a, chose
  WHERE a.cle = chose.cle AND e.alert_id = a.id AND e.canal = :canal AND e.etat = 'a_envoyer'
  RETURNING a.id, a.cle, a.code, a.message, a.detail, a.opened_at, a.closed_at, e.transition, e.essais`;

async function settle(
  db: Knex,
  { canal, annonces, essais }: Held,
  fields: Readonly<Record<string, unknown>>,
): Promise<void> {
  await db.transaction(async (trx) => {
    for (const { alerte, transition } of annonces)
      await trx("alert_envoi")
        .where({
          alert_id: alerte.id,
          transition,
          canal,
          essais: essais.get(`${alerte.id} ${transition}`) ?? 0,
        })
        .update({ lease_until: null, ...fields });
  });
}
