import type { Knex } from "knex";
import { empreinteOf, newJeton } from "../../src/access/jeton.ts";
import { attach, type Gerant, type ProfilDeStructure } from "../../src/catalogue/index.ts";
import { done } from "./catalogue.ts";

/** Real keys, of nobody that these tests speak of. */
export const SIRETS = ["73282932000074", "44306184100047"] as const;

/** The form of a training body, filled. */
export function ficheOrganisme(fields: Record<string, unknown> = {}): Record<string, unknown> {
  return {
    nom: "École d'essai",
    raison_sociale: "École d'essai SAS",
    siret: SIRETS[0],
    numero_activite: "75331234533",
    uai: "",
    qualiopi: ["formation"],
    voie: "12 rue des Lilas",
    complement: "",
    code_postal: "33600",
    ville: "Pessac",
    telephone: "05 56 00 00 00",
    courriel: "contact@ecole-essai.fr",
    web: "",
    compte_kairos: true,
    contact_nom: "Martin",
    contact_prenom: "Anne",
    contact_telephone: "",
    contact_courriel: "anne.martin@ecole-essai.fr",
    ...fields,
  };
}

/** What an account is for a structure. */
export interface RattachementVoulu {
  readonly structure: string;
  readonly profil: ProfilDeStructure;
  readonly referent?: boolean;
}

/** Attaches an account that is there to a structure. */
export async function rattacher(db: Knex, identifiant: string, voulu: RattachementVoulu): Promise<void> {
  done(await attach(db, { acteur: "essai", administrateur: true }, { identifiant, ...voulu }));
}

/** An account that is signed in, attached when a structure is given. */
export async function unCompte(
  db: Knex,
  identifiant: string,
  rattachement?: RattachementVoulu,
  role: "membre" | "administrateur" = "membre",
) {
  const [row] = await db("compte").insert({ identifiant, nom: identifiant, role, mot_de_passe: "aucun" }, [
    "id",
  ]);
  const compte = { id: Number(row?.id), identifiant, nom: identifiant, role };
  const jeton = newJeton();
  const [connexion] = await db("connexion").insert(
    { jeton_sha256: empreinteOf(jeton), compte_id: compte.id },
    ["id"],
  );
  const gerant: Gerant = {
    acteur: `compte:${identifiant}`,
    administrateur: role === "administrateur",
    compte: compte.id,
  };
  if (rattachement !== undefined) await rattacher(db, identifiant, rattachement);
  return { compte, gerant, jeton, personne: { id: Number(connexion?.id), compte } };
}
