import type { Knex } from "knex";
import { z } from "zod";
import { recordAct } from "../audit/index.ts";
import { STILL_OPEN } from "./duree.ts";
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

/** An account as those who look after accounts see it. */
export interface CompteSuivi extends Compte {
  readonly created_at: Date;
  readonly last_sign_in_at: Date | null;
  /** Browsers that are signed in with it now. */
  readonly connexions: number;
  /** Until when the link to choose a password works, if one is waiting. */
  readonly lien: Date | null;
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
export async function readComptes(db: Knex): Promise<CompteSuivi[]> {
  const { rows } = await db.raw<{ rows: CompteSuivi[] }>(`${SUIVI} ORDER BY c.identifiant`);
  return rows;
}

/** One account by its number. */
export async function readCompte(db: Knex, id: number): Promise<CompteSuivi | undefined> {
  const { rows } = await db.raw<{ rows: CompteSuivi[] }>(`${SUIVI} WHERE c.id = ?`, [id]);
  return rows[0];
}

const SUIVI = `SELECT ${COLONNES.map((one) => `c.${one}`).join(", ")}, c.created_at, c.last_sign_in_at,
    (SELECT count(*) FROM connexion o WHERE o.compte_id = c.id AND ${STILL_OPEN}) AS connexions,
    (SELECT max(i.expire_at) FROM invitation i
     WHERE i.compte_id = c.id AND i.used_at IS NULL AND i.expire_at > horloge()) AS lien
  FROM compte c`;

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
    { acteur, acte: ouvert ? "compte.rouvrir" : "compte.fermer", ...(ouvert ? {} : { retire: true }) },
  );
}

/** Gives an account another role; whoever is signed in with it has to come in again. */
export async function changeRole(
  db: Knex,
  identifiant: string,
  role: Role,
  acteur: string,
): Promise<Resultat> {
  const retire = role !== "administrateur";
  return change(db, identifiant, { role }, { acteur, acte: "compte.role", detail: { role }, retire });
}

interface Changement {
  readonly acteur: string;
  readonly acte: string;
  readonly detail?: Readonly<Record<string, unknown>>;
  /** Afterwards the account is no administrator any more: there must be another. */
  readonly retire?: boolean;
  /** A browser that stays signed in. */
  readonly sauf?: number;
}

/** Changes an account in one transaction with its act; its open browsers and the link it was sent are over. */
export async function change(
  db: Knex,
  identifiant: string,
  fields: Readonly<Record<string, unknown>>,
  { retire = false, sauf, ...act }: Changement,
): Promise<Resultat> {
  const name = identifiant.toLowerCase();
  return db.transaction(async (trx) => {
    if (retire && (await isLastAdministrator(trx, name)))
      return {
        refus: `« ${name} » est le dernier administrateur : donnez d'abord ce rôle à quelqu'un d'autre.`,
      };
    const rows = await trx("compte").where({ identifiant: name }).update(fields).returning("id");
    const [row] = rows;
    if (row === undefined) return { refus: `Il n'y a pas de compte « ${identifiant} ».` };
    const browsers = trx("connexion").where({ compte_id: row.id });
    if (sauf !== undefined) browsers.whereNot({ id: sauf });
    await browsers.delete();
    await trx("invitation").where({ compte_id: row.id, used_at: null }).delete();
    await recordAct(trx, { ...act, objet: { type: "compte", id: name } });
    return { fait: true };
  });
}

/** Locks all administrators: two of them cannot dismiss each other at the same time. */
async function isLastAdministrator(trx: Knex.Transaction, identifiant: string): Promise<boolean> {
  const all: string[] = await trx("compte")
    .where({ role: "administrateur", disabled_at: null })
    .orderBy("id")
    .forUpdate()
    .pluck("identifiant");
  return all.length === 1 && all[0] === identifiant;
}
