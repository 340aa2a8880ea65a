import type { Knex } from "knex";
import { recordAct } from "../audit/index.ts";
import type { Resultat } from "./comptes.ts";
import { empreinteOf, newJeton } from "./jeton.ts";

/** A key with which a partner pulls its feed; the key itself is shown once and kept nowhere. */
export interface CleDePartenaire {
  readonly id: number;
  readonly partner: string;
  readonly nom: string;
  readonly created_at: Date;
  readonly last_used_at: Date | null;
  readonly revoked_at: Date | null;
}

const COLONNES = ["id", "partner", "nom", "created_at", "last_used_at", "revoked_at"] as const;

/** Begins every key, so that one that leaked is recognised. */
const PREFIXE = "oi_";

/** Makes a key for a partner: shown to the operator now, never again. */
export async function createKey(
  db: Knex,
  { partner, nom }: { readonly partner: string; readonly nom: string },
  acteur: string,
): Promise<{ readonly cle: string } | { readonly refus: string }> {
  const cle = `${PREFIXE}${newJeton()}`;
  return db.transaction(async (trx) => {
    if ((await trx("partner").where({ id: partner }).first("id")) === undefined)
      return { refus: `Il n'y a pas de partenaire « ${partner} ».` };
    await trx("partner_key").insert({ partner, nom, cle_sha256: empreinteOf(cle) });
    await recordAct(trx, {
      acteur,
      acte: "cle.creer",
      objet: { type: "partenaire", id: partner },
      detail: { nom },
    });
    return { cle };
  });
}

/** Keys of a partner, or of all, the latest first. */
export async function readKeys(db: Knex, partner?: string): Promise<CleDePartenaire[]> {
  const query = db<CleDePartenaire>("partner_key")
    .select(...COLONNES)
    .orderBy("id", "desc");
  return partner === undefined ? query : query.where({ partner });
}

/** From now on the key opens nothing. */
export async function revokeKey(db: Knex, id: number, acteur: string): Promise<Resultat> {
  return db.transaction(async (trx) => {
    const [row] = await trx("partner_key")
      .where({ id, revoked_at: null })
      .update({ revoked_at: trx.raw("horloge()") })
      .returning(["partner", "nom"]);
    if (row === undefined) return { refus: `La clé ${id} n'existe pas ou est déjà révoquée.` };
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
       UPDATE partner_key SET last_used_at = horloge() WHERE cle_sha256 = ? AND revoked_at IS NULL
         AND (last_used_at IS NULL OR last_used_at < horloge() - interval '1 minute'))
     SELECT k.partner, p.profil FROM partner_key k JOIN partner p ON p.id = k.partner
     WHERE k.cle_sha256 = ? AND k.revoked_at IS NULL AND p.etat <> 'desactive'`,
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
