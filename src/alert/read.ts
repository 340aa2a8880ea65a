import type { Knex } from "knex";
import type { Vue } from "./message.ts";

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
