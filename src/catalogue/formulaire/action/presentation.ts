import type { Section } from "../definition.ts";
import { choixDe, maximumDe } from "../lheo.ts";
import { champ, Lieu } from "../pieces.ts";

const la = new Lieu("action");

/** Code 2 says the same as 3, and 1 is retired: neither is offered; one that is already there stays. */
const OBJECTIFS = ["6", "7", "8", "5", "9", "3", "4"];
const AIDES: Readonly<Record<string, string>> = {
  "6": "La formation délivre un diplôme ou un titre inscrit au RNCP ou au répertoire spécifique.",
  "7": "Elle donne les gestes et les connaissances d'un métier, pour y être opérationnel.",
  "8": "Elle prépare à entrer ensuite dans une formation qualifiante.",
  "5": "Savoirs de base, ou premiers pas dans une technique utile à beaucoup de métiers.",
  "9": "Bilan de compétences, accompagnement VAE, construction d'un projet.",
  "3": "Pour des personnes déjà en activité qui approfondissent ou élargissent leurs compétences.",
  "4": "Créer ou reprendre une entreprise.",
};

/** What the training is, in words (S67–S72). */
export const presentation: Section = {
  id: "presentation",
  titre: "La formation",
  aide: "Écrivez pour quelqu'un qui ne connaît ni votre métier ni celui de la formation : des phrases simples, pas de sigle sans son explication, pas de texte tout en majuscules.",
  elements: [
    la.ligne("intitule", "Intitulé", {
      aide: "En minuscules et le plus explicite possible. Si un diplôme est délivré, reprenez son intitulé officiel. Pour une validation des acquis, écrivez « Accompagnement VAE ».",
      requis: true,
      source: "S55, S67–S69",
    }),
    la.texte(
      "le_plus",
      "Le + de cette formation",
      {
        aide: "Ce qui la distingue : un plateau technique, un suivi après la formation, un taux de réussite… Ce texte la met en valeur sur les moteurs de recherche.",
        source: "S70",
      },
      3,
    ),
    champ(
      "objectif_general",
      "Objectif général",
      {
        type: "choix",
        forme: "boutons",
        choix: OBJECTIFS.map((code) => {
          const one = choixDe("action", "objectif_general").find(({ valeur }) => valeur === code);
          return {
            valeur: code,
            texte: one?.texte ?? code,
            ...(AIDES[code] === undefined ? {} : { aide: AIDES[code] }),
          };
        }),
      },
      { requis: true, source: "S71" },
    ),
    la.texte(
      "objectif",
      "Objectif",
      {
        aide: "Ce que la personne saura faire à la fin. Quelques phrases suffisent.",
        requis: true,
        source: "S72",
      },
      5,
    ),
    la.texte(
      "contenu",
      "Programme",
      {
        aide: "Ce qui est enseigné, de façon synthétique. Vous pouvez coller depuis Word : les retours à la ligne et les puces simples (• ou -) restent, le gras et les couleurs non.",
        requis: true,
        source: "S56–S58, S72",
      },
      9,
    ),
    la.lignes("urls", "Page de la formation sur votre site", {
      aide: "Une adresse par ligne.",
      source: "LHEO url-formation",
    }),
  ],
};

/** Keywords of the searches; completed by the control for what certifies nothing (S141). */
export const domaine: Section = {
  id: "domaine",
  titre: "Domaine",
  aide: "Ces codes font trouver la formation par mots-clés. Laissez vide si vous ne les connaissez pas : l'équipe de contrôle les complète.",
  lien: { vers: "/gestion/formacodes", texte: "Chercher un Formacode par mot-clé" },
  elements: [
    champ(
      "formacodes",
      "Formacode",
      { type: "codes", de: "reference", longueur: 5, max: maximumDe("action", "formacodes[].code") },
      {
        aide: "Codes à 5 chiffres séparés par un espace, le principal d'abord.",
        source: "S141, LHEO domaine-formation",
      },
    ),
    champ(
      "rome",
      "Métiers (ROME)",
      { type: "codes", de: "texte", longueur: 5, max: maximumDe("action", "rome[]") },
      { aide: "Par exemple D1102 ; séparés par un espace.", source: "LHEO domaine-formation" },
    ),
    champ(
      "nsf",
      "Spécialité (NSF)",
      { type: "codes", de: "texte", longueur: 3, max: maximumDe("action", "nsf[]") },
      { aide: "Trois chiffres ; séparés par un espace.", source: "LHEO domaine-formation" },
    ),
  ],
};
