import type { Knex } from "knex";
import { change, type Resultat } from "./comptes.ts";
import type { Connexion } from "./connexion.ts";
import { isSlowedDown, noteFailure, noteSuccess, TROP } from "./echecs.ts";
import { hashPassword, passwordDefect, verifyPassword } from "./password.ts";

/**
 * Changes one's own password. The one in use is asked again, slowed down like a sign-in: a browser left open is no
 * password. All other browsers of the account are signed out.
 */
export async function changeOwnPassword(
  db: Knex,
  { id, compte }: Connexion,
  { ancien, nouveau }: { readonly ancien: string; readonly nouveau: string },
): Promise<Resultat> {
  const { identifiant } = compte;
  const defect = passwordDefect(nouveau, identifiant);
  if (defect !== undefined) return { refus: defect };
  const cles = [`compte:${identifiant}`];
  if (await isSlowedDown(db, cles)) return { refus: TROP };
  await noteFailure(db, cles);
  const row = await db("compte").where({ id: compte.id }).first("mot_de_passe");
  if (row === undefined || !(await verifyPassword(ancien, row.mot_de_passe)))
    return { refus: "Le mot de passe actuel n'est pas celui-là : rien n'a été changé." };
  await noteSuccess(db, cles);
  const hash = await hashPassword(nouveau);
  return change(
    db,
    identifiant,
    { mot_de_passe: hash },
    { acteur: `compte:${identifiant}`, acte: "compte.mot_de_passe", sauf: id },
  );
}
