import type { Section } from "../definition.ts";
import { maximumDe } from "../lheo.ts";
import { ADRESSE_VIDE, adresse, champ, Lieu, listeDeContacts } from "../pieces.ts";

const la = new Lieu("action");
const mod = new Lieu("modalites");

/** Who may come in, and on which terms (S86–S88). */
export const acces: Section = {
  id: "acces",
  titre: "Conditions d'accès",
  elements: [
    mod.texte(
      "conditions_acces",
      "Conditions d'accès réglementaires",
      {
        aide: "Âge, permis, visite médicale, statut… exigés par un texte. S'il n'y en a pas, écrivez « RAS ».",
        requis: true,
        source: "S86",
      },
      3,
    ),
    mod.texte(
      "prerequis",
      "Prérequis pédagogiques",
      { aide: "Diplôme, niveau ou formation à avoir avant de s'inscrire.", source: "S87" },
      3,
    ),
    la.liste("niveau_entree", "Niveau à l'entrée", { source: "S87, LHEO code-niveau-entree" }),
    champ(
      "modalites.niveau_entree_obligatoire",
      "Ce niveau est-il obligatoire ?",
      { type: "oui_non" },
      { source: "LHEO niveau-entree-obligatoire" },
    ),
    mod.ligne("info_public", "Public concerné", {
      aide: "En clair : salariés, demandeurs d'emploi, jeunes de 16 à 25 ans…",
      source: "LHEO info-public-vise",
    }),
    champ(
      "modalites.publics",
      "Codes du public (Formacode)",
      { type: "codes", de: "reference", longueur: 5, max: maximumDe("modalites", "publics[]") },
      {
        aide: "83056 : tout public. Laissez vide si la formation est ouverte à tous.",
        source: "LHEO code-public-vise",
      },
    ),
    mod.texte(
      "modalites_recrutement",
      "Recrutement",
      {
        aide: "Toute information qui rend lisible le recrutement : dossier, tests, entretien, calendrier.",
        source: "S88",
      },
      3,
    ),
    mod.liste("perimetre_recrutement", "D'où peuvent venir les candidats", {
      source: "LHEO code-perimetre-recrutement",
    }),
    mod.ligne("infos_perimetre_recrutement", "Précision sur ce périmètre", {
      source: "LHEO infos-perimetre-recrutement",
    }),
  ],
};

/** Meals, rooms, access, and where one is told more. */
export const accueil: Section = {
  id: "accueil",
  titre: "Accueil et accessibilité",
  elements: [
    mod.texte(
      "acces_handicapes",
      "Accueil des personnes handicapées",
      { aide: "Accès aux locaux, aménagements possibles, qui contacter.", source: "LHEO acces-handicapes" },
      2,
    ),
    mod.ligne("restauration", "Restauration", { source: "LHEO restauration" }),
    mod.ligne("hebergement", "Hébergement", { source: "LHEO hebergement" }),
    mod.ligne("transport", "Transport", { source: "LHEO transport" }),
    champ(
      "modalites.dates_information",
      "Dates d'information",
      { type: "liste", forme: "lignes", de: "date", max: maximumDe("modalites", "dates_information[]") },
      { aide: "Portes ouvertes, réunions : une date par ligne.", source: "LHEO date-information" },
    ),
    {
      genre: "groupe",
      nom: "modalites.adresse_information",
      titre: "Adresse d'information",
      aide: "Où l'on renseigne, si ce n'est pas l'adresse de votre organisme.",
      modele: ADRESSE_VIDE,
      replie: true,
      source: "LHEO adresse-information",
      elements: adresse("modalites", "adresse_information.", { source: "LHEO adresse-information" }),
    },
  ],
};

/** S66: a good offer is one that is answered. */
export const contacts: Section = {
  id: "contacts",
  titre: "Contacts",
  aide: "Ils sont publiés avec la formation. Sans contact ici, ce sont ceux de votre organisme.",
  elements: [listeDeContacts("action", { source: "S66" })],
};
