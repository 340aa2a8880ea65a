import type { Knex } from "knex";
import { reconcileAlerts } from "../../alert/index.ts";
import { hasReceiptsToPoll, openRetrieval, pollReceipts, RetrievalError } from "../../delivery/index.ts";
import { type Partner, readPartners, readSecrets } from "../../partner/index.ts";
import type { Job, JobContext } from "../job.ts";

const ID = "accuses";
/** Partners at once: one that hangs keeps no other waiting. */
const HANDS = 8;
/** Looks in a row that failed before it is told. */
const TELL_AFTER = 3;

/** Receipts that partners leave in a folder are fetched from here; those that come in an answer need nothing. */
export const accuses: Job = {
  id: ID,
  description: "Va chercher les accusés que les partenaires déposent (SFTP, HTTPS, dossier)",
  horaire: "*/10 * * * *",
  rattrapage: "dernier",
  async run(context) {
    const partners = await pollable(context.db);
    const pris: Record<string, number> = {};
    const echecs: Record<string, string> = {};
    const line = [...partners];
    const hand = async () => {
      for (let next = line.shift(); next !== undefined; next = line.shift()) {
        context.signal.throwIfAborted();
        const found = await poll(context, next);
        if ("echec" in found) echecs[next.id] = found.echec;
        else if (found.pris > 0) pris[next.id] = found.pris;
      }
    };
    await Promise.all(Array.from({ length: HANDS }, hand));
    await tell(context.db, partners, echecs);
    return { pris, echecs };
  },
};

async function pollable(db: Knex): Promise<Partner[]> {
  const found = [];
  for (const partner of await readPartners(db))
    if (partner.etat !== "desactive" && (await hasReceiptsToPoll(db, partner.id))) found.push(partner);
  return found;
}

async function poll(
  { db, keyring, base, log, signal }: JobContext,
  partner: Partner,
): Promise<{ readonly pris: number } | { readonly echec: string }> {
  const secrets = await readSecrets(db, keyring, partner.id);
  if ("message" in secrets) return { echec: secrets.message };
  try {
    const retrieval = await openRetrieval(partner, secrets, signal);
    try {
      const polled = await pollReceipts(db, { partner: partner.id, retrieval, base, log, signal });
      const [echec] = polled.echecs;
      return echec === undefined ? { pris: polled.pris.length } : { echec };
    } finally {
      await retrieval.close();
    }
  } catch (error) {
    if (error instanceof RetrievalError) return { echec: error.message };
    throw error;
  }
}

/** Told when the looks before failed as well: their summaries say so. */
async function tell(
  db: Knex,
  partners: readonly Partner[],
  echecs: Readonly<Record<string, string>>,
): Promise<void> {
  const before: { bilan: { echecs?: Record<string, string> } }[] = await db("cron_run")
    .where({ job: ID, etat: "faite" })
    .orderBy("started_at", "desc")
    .limit(TELL_AFTER - 1)
    .select("bilan");
  const lasting = partners.filter(
    ({ id }) =>
      echecs[id] !== undefined &&
      before.length === TELL_AFTER - 1 &&
      before.every(({ bilan }) => bilan.echecs?.[id] !== undefined),
  );
  await reconcileAlerts(
    db,
    "accuses-inaccessibles",
    lasting.map(({ id, nom }) => ({
      cle: `accuses:${id}`,
      message: `Les accusés de ${nom} ne peuvent pas être lus. ${echecs[id]}`,
      detail: { partenaire: id },
    })),
  );
}
