import type { Knex } from "knex";
import { closeAlert, openAlert } from "../../alert/index.ts";
import { type Ancre, verifyAudit } from "../../audit/index.ts";
import type { Job } from "../job.ts";

const ID = "audit";

/** The chain is read whole; what it ended with the last time must still be in it. The journal keeps that end elsewhere. */
export const audit: Job = {
  id: ID,
  description: "Vérifie que le journal des actes n'a été ni modifié, ni coupé",
  horaire: "10 4 * * *",
  rattrapage: "dernier",
  async run({ db, log }) {
    const ancre = await lastHead(db);
    const { lignes, tete, rupture } = await verifyAudit(db, { ancre });
    await db.transaction(async (trx) => {
      if (rupture === undefined) await closeAlert(trx, "audit");
      else
        await openAlert(trx, {
          cle: "audit",
          code: "audit-rompu",
          message: `Le journal des actes ne se vérifie plus à partir de la ligne ${rupture.id}. ${rupture.raison}`,
          detail: rupture,
        });
    });
    if (rupture === undefined) log.info({ lignes, tete }, "audit.checked");
    // While it is broken, what is known to be good stays the anchor.
    return { lignes, tete: rupture === undefined ? tete : ancre, rupture };
  },
};

async function lastHead(db: Knex): Promise<Ancre | undefined> {
  const row = await db("cron_run")
    .where({ job: ID, etat: "faite" })
    .whereRaw("bilan->'tete' IS NOT NULL")
    .orderBy("started_at", "desc")
    .first("bilan");
  return row?.bilan.tete;
}
