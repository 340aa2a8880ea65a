import type { Knex } from "knex";
import type { Transition, Vue } from "./message.ts";

/** Alerts listed at most. */
const MOST = 500;

/** Alerts, the latest first. @param closed those that are over as well */
export async function readAlerts(db: Knex, { closed }: { readonly closed: boolean }): Promise<Vue[]> {
  const query = db<Vue>("alert")
    .select("id", "cle", "code", "message", "detail", "opened_at", "closed_at")
    .orderBy("id", "desc")
    .limit(MOST);
  return closed ? query : query.whereNull("closed_at");
}

/** What was told, or is still to be, of an alert on one channel. */
export interface Envoi {
  readonly alert_id: number;
  readonly transition: Transition;
  readonly canal: string;
  readonly etat: "a_envoyer" | "envoye" | "abandonne";
  readonly prochain_at: Date;
  readonly essais: number;
  readonly sent_at: Date | null;
  readonly erreur: string | null;
}

/** What was told of some alerts, by channel. */
export async function readEnvois(db: Knex, alertes: readonly number[]): Promise<Envoi[]> {
  return db<Envoi>("alert_envoi")
    .select("alert_id", "transition", "canal", "etat", "prochain_at", "essais", "sent_at", "erreur")
    .whereIn("alert_id", alertes)
    .orderBy(["alert_id", "canal", "transition"]);
}
