import type { Knex } from "knex";
import type { Client } from "pg";
import { copyIn, textArray } from "../db/index.ts";
import type { Notice } from "../notices/index.ts";
import type { Store } from "../snapshot/index.ts";

/** Opens the row of a run. */
export async function startEdition(db: Knex, profils: readonly string[], maintenant: Date): Promise<number> {
  const [row] = await db<{ id: number; [column: string]: unknown }>("edition").insert(
    { etat: "en_cours", horloge: maintenant, profils: [...profils] },
    ["id"],
  );
  if (row === undefined) throw new Error("edition gave no number");
  return row.id;
}

/** Says which files a run is about to put in place, so that they are found again if it is killed meanwhile. */
export async function announceFiles(db: Knex, edition: number, sha256: readonly string[]): Promise<void> {
  await db("edition")
    .where({ id: edition })
    .update({ bilan: JSON.stringify({ fichiers: sha256 }) });
}

/**
 * Closes a run that failed; what it had put in place and no snapshot names is removed. One that is recorded already stays
 * as it is: done, whatever failed afterwards, or closed by the one that took its place and may want the same files.
 */
export async function failEdition(db: Knex, store: Store, edition: number, cause: unknown): Promise<void> {
  const erreur = cause instanceof Error ? cause.message : String(cause);
  const rows = await db<{ id: number; bilan: { fichiers?: string[] }; [column: string]: unknown }>("edition")
    .where({ id: edition, etat: "en_cours" })
    .update({ etat: "echouee", erreur, finished_at: db.raw("horloge()") }, ["bilan"]);
  await removeOrphans(
    db,
    store,
    rows.flatMap(({ bilan }) => bilan.fichiers ?? []),
  );
}

/** Closes what killed runs left open. Call it alone on the database: no run is under way then. */
export async function closeInterrupted(db: Knex, store: Store): Promise<void> {
  const rows = await db<{ id: number; etat: string }>("edition").where({ etat: "en_cours" }).select("id");
  for (const { id } of rows)
    await failEdition(db, store, id, "L'édition a été interrompue (processus arrêté) : rien n'a été publié.");
}

async function removeOrphans(db: Knex, store: Store, sha256: readonly string[]): Promise<void> {
  if (sha256.length === 0) return;
  const kept = await db<{ sha256: string }>("feed_snapshot")
    .whereIn("sha256", [...sha256])
    .select("sha256");
  const named = new Set(kept.map((row) => row.sha256));
  for (const sha of sha256) if (!named.has(sha)) await store.remove(sha);
}

/** Writes the notices of a run. */
export async function insertNotices(
  client: Client,
  edition: number,
  notices: readonly Notice[],
): Promise<void> {
  await copyIn(
    client,
    "edition_notice",
    [
      "edition_id",
      "rang",
      "code",
      "severity",
      "path",
      "value",
      "message",
      "action",
      "session",
      "organisme",
      "partners",
    ],
    notices.map((one, rang) => [
      edition,
      rang,
      one.code,
      one.severity,
      one.path,
      one.value,
      one.message,
      one.action,
      one.session,
      one.organisme,
      textArray(one.partners ?? []),
    ]),
  );
}
