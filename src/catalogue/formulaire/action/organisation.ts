import type { Champ, Section } from "../definition.ts";
import { bornesDe, maximumDe } from "../lheo.ts";
import { champ, Lieu } from "../pieces.ts";

const la = new Lieu("action");
const mod = new Lieu("modalites");

/** S84, S85: all the modalities of a training are on the one action, each with its hours. */
export const HEURES: Champ = champ(
  "modalites.heures_par_modalite",
  "Durées",
  {
    type: "heures",
    modalites: [
      { valeur: "jour", texte: "Cours du jour" },
      { valeur: "soir", texte: "Cours du soir" },
      { valeur: "foad", texte: "À distance (FOAD)" },
      { valeur: "entreprise", texte: "En entreprise" },
    ],
  },
  {
    aide: "Nombre d'heures pour toute la formation. Si elle existe en plusieurs modalités, remplissez chacune ici : n'ouvrez pas une action par modalité.",
    requis: true,
    source: "S84, S85",
  },
);

export const ENSEIGNEMENT: Champ = champ(
  "modalites.modalites_enseignement",
  "Présence",
  {
    type: "choix",
    forme: "boutons",
    choix: [
      { valeur: "0", texte: "Entièrement sur place" },
      { valeur: "1", texte: "Sur place et à distance" },
      { valeur: "2", texte: "Entièrement à distance" },
    ],
  },
  { aide: "Laissez vide pour la déduire des durées.", source: "LHEO modalites-enseignement" },
);

export const RYTHME: Champ = mod.texte(
  "rythme",
  "Rythme",
  {
    aide: "Par exemple : temps plein, 35 heures par semaine, du lundi au vendredi.",
    source: "LHEO rythme-formation",
  },
  2,
);

const heures = (nom: string, titre: string): Champ =>
  champ(
    `modalites.${nom}`,
    titre,
    { type: "entier", unite: "heures", ...bornesDe("modalites", nom) },
    { source: "LHEO nombre-heures" },
  );

/** How it is run (S84, S85). */
export const organisation: Section = {
  id: "organisation",
  titre: "Organisation et durées",
  elements: [
    HEURES,
    {
      genre: "groupe",
      nom: "",
      titre: "La répartition n'est pas connue",
      aide: "Remplissez plutôt le total. Vide, il se déduit des durées ci-dessus.",
      modele: {},
      replie: true,
      source: "LHEO nombre-heures",
      elements: [
        heures("nombre_heures_centre", "Heures en centre"),
        heures("nombre_heures_entreprise", "Heures en entreprise"),
        heures("nombre_heures_total", "Heures en tout"),
      ],
    },
    champ(
      "modalites.duree_hebdo",
      "Heures par semaine",
      { type: "entier", unite: "heures", min: 0, max: 168 },
      { source: "LHEO extras" },
    ),
    mod.ligne("duree_indicative", "Durée, en clair", {
      aide: "Par exemple : 2 ans, ou 12 journées sur 3 mois.",
      source: "LHEO duree-indicative",
    }),
    RYTHME,
    ENSEIGNEMENT,
    la.liste("parcours", "Parcours", {
      aide: "Les personnes avancent-elles ensemble, ou chacune à son rythme ?",
      source: "LHEO parcours-de-formation",
    }),
    la.liste("positionnement", "Positionnement à l'entrée", { source: "LHEO positionnement" }),
    mod.texte(
      "modalites_pedagogiques",
      "Pédagogie",
      { aide: "Travaux pratiques, mises en situation, e-learning…", source: "LHEO modalites-pedagogiques" },
      3,
    ),
    champ(
      "modalites.codes_modalite_pedagogique",
      "Codes Formacode de la pédagogie",
      {
        type: "codes",
        de: "reference",
        longueur: 5,
        max: maximumDe("modalites", "codes_modalite_pedagogique[]"),
      },
      {
        aide: "Facultatif ; codes à 5 chiffres séparés par un espace.",
        source: "LHEO code-modalite-pedagogique",
      },
    ),
    champ(
      "modalites.langues",
      "Langues de la formation",
      { type: "codes", de: "texte", longueur: 2, max: maximumDe("modalites", "langues[]") },
      {
        aide: "Si ce n'est pas le français : codes à deux lettres (en, es, de…).",
        source: "LHEO langue-formation",
      },
    ),
    mod.lignes("urls_action", "Page d'information", {
      aide: "Une adresse par ligne.",
      source: "LHEO url-action",
    }),
  ],
};
