import type { Objet } from "../objet.ts";
import type { Champ, Element, Groupe, Repetition, Saisie } from "./definition.ts";
import { choixDe, limiteDe, maximumDe } from "./lheo.ts";

type Genre = "action" | "modalites" | "session";

/** What a field is beside its name, its title and how it is typed. */
type Reste = Partial<Pick<Champ, "aide" | "requis" | "voies" | "limite">> & Pick<Champ, "source">;

export function champ(nom: string, titre: string, saisie: Saisie, reste: Reste): Champ {
  return { genre: "champ", nom, titre, saisie, ...reste };
}

/** Fields of a part of the record: where it stands there gives their limits. */
export class Lieu {
  readonly #genre: Genre;
  readonly #base: string;

  /** @param base path in the record with its final dot, lists as `[]`: `lieux[].coordonnees.`; of the modalités, below `modalites` */
  constructor(genre: Genre, base = "") {
    this.#genre = genre;
    this.#base = base;
  }

  /** `modalites` are one table of places and one object of the record. */
  #nom(nom: string): string {
    return this.#genre === "modalites" ? `modalites.${nom}` : nom;
  }

  #limite(nom: string): { readonly limite?: number | undefined } {
    return { limite: limiteDe(this.#genre, this.#base + nom) };
  }

  ligne(nom: string, titre: string, reste: Reste & Omit<Extract<Saisie, { type: "ligne" }>, "type">): Champ {
    const { clavier, autocomplete, serre, ...others } = reste;
    const saisie: Saisie = {
      type: "ligne",
      ...(clavier === undefined ? {} : { clavier }),
      ...(autocomplete === undefined ? {} : { autocomplete }),
      ...(serre === undefined ? {} : { serre }),
    };
    return champ(this.#nom(nom), titre, saisie, { ...this.#limite(nom), ...others });
  }

  texte(nom: string, titre: string, reste: Reste, lignes = 4): Champ {
    return champ(this.#nom(nom), titre, { type: "texte", lignes }, { ...this.#limite(nom), ...reste });
  }

  liste(nom: string, titre: string, reste: Reste): Champ {
    return champ(
      this.#nom(nom),
      titre,
      { type: "choix", forme: "liste", choix: choixDe(this.#genre, this.#base + nom) },
      reste,
    );
  }

  /** Several texts, one a line. */
  lignes(
    nom: string,
    titre: string,
    reste: Reste & { readonly autocomplete?: string; readonly forme?: "lignes" | "ligne" },
  ): Champ {
    const { autocomplete, forme = "lignes", ...others } = reste;
    return champ(
      this.#nom(nom),
      titre,
      {
        type: "liste",
        forme,
        de: "texte",
        max: maximumDe(this.#genre, `${this.#base + nom}[]`),
        ...(autocomplete === undefined ? {} : { autocomplete }),
      },
      { ...this.#limite(nom), ...others },
    );
  }
}

export const COORDONNEES_VIDES: Objet = { lignes: [], telfixe: [], portable: [], fax: [], web: [] };
export const ADRESSE_VIDE: Objet = { lignes: [], code_postal: "", ville: "" };
/** Dates of LHEO that are not known. */
export const PERIODE_VIDE: Objet = { debut: "00000000", fin: "99999999" };

/** S111: the lines, the postal code and the town of an address. */
export function adresse(
  genre: "action" | "session" | "modalites",
  base: string,
  { source, requis = false }: { readonly source: string; readonly requis?: boolean },
): readonly Element[] {
  const la = new Lieu(genre, base);
  const elements = [
    la.ligne("denomination", "Nom du lieu", {
      aide: "Le bâtiment ou l'établissement, tel qu'on le lit sur la porte.",
      autocomplete: "organization",
      source,
    }),
    la.lignes("lignes", "Nom de la voie", {
      aide: "Numéro et voie ; sur les lignes suivantes, le complément s'il y en a un.",
      autocomplete: "street-address",
      requis,
      source,
    }),
    la.ligne("code_postal", "Code postal", {
      clavier: "numeric",
      serre: true,
      autocomplete: "postal-code",
      requis,
      source,
    }),
    la.ligne("ville", "Ville", { autocomplete: "address-level2", requis, source }),
  ];
  // These stand inside their group, which has the way to them.
  return elements.map((one) => ({ ...one, nom: one.nom.replace(/^modalites\./, "") }));
}

/** Who to ask, and how: S66, S98. */
function contact(genre: "action" | "session", base: string, source: string): readonly Element[] {
  const qui = new Lieu(genre, `${base}.`);
  const de = new Lieu(genre, `${base}.coordonnees.`);
  const coordonnees: Groupe = {
    genre: "groupe",
    nom: "coordonnees",
    titre: "",
    modele: COORDONNEES_VIDES,
    fixe: true,
    source,
    elements: [
      de.ligne("civilite", "Civilité", { autocomplete: "honorific-prefix", source }),
      de.ligne("prenom", "Prénom", { autocomplete: "given-name", source }),
      de.ligne("nom", "Nom", { autocomplete: "family-name", source }),
      de.lignes("telfixe", "Téléphone", { forme: "ligne", autocomplete: "tel", source }),
      de.lignes("portable", "Portable", { forme: "ligne", autocomplete: "tel", source }),
      de.ligne("courriel", "Courriel", {
        aide: "Un téléphone ou un courriel au moins.",
        clavier: "email",
        autocomplete: "email",
        requis: true,
        source,
      }),
    ],
  };
  return [qui.liste("type_contact", "Rôle", { source }), coordonnees];
}

const CONTACT_VIDE: Objet = { principal: false, coordonnees: COORDONNEES_VIDES };

/** S66: the list of them. */
export function listeDeContacts(
  genre: "action" | "session",
  { source, requis }: { readonly source: string; readonly requis?: true },
): Repetition {
  return {
    genre: "repetition",
    nom: "contacts",
    titre: "Contacts",
    un: "Contact",
    ajouter: "Ajouter un contact",
    max: maximumDe(genre, "contacts[].coordonnees.nom"),
    modele: CONTACT_VIDE,
    ...(requis === undefined ? {} : { requis }),
    source,
    elements: contact(genre, "contacts[]", source),
  };
}
