import type { Knex } from "knex";
import { closeAlert } from "../../alert/index.ts";
import { recordAct } from "../../audit/index.ts";
import { demanderEdition } from "../../published/index.ts";
import { alertKey } from "./retenue.ts";

/** Who decides on what the guard holds, and why. */
export interface DecisionGarde {
  readonly profil: string;
  /** `console:<login>`, later a user. */
  readonly acteur: string;
  readonly motif: string;
  /** How many sessions were seen to be held: a list that grew since is not let go. */
  readonly sessions?: number | undefined;
}

/** What was decided on, or why nothing was, in French. */
export type DecisionPrise =
  | { readonly done: { readonly retenue: number; readonly sessions: number } }
  | { readonly refused: string };

/**
 * Lets the departures that are held take place: an édition, asked for at once, carries them with whatever was published
 * meanwhile. They never trip the guard again; any other one is judged as ever.
 */
export function releaseGuard(db: Knex, decision: DecisionGarde): Promise<DecisionPrise> {
  return decide(db, decision, "liberee", "garde.liberee");
}

/**
 * Says that what is held must not leave: nothing is accepted, and an édition, asked for at once, judges again, to find the
 * source mended or to hold the feed anew.
 */
export function refuseGuard(db: Knex, decision: DecisionGarde): Promise<DecisionPrise> {
  return decide(db, decision, "refusee", "garde.refusee");
}

async function decide(
  db: Knex,
  { profil, acteur, motif, sessions: vues }: DecisionGarde,
  etat: "liberee" | "refusee",
  acte: string,
): Promise<DecisionPrise> {
  if (acteur.trim() === "") return { refused: "On ne sait pas qui décide." };
  if (motif.trim() === "") return { refused: "Donnez un motif : il reste au journal d'audit." };
  return db.transaction(async (trx) => {
    const row = await trx("feed_retenue").where({ profil, etat: "retenue" }).forUpdate().first();
    if (row === undefined) return { refused: `La garde ne retient pas le flux du profil « ${profil} ».` };
    const { id: retenue, sans_cause: sessions, jugee_edition_id: edition } = row;
    if (vues !== undefined && vues !== sessions)
      return {
        refused: `La liste a changé depuis que vous l'avez vue : ${sessions} sessions et non ${vues}. Regardez-la de nouveau : offre-info guard show ${profil}`,
      };
    await trx("feed_retenue")
      .where({ id: retenue })
      .update({ etat, acteur, motif, ended_at: trx.raw("horloge()") });
    await closeAlert(trx, alertKey(profil));
    await demanderEdition(trx, acte, { profil, retenue });
    await recordAct(trx, {
      acteur,
      acte,
      motif,
      objet: { type: "profil", id: profil },
      detail: { retenue, sessions, edition },
    });
    return { done: { retenue, sessions } };
  });
}
