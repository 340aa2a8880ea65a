import type { Knex } from "knex";
import { closeAlert, openAlert } from "../../alert/index.ts";
import type { Delivery } from "./match.ts";
import type { IssueAccuse } from "./store.ts";

/** A receipt as an operator may have to know of it. */
export interface Told {
  readonly partner: string;
  readonly issue: IssueAccuse;
  readonly delivery: Delivery | undefined;
  /** Name of its file; an answer has none. */
  readonly nom: string | undefined;
  /** The whole file was refused by it. */
  readonly rejetee: boolean;
}

/** Raises and ends the alerts that receipts are the cause of; the only place that does. */
export async function tell(trx: Knex.Transaction, told: Told): Promise<void> {
  const { partner, issue, delivery, nom } = told;
  if (told.rejetee && delivery !== undefined)
    await openAlert(trx, {
      cle: `fichier-refuse:${partner}`,
      code: "fichier-refuse",
      message: `« ${partner} » a refusé tout le fichier de la diffusion ${delivery.id}.`,
      detail: { diffusion: delivery.id },
    });
  else if ((issue === "acceptee" || issue === "partielle") && (await isNewest(trx, partner, delivery)))
    await closeAlert(trx, `fichier-refuse:${partner}`);
  const unread = `accuse-illisible:${partner}`;
  if (issue !== "illisible" && issue !== "inconnue") await closeAlert(trx, unread);
  else
    await openAlert(trx, {
      cle: unread,
      code: "accuse-illisible",
      message: `L'accusé ${nom === undefined ? "donné en réponse" : `« ${nom} »`} de « ${partner} » ${issue === "illisible" ? "n'a pas pu être lu" : "ne parle d'aucune session que l'on ait envoyée"}.`,
      detail: { fichier: nom ?? null, diffusion: delivery?.id ?? null },
    });
}

/** An old receipt that is read late does not tell that all is well. */
async function isNewest(
  trx: Knex.Transaction,
  partner: string,
  delivery: Delivery | undefined,
): Promise<boolean> {
  if (delivery === undefined) return false;
  const newer = await trx("delivery")
    .where({ partner, etat: "rejected" })
    .where("created_at", ">=", delivery.created_at)
    .first("id");
  return newer === undefined;
}
