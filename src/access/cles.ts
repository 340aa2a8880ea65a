import type { Knex } from "knex";
import { recordAct } from "../audit/index.ts";
import type { Resultat } from "./comptes.ts";
import { empreinteOf, newJeton } from "./jeton.ts";

/** A key with which a partner pulls its feed; the key itself is shown once and kept nowhere. */
export interface CleDePartenaire {
  readonly id: number;
  readonly partner: string;
  readonly nom: string;
  /** The first characters, by which a partner says which one it holds; null for the oldest keys. */
  readonly debut: string | null;
  readonly created_at: Date;
  readonly last_used_at: Date | null;
  /** From then on it opens nothing; null: it does not end by itself. */
  readonly expire_at: Date | null;
  readonly revoked_at: Date | null;
}

/** A key, shown now and never again, or why there is none. */
export type CleMontree = { readonly cle: string } | { readonly refus: string };

const COLONNES = [
  "id",
  "partner",
  "nom",
  "debut",
  "created_at",
  "last_used_at",
  "expire_at",
  "revoked_at",
] as const;

/** Begins every key, so that one that leaked is recognised. */
const PREFIXE = "oi_";
/** Characters of a key that are kept; the 38 others are out of reach. */
const DEBUT = PREFIXE.length + 5;

/** Days during which both keys open, at least and at most, when one takes the place of another. */
export const RECOUVREMENT = { min: 0, usuel: 7, max: 90 } as const;

/** SQL: does this row of `partner_key` still open anything? */
const OPENS = "revoked_at IS NULL AND (expire_at IS NULL OR expire_at > horloge())";

/** Makes a key for a partner: shown to the operator now, never again. */
export async function createKey(
  db: Knex,
  { partner, nom }: { readonly partner: string; readonly nom: string },
  acteur: string,
): Promise<CleMontree> {
  return db.transaction(async (trx) => {
    if ((await trx("partner").where({ id: partner }).first("id")) === undefined)
      return { refus: `Il n'y a pas de partenaire « ${partner} ».` };
    const cle = await insertKey(trx, { partner, nom });
    await recordAct(trx, {
      acteur,
      acte: "cle.creer",
      objet: { type: "partenaire", id: partner },
      detail: { nom },
    });
    return { cle };
  });
}

async function insertKey(
  trx: Knex.Transaction,
  of: { readonly partner: string; readonly nom: string },
): Promise<string> {
  const { cle, debut } = newCle();
  await trx("partner_key").insert({ ...of, debut, cle_sha256: empreinteOf(cle) });
  return cle;
}

/** A key nobody can guess, and the part of it that is kept. */
export function newCle(): { readonly cle: string; readonly debut: string } {
  const cle = `${PREFIXE}${newJeton()}`;
  return { cle, debut: cle.slice(0, DEBUT) };
}

/**
 * Makes a key in the place of another, which goes on opening for some days: the partner changes it when it suits.
 * @param jours see {@link RECOUVREMENT}; a key that ends earlier by itself still does
 */
export async function rotateKey(
  db: Knex,
  { id, jours, partner }: { readonly id: number; readonly jours: number; readonly partner?: string },
  acteur: string,
): Promise<CleMontree> {
  const { min, max } = RECOUVREMENT;
  if (!Number.isInteger(jours) || jours < min || jours > max)
    return { refus: `L'ancienne clé peut encore servir de ${min} à ${max} jours.` };
  return db.transaction(async (trx) => {
    const [row] = await trx("partner_key")
      .where({ id, ...(partner === undefined ? {} : { partner }) })
      .whereRaw(OPENS)
      .update({
        expire_at: trx.raw("least(coalesce(expire_at, 'infinity'), horloge() + ? * interval '1 day')", [
          jours,
        ]),
      })
      .returning(["partner", "nom"]);
    if (row === undefined) return { refus: gone(id) };
    const cle = await insertKey(trx, row);
    await recordAct(trx, {
      acteur,
      acte: "cle.remplacer",
      objet: { type: "partenaire", id: row.partner },
      detail: { nom: row.nom, jours },
    });
    return { cle };
  });
}

const gone = (id: number): string => `La clé ${id} n'existe pas, ou n'ouvre déjà plus rien.`;

/** Keys of a partner, or of all, the latest first. */
export async function readKeys(db: Knex, partner?: string): Promise<CleDePartenaire[]> {
  const query = db<CleDePartenaire>("partner_key")
    .select(...COLONNES)
    .orderBy("id", "desc");
  return partner === undefined ? query : query.where({ partner });
}

/** From now on the key opens nothing. @param partner when given, only if it is that partner's */
export async function revokeKey(db: Knex, id: number, acteur: string, partner?: string): Promise<Resultat> {
  return db.transaction(async (trx) => {
    const [row] = await trx("partner_key")
      .where({ id, revoked_at: null, ...(partner === undefined ? {} : { partner }) })
      .update({ revoked_at: trx.raw("horloge()") })
      .returning(["partner", "nom"]);
    if (row === undefined) return { refus: gone(id) };
    await recordAct(trx, {
      acteur,
      acte: "cle.revoquer",
      objet: { type: "partenaire", id: row.partner },
      detail: { nom: row.nom },
    });
    return { fait: true };
  });
}

/**
 * The partner that holds this key, by `Authorization: Bearer <key>` or `Basic <partner>:<key>`; a Basic name that is not
 * the key's partner is nobody.
 */
export async function partnerOfKey(
  db: Knex,
  authorization: string | undefined,
): Promise<{ readonly partner: string; readonly profil: string } | undefined> {
  const given = credentialsOf(authorization);
  if (given === undefined) return undefined;
  const { rows } = await db.raw<{ rows: { partner: string; profil: string }[] }>(
    `WITH used AS (
       UPDATE partner_key SET last_used_at = horloge() WHERE cle_sha256 = ? AND ${OPENS}
         AND (last_used_at IS NULL OR last_used_at < horloge() - interval '1 minute'))
     SELECT k.partner, p.profil FROM partner_key k JOIN partner p ON p.id = k.partner
     WHERE k.cle_sha256 = ? AND ${OPENS} AND p.etat <> 'desactive'`,
    [empreinteOf(given.cle), empreinteOf(given.cle)],
  );
  const [row] = rows;
  return row !== undefined && (given.nom === undefined || given.nom === row.partner) ? row : undefined;
}

function credentialsOf(authorization: string | undefined): { nom?: string; cle: string } | undefined {
  const [, scheme = "", value = ""] = /^(\S+)\s+(\S+)$/.exec(authorization ?? "") ?? [];
  if (value.length > 500) return undefined;
  switch (scheme.toLowerCase()) {
    case "bearer":
      return { cle: value };
    case "basic": {
      const text = Buffer.from(value, "base64").toString("utf8");
      const colon = text.indexOf(":");
      return colon === -1 ? undefined : { nom: text.slice(0, colon), cle: text.slice(colon + 1) };
    }
    default:
      return undefined;
  }
}
