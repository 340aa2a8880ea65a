import type { Section } from "../definition.ts";
import { bornesDe, maximumDe } from "../lheo.ts";
import {
  ADRESSE_VIDE,
  adresse,
  COORDONNEES_VIDES,
  champ,
  Lieu,
  listeDeContacts,
  PERIODE_VIDE,
} from "../pieces.ts";

/** S110, S111. */
export const lieux: Section = {
  id: "lieu",
  titre: "Lieu de formation",
  aide: "Là où la session se tient, qui peut ne pas être l'adresse de votre organisme. Pour une session à distance, indiquez celle de votre organisme.",
  elements: [
    {
      genre: "repetition",
      nom: "lieux",
      titre: "Lieux",
      un: "Lieu",
      ajouter: "Ajouter un lieu",
      max: maximumDe("session", "lieux[].siret"),
      modele: { principal: false, coordonnees: COORDONNEES_VIDES },
      requis: true,
      source: "S110, S111",
      elements: [
        {
          genre: "groupe",
          nom: "coordonnees",
          titre: "",
          modele: COORDONNEES_VIDES,
          fixe: true,
          source: "S111",
          elements: [
            {
              genre: "groupe",
              nom: "adresse",
              titre: "Adresse",
              modele: ADRESSE_VIDE,
              source: "S111",
              elements: adresse("session", "lieux[].coordonnees.adresse.", { source: "S111", requis: true }),
            },
          ],
        },
        new Lieu("session", "lieux[].").ligne("siret", "SIRET du lieu", {
          aide: "Facultatif ; 14 chiffres.",
          clavier: "numeric",
          serre: true,
          source: "LHEO SIRET-lieu-formation",
        }),
        new Lieu("session", "lieux[].").ligne("uai", "Code UAI du lieu", {
          aide: "Demandé par Parcoursup et Affelnet pour l'apprentissage.",
          serre: true,
          voies: ["apprentissage", "formation_initiale"],
          source: "LHEO code-UAI-lieu-formation",
        }),
      ],
    },
  ],
};

const organisme = new Lieu("session", "formateurs[].");

/** S97: who teaches, found by its SIRET or its name. */
export const formateurs: Section = {
  id: "formateur",
  titre: "Organisme formateur",
  aide: "Qui donne la formation. Sans rien ici, c'est l'organisme responsable.",
  lien: { vers: "/gestion/formateurs", texte: "Chercher un organisme par SIRET ou par nom" },
  elements: [
    {
      genre: "repetition",
      nom: "formateurs",
      titre: "Organismes formateurs",
      un: "Organisme formateur",
      ajouter: "Ajouter un organisme formateur",
      max: maximumDe("session", "formateurs[].siret"),
      modele: { siret: "", raison_sociale: "", contacts: [], potentiel: [], certifications: [] },
      source: "S97",
      elements: [
        organisme.ligne("siret", "SIRET", {
          aide: "14 chiffres. Le nom se complète tout seul si l'organisme est connu du catalogue.",
          clavier: "numeric",
          serre: true,
          source: "S97",
        }),
        organisme.ligne("raison_sociale", "Nom ou raison sociale", {
          autocomplete: "organization",
          source: "S97",
        }),
      ],
    },
  ],
};

/** S98. */
export const contacts: Section = {
  id: "contact",
  titre: "Contact de la session",
  aide: "La personne que les candidats joignent : tenez ces coordonnées à jour.",
  elements: [
    listeDeContacts("session", { source: "S66, S98", requis: true }),
    {
      genre: "groupe",
      nom: "adresse_inscription",
      titre: "Adresse d'inscription",
      aide: "Si ce n'est pas celle de votre organisme.",
      modele: ADRESSE_VIDE,
      replie: true,
      source: "LHEO adresse-inscription",
      elements: adresse("session", "adresse_inscription.", { source: "LHEO adresse-inscription" }),
    },
  ],
};

const etape = new Lieu("session", "recrutements[].");

/** S109: what one goes through to be admitted; an information collective has its place and its dates. */
export const recrutement: Section = {
  id: "recrutement",
  titre: "Recrutement",
  aide: "Chaque étape pour être admis. Pour une information collective, indiquez où et quand elle a lieu.",
  elements: [
    {
      genre: "repetition",
      nom: "recrutements",
      titre: "Étapes du recrutement",
      un: "Étape",
      ajouter: "Ajouter une étape",
      max: maximumDe("session", "recrutements[].modalite"),
      modele: { modalite: "" },
      source: "S109",
      elements: [
        etape.liste("modalite", "Étape", { source: "S109" }),
        {
          genre: "groupe",
          nom: "periode",
          titre: "Quand",
          modele: PERIODE_VIDE,
          source: "S109",
          elements: [
            champ("debut", "Du", { type: "date", inconnue: "00000000" }, { source: "S109" }),
            champ(
              "fin",
              "Au",
              { type: "date", inconnue: "99999999" },
              { aide: "Le même jour pour une seule réunion.", source: "S109" },
            ),
          ],
        },
        etape.ligne("heure_debut", "De", { aide: "Par exemple 9h30.", source: "S109" }),
        etape.ligne("heure_fin", "À", { source: "S109" }),
        champ("a_distance", "À distance ?", { type: "oui_non" }, { source: "S109" }),
        etape.ligne("url", "Adresse de la visioconférence", { clavier: "url", source: "S109" }),
        {
          genre: "groupe",
          nom: "adresse",
          titre: "Où",
          modele: ADRESSE_VIDE,
          source: "S109",
          elements: adresse("session", "recrutements[].adresse.", { source: "S109" }),
        },
        champ(
          "nb_places",
          "Places",
          { type: "entier", ...bornesDe("session", "recrutements[].nb_places") },
          { source: "S109" },
        ),
        etape.texte("commentaire", "Précisions", { source: "S109" }, 2),
      ],
    },
  ],
};
