import type { Knex } from "knex";
import { type Organisme, zOrganisme } from "../../published/contract/index.ts";
import { motsDe, requeteDe } from "../../published/index.ts";
import type { TypeStructure } from "./profils.ts";

export interface Structure {
  readonly numero: string;
  readonly type: TypeStructure;
  readonly nom: string;
  readonly siret: string | null;
  readonly ville: string | null;
  readonly departement: string | null;
  /** Of an organisme: its record of the contract. */
  readonly contenu: Organisme | null;
  readonly revision: number;
  readonly disabled_at: Date | null;
}

/** A structure as a list shows it (S11). */
export interface StructureListee extends Omit<Structure, "contenu" | "revision"> {
  /** Names of its referents. */
  readonly referents: readonly string[];
  readonly rattaches: number;
}

export async function readStructure(db: Knex, numero: string): Promise<Structure | undefined> {
  const row = await db<Structure>("structure")
    .where({ numero })
    .first("numero", "type", "nom", "siret", "ville", "departement", "contenu", "revision", "disabled_at");
  if (row === undefined) return undefined;
  return { ...row, contenu: row.contenu === null ? null : zOrganisme.parse(row.contenu) };
}

/** The same, for whoever changes it to wait its turn; those who write what belongs to it only need the row to stay. */
export async function lockStructure(trx: Knex.Transaction, numero: string): Promise<Structure | undefined> {
  await trx.raw("SELECT FROM structure WHERE numero = ? FOR NO KEY UPDATE", [numero]);
  return readStructure(trx, numero);
}

/** The record of an organisme that something of the catalogue belongs to. */
export async function organismeOf(db: Knex, numero: string): Promise<Organisme> {
  const row = await db<Structure>("structure").where({ numero }).first("contenu");
  if (row === undefined) throw new Error(`structure ${numero} does not exist`);
  return zOrganisme.parse(row.contenu);
}

const LISTEE = `s.numero, s.type, s.nom, s.siret, s.ville, s.departement, s.disabled_at,
  (SELECT count(DISTINCT r.compte_id)::integer FROM rattachement r
   WHERE r.structure = s.numero AND r.etat = 'actif') AS rattaches,
  ARRAY(SELECT DISTINCT c.nom FROM rattachement r JOIN compte c ON c.id = r.compte_id
   WHERE r.structure = s.numero AND r.etat = 'actif' AND r.referent AND c.disabled_at IS NULL ORDER BY c.nom) AS referents`;

/**
 * Structures by words of their name or by the beginning of their SIRET (S13, S97), by name; all of them when nothing is asked.
 * @param apres number of the last one seen: the next page
 * @param fermees closed ones as well
 */
export async function searchStructures(
  db: Knex,
  {
    texte = "",
    apres,
    limit,
    fermees = false,
  }: { texte?: string; apres?: string | undefined; limit: number; fermees?: boolean },
): Promise<readonly StructureListee[]> {
  const chiffres = texte.replaceAll(/[\s.]/g, "");
  const siret = /^\d{3,14}$/.test(chiffres) ? chiffres : null;
  const mots = motsDe(texte);
  if (texte.trim() !== "" && siret === null && mots.length === 0) return [];
  const { rows } = await db.raw<{ rows: StructureListee[] }>(
    `SELECT ${LISTEE} FROM structure s
     WHERE (:fermees OR s.disabled_at IS NULL)
       AND (:mots::text IS NULL OR mots_cherches(s.nom) @@ to_tsquery('french', :mots)
         OR (:siret::text IS NOT NULL AND s.siret LIKE :siret || '%'))
       AND (:apres::text IS NULL OR (s.nom, s.numero) > (SELECT nom, numero FROM structure WHERE numero = :apres))
     ORDER BY s.nom, s.numero LIMIT :limit`,
    {
      mots: mots.length === 0 ? null : requeteDe(mots),
      siret,
      apres: apres ?? null,
      limit,
      fermees,
    },
  );
  return rows;
}

/** The open organisme of this SIRET: how a funder names it (S31). */
export async function organismeOfSiret(db: Knex, siret: string): Promise<string | undefined> {
  const rows = await db<Structure>("structure")
    .where({ siret, type: "organisme", disabled_at: null })
    .orderBy("numero")
    .limit(2)
    .select("numero");
  // Two of them: the number has to tell which.
  return rows.length === 1 ? rows[0]?.numero : undefined;
}

/** Names of the referents of each of these structures. */
export async function referentsOf(
  db: Knex,
  structures: readonly string[],
): Promise<ReadonlyMap<string, readonly string[]>> {
  if (structures.length === 0) return new Map();
  const { rows } = await db.raw<{ rows: { structure: string; noms: string[] }[] }>(
    `SELECT r.structure, array_agg(DISTINCT c.nom ORDER BY c.nom) AS noms
     FROM rattachement r JOIN compte c ON c.id = r.compte_id
     WHERE r.structure = ANY (?::text[]) AND r.etat = 'actif' AND r.referent AND c.disabled_at IS NULL
     GROUP BY r.structure`,
    [[...structures]],
  );
  return new Map(rows.map(({ structure, noms }) => [structure, noms]));
}
