import type { Knex } from "knex";
import type { Config } from "../config/index.ts";
import type { Logger } from "../log/index.ts";
import { type Channel, journalChannel } from "./channel.ts";
import { mailChannel } from "./mail.ts";
import { webhookChannel } from "./webhook.ts";

/** The channels of the settings: the journal always, the others where they are given. */
export function channelsOf(
  { alertWebhook, alertMail }: Pick<Config, "alertWebhook" | "alertMail">,
  log: Logger,
): readonly Channel[] {
  return [
    journalChannel(log),
    ...(alertWebhook === undefined ? [] : [webhookChannel(alertWebhook)]),
    ...(alertMail === undefined ? [] : [mailChannel(alertMail)]),
  ];
}

/**
 * Makes these the channels to which transitions go from now on; what still waits for one that is no longer there is
 * given up. Call it at the start of a process that lasts.
 */
export async function registerChannels(db: Knex, channels: readonly Channel[]): Promise<void> {
  const ids = channels.map(({ id }) => id);
  await db.transaction(async (trx) => {
    await trx.raw(
      `INSERT INTO alert_canal (id, attente, intervalle)
       SELECT id, attente * interval '1 minute', intervalle * interval '1 minute'
       FROM unnest(?::text[], ?::float8[], ?::float8[]) AS c(id, attente, intervalle) ORDER BY id
       ON CONFLICT (id) DO UPDATE SET attente = excluded.attente, intervalle = excluded.intervalle`,
      [ids, channels.map(({ attente }) => attente), channels.map(({ intervalle }) => intervalle)],
    );
    await trx("alert_canal").whereNotIn("id", ids).delete();
    await trx("alert_envoi")
      .where({ etat: "a_envoyer" })
      .whereNotIn("canal", ids)
      .update({ etat: "abandonne", lease_until: null, erreur: "Canal retiré des réglages." });
  });
}
