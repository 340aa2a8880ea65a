import type { Knex } from "knex";
import { horloge } from "../../db/index.ts";
import { parisDay } from "../../lheo/index.ts";
import { estPerimee } from "../../published/index.ts";
import type { Auteur } from "../auteur.ts";
import { type EtatAction, passageAction } from "../etats/action.ts";
import { A_PUBLIER, lockAction, readPublishable, readWaiting } from "../fiches/read.ts";
import { recordPassage } from "../passages.ts";
import { readOnlineAction, situationOf } from "../publication/online.ts";
import { publishFiches } from "../publication/publish.ts";
import { INCONNUE, type Refus } from "../refus.ts";
import type { Verificateur } from "../verification/index.ts";
import { act } from "./act.ts";
import { CHANGEE, checkAction, ERREURS, empreinteOf } from "./check.ts";
import { moveAction } from "./move.ts";

type Issue = Promise<{ readonly etat: EtatAction } | Refus>;

/** The control puts an action online with the sessions that wait with it (S119, S139–S142). */
export async function publishAction(
  db: Knex,
  verificateur: Verificateur,
  auteur: Auteur,
  id: number,
  { revision }: { readonly revision: number },
): Issue {
  return putOnline(db, verificateur, auteur, id, "publier", revision);
}

/** The control brings an archived action back with its sessions that are not over (S45, H9). */
export async function restoreAction(db: Knex, verificateur: Verificateur, auteur: Auteur, id: number): Issue {
  return putOnline(db, verificateur, auteur, id, "restaurer", undefined);
}

async function putOnline(
  db: Knex,
  verificateur: Verificateur,
  auteur: Auteur,
  id: number,
  evenement: "publier" | "restaurer",
  revision: number | undefined,
): Issue {
  const controle = await checkAction(db, verificateur, auteur, id, A_PUBLIER);
  if (controle === undefined) return INCONNUE;
  return act(db, async (trx) => {
    const fiche = await lockAction(trx, auteur, id);
    if (fiche === undefined) return INCONNUE;
    const passage = passageAction(
      situationOf(fiche, await readOnlineAction(trx, fiche)),
      evenement,
      auteur.role,
    );
    if ("refus" in passage) return passage;
    const waiting = await readWaiting(trx, id, A_PUBLIER);
    if (revision !== undefined && fiche.revision !== revision) return CHANGEE;
    if (empreinteOf(fiche, waiting) !== controle.empreinte) return CHANGEE;
    if (controle.verification.bloquante) return ERREURS;
    const jour = parisDay(await horloge(trx));
    const concerned = evenement === "publier" ? waiting : await readPublishable(trx, id);
    const current = concerned.filter(({ contenu: { fin = "99999999" } }) => !estPerimee({ fin }, jour));
    if (evenement === "restaurer" && current.length === 0)
      return { refus: "Toutes ses sessions sont terminées : il n'y a plus rien à remettre en ligne." };
    const refus = await publishFiches(trx, fiche, current, { tete: true });
    if (refus !== undefined) return refus;
    await moveAction(trx, id, passage, { message: null });
    await recordPassage(trx, auteur, {
      action: id,
      evenement,
      de: fiche.etat,
      vers: passage.vers,
      detail: { reference: fiche.reference, sessions: current.length },
    });
    return { etat: passage.vers };
  });
}

/** The control asks the OF for something, which reads it on top of its form (S36–S38). */
export async function askComplement(db: Knex, auteur: Auteur, id: number, message: string): Issue {
  const text = message.trim();
  if (text === "")
    return { refus: "Écrivez ce que l'organisme doit compléter : il le lira en haut de sa fiche." };
  if (text.length > 3000) return { refus: "Le message dépasse 3 000 caractères : raccourcissez-le." };
  return act(db, async (trx) => {
    const fiche = await lockAction(trx, auteur, id);
    if (fiche === undefined) return INCONNUE;
    const passage = passageAction(
      situationOf(fiche, await readOnlineAction(trx, fiche)),
      "demander_complement",
      auteur.role,
    );
    if ("refus" in passage) return passage;
    await moveAction(trx, id, passage, { message: text });
    await trx("catalogue_session").where({ action_id: id, etat: "soumise" }).update({ etat: "brouillon" });
    await trx("catalogue_session").where({ action_id: id, etat: "modifiee" }).update({ etat: "publiee" });
    await recordPassage(trx, auteur, {
      action: id,
      evenement: "demander_complement",
      de: fiche.etat,
      vers: passage.vers,
      message: text,
    });
    return { etat: passage.vers };
  });
}
