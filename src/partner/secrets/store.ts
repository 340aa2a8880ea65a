import type { Knex } from "knex";
import { seal, unseal } from "./cipher.ts";
import type { Keyring } from "./keyring.ts";
import { isSecretName, type SecretName, type Secrets } from "./names.ts";

interface Row {
  readonly partner: string;
  readonly nom: string;
  readonly cle_id: string;
  readonly chiffre: Buffer;
}

/** A secret as it may be shown. */
export interface SecretInfo {
  readonly partner: string;
  readonly nom: string;
  readonly cleId: string;
  readonly updatedAt: Date;
}

/** Secrets that are there and cannot be read here. */
export interface Unreadable {
  /** What and why, in French. */
  readonly message: string;
}

/** A secret as it is kept, for whoever reads it beside other things: {@link sealedJson} gives it, {@link openSecrets} reads it. */
export interface SealedSecret {
  readonly nom: string;
  readonly cle_id: string;
  /** In base64. */
  readonly chiffre: string;
}

const contextOf = ({ partner, nom }: Pick<Row, "partner" | "nom">): string => `${partner}\0${nom}`;

/** All secrets of a partner in clear, or why they cannot be read: one that is unreadable makes all of them so. */
export async function readSecrets(
  db: Knex,
  keyring: Keyring,
  partner: string,
): Promise<Secrets | Unreadable> {
  const rows = await db<Row>("partner_secret")
    .where({ partner })
    .select("partner", "nom", "cle_id", "chiffre");
  return open(keyring, rows);
}

/**
 * SQL that gives the secrets of a partner as JSON, still encrypted.
 * @param partner SQL of its id
 */
export const sealedJson = (partner: string): string =>
  `(SELECT coalesce(jsonb_agg(jsonb_build_object('nom', s.nom, 'cle_id', s.cle_id,
      'chiffre', encode(s.chiffre, 'base64'))), '[]') FROM partner_secret s WHERE s.partner = ${partner})`;

/** The same as {@link readSecrets}, of what was read already. */
export function openSecrets(
  keyring: Keyring,
  partner: string,
  sealed: readonly SealedSecret[],
): Secrets | Unreadable {
  return open(
    keyring,
    sealed.map(({ nom, cle_id, chiffre }) => ({
      partner,
      nom,
      cle_id,
      chiffre: Buffer.from(chiffre, "base64"),
    })),
  );
}

function open(keyring: Keyring, rows: readonly Row[]): Secrets | Unreadable {
  const found = new Map<SecretName, string>();
  for (const row of rows) {
    const text = textOf(keyring, row);
    if (text === undefined) return { message: unreadable(keyring, row) };
    if (isSecretName(row.nom)) found.set(row.nom, text);
  }
  return found;
}

function textOf(keyring: Keyring, row: Row): string | undefined {
  const key = keyring.find(({ id }) => id === row.cle_id);
  return key === undefined ? undefined : unseal(key, contextOf(row), row.chiffre);
}

function unreadable(keyring: Keyring, { partner, nom, cle_id }: Row): string {
  const what = `Le secret « ${nom} » du destinataire « ${partner} » ne se lit pas`;
  if (keyring.some(({ id }) => id === cle_id))
    return `${what} : il a été abîmé ou déplacé en base. Enregistrez-le de nouveau : offre-info secrets set ${partner} ${nom}`;
  return `${what} : il est chiffré avec la clé ${cle_id}, que SECRETS_KEY ne donne pas. Remettez cette clé dans SECRETS_KEY, ou enregistrez-le de nouveau : offre-info secrets set ${partner} ${nom}`;
}

/** Secrets without their values, of one partner or of all. */
export async function listSecrets(db: Knex, partner?: string): Promise<SecretInfo[]> {
  const rows = await db<Row & { updated_at: Date }>("partner_secret")
    .where(partner === undefined ? {} : { partner })
    .select("partner", "nom", "cle_id", "updated_at")
    .orderBy(["partner", "nom"]);
  return rows.map((row) => ({
    partner: row.partner,
    nom: row.nom,
    cleId: row.cle_id,
    updatedAt: row.updated_at,
  }));
}

/**
 * Writes a secret, in place of the one that has this name.
 * @returns false when there is no key to encrypt with
 */
export async function writeSecret(
  trx: Knex,
  keyring: Keyring,
  { partner, nom, texte }: { readonly partner: string; readonly nom: SecretName; readonly texte: string },
): Promise<boolean> {
  const [key] = keyring;
  if (key === undefined) return false;
  const chiffre = seal(key, contextOf({ partner, nom }), texte);
  await trx("partner_secret")
    .insert({ partner, nom, cle_id: key.id, chiffre, updated_at: trx.raw("horloge()") })
    .onConflict(["partner", "nom"])
    .merge();
  return true;
}

/** @returns false when there was none of this name */
export async function removeSecret(trx: Knex, partner: string, nom: string): Promise<boolean> {
  return (await trx("partner_secret").where({ partner, nom }).delete()) === 1;
}

/** What a rotation did. */
export interface Rotation {
  readonly rechiffres: number;
  /** What could not be read, in French, one sentence each. */
  readonly illisibles: readonly string[];
}

/**
 * Encrypts again, with the first key, what another one encrypted. One row at a time: what was cut is taken up again by
 * the next call, and a secret that is changed meanwhile stays as it was changed.
 */
export async function rotateSecrets(db: Knex, keyring: Keyring): Promise<Rotation> {
  const [first] = keyring;
  if (first === undefined) return { rechiffres: 0, illisibles: [] };
  const rows = await db<Row>("partner_secret").whereNot({ cle_id: first.id }).orderBy(["partner", "nom"]);
  const illisibles: string[] = [];
  let rechiffres = 0;
  for (const row of rows) {
    const { partner, nom, chiffre } = row;
    const text = textOf(keyring, row);
    if (text === undefined) illisibles.push(unreadable(keyring, row));
    else
      rechiffres += await db("partner_secret")
        .where({ partner, nom, chiffre })
        .update({ cle_id: first.id, chiffre: seal(first, contextOf(row), text) });
  }
  return { rechiffres, illisibles };
}
