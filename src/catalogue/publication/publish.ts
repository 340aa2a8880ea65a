import type { Knex } from "knex";
import { ORIGINE_CATALOGUE, writeVersions } from "../../published/index.ts";
import type { FicheAction, FicheSession } from "../fiche.ts";
import type { Refus } from "../refus.ts";
import { actionRecord, sessionRecord } from "./records.ts";

/**
 * Puts working copies online: their versions are written into the contract, the only thing that the publisher reads. What
 * reads as before gets no new version. All or nothing: a refusal must end the transaction.
 * @param fiche with its reference; its own content is published when `tete` is true
 * @param sessions with their references
 */
export async function publishFiches(
  trx: Knex.Transaction,
  fiche: FicheAction,
  sessions: readonly FicheSession[],
  { tete }: { readonly tete: boolean },
): Promise<Refus | undefined> {
  const { reference } = fiche;
  if (reference === null) throw new Error("published without a reference");
  const rows = [];
  for (const session of sessions) {
    const contenu = sessionRecord(session, reference);
    if ("refus" in contenu) return contenu;
    if (session.reference === null) throw new Error("session published without a reference");
    rows.push({ numero: session.reference, contenu });
  }
  if (tete) {
    const contenu = actionRecord(fiche);
    if ("refus" in contenu) return contenu;
    await publishOrganisme(trx, fiche.structure);
    await writeVersions(trx, "action", [{ numero: reference, contenu }], { origine: ORIGINE_CATALOGUE });
    await trx("catalogue_action")
      .where({ id: fiche.id })
      .update({
        publiee_revision: trx.ref("revision"),
        publiee_at: trx.raw("coalesce(publiee_at, horloge())"),
      });
  }
  await writeVersions(trx, "session", rows, { origine: ORIGINE_CATALOGUE });
  await trx("catalogue_session")
    .whereIn(
      "id",
      sessions.map(({ id }) => id),
    )
    .update({ etat: "publiee", validee_revision: null, publiee_revision: trx.ref("revision") });
  return undefined;
}

/** Its record is published when the structure is saved; this is for one that never was, or was withdrawn. */
async function publishOrganisme(trx: Knex.Transaction, numero: string): Promise<void> {
  const row = await trx("structure").where({ numero }).first("contenu");
  await writeVersions(trx, "organisme", [{ numero, contenu: row?.contenu }], { origine: ORIGINE_CATALOGUE });
}
