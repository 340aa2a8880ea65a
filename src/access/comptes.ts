import type { Knex } from "knex";
import { z } from "zod";
import { recordAct } from "../audit/index.ts";
import { hashPassword, passwordDefect } from "./password.ts";
import { ROLES, type Role } from "./roles.ts";

/** Someone who may come in. */
export interface Compte {
  readonly id: number;
  readonly identifiant: string;
  readonly nom: string;
  readonly role: Role;
  readonly disabled_at: Date | null;
}

/** What an account is made of. */
export const zCompte = z.strictObject({
  identifiant: z
    .string()
    .trim()
    .toLowerCase()
    .regex(/^[a-z0-9][a-z0-9._@+-]{1,99}$/, "2 à 100 lettres sans accent, chiffres, points, tirets ou @"),
  nom: z.string().trim().min(1, "un nom").max(200),
  role: z.enum(ROLES),
});

/** Done, or why not, in French. */
export type Resultat = { readonly fait: true } | { readonly refus: string };

export const COLONNES = ["id", "identifiant", "nom", "role", "disabled_at"] as const;

/** All accounts, by name. */
export async function readComptes(db: Knex): Promise<Compte[]> {
  return db<Compte>("compte")
    .select(...COLONNES)
    .orderBy("identifiant");
}

/** Makes an account; who makes it is in the audit. */
export async function createCompte(
  db: Knex,
  compte: z.input<typeof zCompte>,
  motDePasse: string,
  acteur: string,
): Promise<Resultat> {
  const read = zCompte.safeParse(compte);
  if (!read.success)
    return {
      refus: read.error.issues.map(({ path, message }) => `${path.join(".")} : ${message}`).join(" ; "),
    };
  const { identifiant, role } = read.data;
  const defect = passwordDefect(motDePasse, identifiant);
  if (defect !== undefined) return { refus: defect };
  const hash = await hashPassword(motDePasse);
  return db.transaction(async (trx) => {
    const made = await trx("compte")
      .insert({ ...read.data, mot_de_passe: hash })
      .onConflict("identifiant")
      .ignore()
      .returning("id");
    if (made.length === 0) return { refus: `Le compte « ${identifiant} » existe déjà.` };
    await recordAct(trx, {
      acteur,
      acte: "compte.creer",
      objet: { type: "compte", id: identifiant },
      detail: { role },
    });
    return { fait: true };
  });
}

/** Gives an account another password; whoever is signed in with it has to come in again. */
export async function changePassword(
  db: Knex,
  identifiant: string,
  motDePasse: string,
  acteur: string,
): Promise<Resultat> {
  const defect = passwordDefect(motDePasse, identifiant);
  if (defect !== undefined) return { refus: defect };
  const hash = await hashPassword(motDePasse);
  return change(db, identifiant, { mot_de_passe: hash }, { acteur, acte: "compte.mot_de_passe" });
}

/** Shuts an account at once, or opens it again. */
export async function setCompteOuvert(
  db: Knex,
  identifiant: string,
  ouvert: boolean,
  acteur: string,
): Promise<Resultat> {
  return change(
    db,
    identifiant,
    { disabled_at: ouvert ? null : db.raw("horloge()") },
    { acteur, acte: ouvert ? "compte.rouvrir" : "compte.fermer" },
  );
}

async function change(
  db: Knex,
  identifiant: string,
  fields: Readonly<Record<string, unknown>>,
  act: { readonly acteur: string; readonly acte: string },
): Promise<Resultat> {
  return db.transaction(async (trx) => {
    const rows = await trx("compte")
      .where({ identifiant: identifiant.toLowerCase() })
      .update(fields)
      .returning("id");
    const [row] = rows;
    if (row === undefined) return { refus: `Il n'y a pas de compte « ${identifiant} ».` };
    await trx("connexion").where({ compte_id: row.id }).delete();
    await recordAct(trx, { ...act, objet: { type: "compte", id: identifiant.toLowerCase() } });
    return { fait: true };
  });
}
