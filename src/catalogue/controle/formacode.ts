import type { Knex } from "knex";
import type { Auteur } from "../auteur.ts";
import type { BrouillonAction } from "../contenu.ts";
import { readAction } from "../fiches/read.ts";
import { saveAction } from "../fiches/save.ts";
import { type Conflit, INCONNUE, type Refus } from "../refus.ts";

/** Subjects that LHEO takes of one formation. */
const MOST = 5;

/** Indexes an action by one more subject (S141). */
export async function addFormacode(
  db: Knex,
  auteur: Auteur,
  id: number,
  { revision, code }: { readonly revision: number; readonly code: string },
): Promise<{ readonly revision: number } | Refus | Conflit<BrouillonAction>> {
  const fiche = await readAction(db, auteur, id);
  if (fiche === undefined) return INCONNUE;
  const connu = await db("formacode").where({ code }).first("code");
  if (connu === undefined)
    return { refus: `« ${code.slice(0, 20)} » n'est pas un Formacode du thésaurus chargé.` };
  const formacodes = fiche.contenu.formacodes ?? [];
  if (formacodes.some((one) => one.code === code)) return { revision: fiche.revision };
  if (formacodes.length >= MOST)
    return {
      refus: `L'action a déjà ${MOST} Formacodes, le plus que le flux accepte : retirez-en un dans la fiche.`,
    };
  return saveAction(db, auteur, id, {
    revision,
    contenu: { ...fiche.contenu, formacodes: [...formacodes, { code }] },
  });
}
