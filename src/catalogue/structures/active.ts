import type { Knex } from "knex";
import type { Compte } from "../../access/index.ts";
import type { Auteur, RoleCatalogue } from "../auteur.ts";
import { type ProfilDeStructure, roleOf, type TypeStructure } from "./profils.ts";

/** A structure that a person may act for. */
export interface StructureActive {
  readonly numero: string;
  readonly nom: string;
  readonly type: TypeStructure;
  readonly siret: string | null;
  readonly ville: string | null;
  readonly departement: string | null;
  readonly profils: readonly ProfilDeStructure[];
  /** Decides who else is attached. */
  readonly referent: boolean;
  readonly role: RoleCatalogue;
}

/** Who a person is in the catalogue now, and whom else it could act for (S20). */
export interface Place {
  readonly auteur: Auteur;
  readonly active: StructureActive;
  readonly structures: readonly StructureActive[];
}

interface Personne {
  readonly compte: Pick<Compte, "id" | "identifiant" | "nom" | "role">;
  /** Number of the open browser, which remembers the structure that was chosen. */
  readonly id: number;
}

/**
 * The structure that a signed-in person acts for: the one chosen in this browser, else the first it is attached to. An
 * administrator is of the control of each agency. Nothing for who is attached to none.
 */
export async function readPlace(db: Knex, { compte, id }: Personne): Promise<Place | undefined> {
  const structures = await structuresOf(db, compte);
  const chosen =
    structures.length < 2
      ? undefined
      : await db<{ id: number; structure: string | null }>("connexion").where({ id }).first("structure");
  const active = structures.find(({ numero }) => numero === chosen?.structure) ?? structures[0];
  if (active === undefined) return undefined;
  const { role, numero: structure } = active;
  const auteur = { acteur: `compte:${compte.identifiant}`, nom: compte.nom, role, structure };
  return { auteur, active, structures };
}

/** Makes a structure the active one in this browser (S20); false when the person is not of it. */
export async function chooseStructure(db: Knex, personne: Personne, numero: string): Promise<boolean> {
  const structures = await structuresOf(db, personne.compte);
  if (numero === "" || !structures.some((one) => one.numero === numero)) return false;
  await db("connexion").where({ id: personne.id }).update({ structure: numero });
  return true;
}

async function structuresOf(
  db: Knex,
  { id, role: duCompte }: Personne["compte"],
): Promise<readonly StructureActive[]> {
  const administrateur = duCompte === "administrateur";
  const { rows } = await db.raw<{ rows: Omit<StructureActive, "role">[] }>(
    `SELECT s.numero, s.nom, s.type, s.siret, s.ville, s.departement,
       array_agg(r.profil ORDER BY r.profil) AS profils, bool_or(r.referent) AS referent
     FROM structure s JOIN (
       SELECT r.structure, r.profil, r.referent FROM rattachement r JOIN compte c ON c.id = r.compte_id
       WHERE r.compte_id = :id AND r.etat = 'actif' AND c.disabled_at IS NULL
       UNION SELECT numero, 'controleur', true FROM structure WHERE :administrateur AND type = 'agence') r
     ON r.structure = s.numero
     WHERE s.disabled_at IS NULL GROUP BY s.numero ORDER BY s.nom, s.numero`,
    { id, administrateur },
  );
  const structures = rows.flatMap((row) => {
    const role = roleOf(row.profils);
    return role === undefined ? [] : [{ ...row, role }];
  });
  return structures.length === 0 && administrateur ? [SANS_AGENCE] : structures;
}

/** What an administrator acts for before the agency has its own structure. */
const SANS_AGENCE: StructureActive = {
  numero: "",
  nom: "Agence",
  type: "agence",
  siret: null,
  ville: null,
  departement: null,
  profils: ["controleur"],
  referent: false,
  role: "controle",
};
