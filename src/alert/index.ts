/**
 * What an operator is told of: transitions only. Whoever sees a fault opens an alert in its own transaction, and closes it
 * when the fault is over; rows say to which channels each transition is still to go, and a job tells them.
 *
 *   openAlert / closeAlert ─▶ alert + one alert_envoi per channel ─ sendAlerts ─▶ journal, webhook, mail
 */
export { type Channel, ChannelError, journalChannel } from "./channel.ts";
export { channelsOf, registerChannels } from "./channels.ts";
export { ALERTES, type CodeAlerte, type Consigne } from "./codes.ts";
export { mailChannel } from "./mail.ts";
export {
  type AlertMessage,
  type Annonce,
  consigneOf,
  messageOf,
  type Transition,
  type Vue,
} from "./message.ts";
export { type Envoi, readAlerts, readEnvois } from "./read.ts";
export { type Reconciled, reconcileAlerts } from "./reconcile.ts";
export { type Sent, sendAlerts } from "./send.ts";
export { type Alerte, closeAlert, openAlert } from "./transitions.ts";
export { webhookChannel } from "./webhook.ts";
