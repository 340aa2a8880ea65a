import type { Knex } from "knex";
import { empreinteOf, newCle } from "../../access/index.ts";
import { recordAct } from "../../audit/index.ts";
import { act } from "../actes/act.ts";
import type { Auteur, RoleCatalogue } from "../auteur.ts";
import type { Refus } from "../refus.ts";
import { type Gerant, PAS_LA_VOTRE, peutGerer } from "./gerant.ts";
import type { TypeStructure } from "./profils.ts";
import { lockStructure } from "./structure.ts";

/** A key with which a structure's own software comes in; the key itself is shown once and kept nowhere. */
export interface CleDeStructure {
  readonly id: number;
  readonly structure: string;
  readonly nom: string;
  /** The first characters, by which its owner says which one it is. */
  readonly debut: string | null;
  readonly created_at: Date;
  readonly last_used_at: Date | null;
  readonly revoked_at: Date | null;
}

/** What a key does in the catalogue: what its structure is. */
const ROLES: Readonly<Record<TypeStructure, RoleCatalogue>> = {
  organisme: "of",
  financeur: "financeur",
  agence: "controle",
};

/** Keys of one structure that may open at once. */
const OUVERTES = 10;

/** Makes a key for a structure, by its referent or an administrator: shown now, never again. */
export async function createStructureKey(
  db: Knex,
  gerant: Gerant,
  { structure, nom }: { readonly structure: string; readonly nom: string },
): Promise<{ readonly cle: string } | Refus> {
  if (!(await peutGerer(db, gerant, structure))) return PAS_LA_VOTRE;
  const name = nom.trim().slice(0, 100);
  if (name === "") return { refus: "Dites à quoi elle servira : le nom du logiciel, par exemple." };
  return act(db, async (trx) => {
    const found = await lockStructure(trx, structure);
    if (found === undefined || found.disabled_at !== null)
      return { refus: `La structure « ${structure} » n'existe pas, ou est fermée.` };
    const open = await trx("structure_key").where({ structure, revoked_at: null }).select("id");
    if (open.length >= OUVERTES)
      return { refus: `${OUVERTES} clés sont déjà ouvertes : révoquez celles qui ne servent plus.` };
    const { cle, debut } = newCle();
    await trx("structure_key").insert({ structure, nom: name, debut, cle_sha256: empreinteOf(cle) });
    await recordAct(trx, {
      acteur: gerant.acteur,
      acte: "cle.creer",
      objet: { type: "structure", id: structure },
      detail: { nom: name },
    });
    return { cle };
  });
}

/** From now on the key opens nothing. */
export async function revokeStructureKey(
  db: Knex,
  gerant: Gerant,
  id: number,
): Promise<{ readonly fait: true } | Refus> {
  return act(db, async (trx) => {
    const row = await trx<CleDeStructure>("structure_key")
      .where({ id, revoked_at: null })
      .forUpdate()
      .first("structure", "nom");
    if (row === undefined || !(await peutGerer(trx, gerant, row.structure)))
      return { refus: "Cette clé n'ouvre déjà plus rien, ou n'est pas de votre structure." };
    await trx("structure_key")
      .where({ id })
      .update({ revoked_at: trx.raw("horloge()") });
    await recordAct(trx, {
      acteur: gerant.acteur,
      acte: "cle.revoquer",
      objet: { type: "structure", id: row.structure },
      detail: { nom: row.nom },
    });
    return { fait: true };
  });
}

/** Keys of a structure, the latest first; nothing of one that is not theirs to look after. */
export async function readStructureKeys(
  db: Knex,
  gerant: Gerant,
  structure: string,
): Promise<readonly CleDeStructure[] | Refus> {
  if (!(await peutGerer(db, gerant, structure))) return PAS_LA_VOTRE;
  const rows = await db<CleDeStructure>("structure_key")
    .where({ structure })
    .orderBy("id", "desc")
    .limit(100)
    .select("id", "structure", "nom", "debut", "created_at", "last_used_at", "revoked_at");
  return rows.map((row) => ({ ...row, id: Number(row.id) }));
}

/** Who acts with this key, by `Authorization: Bearer <key>`; nobody when it is revoked or its structure closed. */
export async function auteurOfKey(db: Knex, authorization: string | undefined): Promise<Auteur | undefined> {
  const cle = /^bearer +([\x21-\x7e]{1,200})$/i.exec(authorization ?? "")?.[1];
  if (cle === undefined) return undefined;
  const { rows } = await db.raw<{
    rows: { id: number; nom: string; structure: string; type: TypeStructure; nomStructure: string }[];
  }>(
    `WITH used AS (
       UPDATE structure_key SET last_used_at = horloge() WHERE cle_sha256 = :empreinte AND revoked_at IS NULL
         AND (last_used_at IS NULL OR last_used_at < horloge() - interval '1 minute'))
     SELECT k.id, k.nom, k.structure, s.type, s.nom AS "nomStructure" FROM structure_key k
       JOIN structure s ON s.numero = k.structure
     WHERE k.cle_sha256 = :empreinte AND k.revoked_at IS NULL AND s.disabled_at IS NULL`,
    { empreinte: empreinteOf(cle) },
  );
  const [row] = rows;
  if (row === undefined) return undefined;
  const { id, nom, structure, type, nomStructure } = row;
  return { acteur: `cle:${id}`, nom: `${nom} (${nomStructure})`, role: ROLES[type], structure };
}
