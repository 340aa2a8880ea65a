import { LIBELLES_DES_VOIES } from "../../../feed/index.ts";
import { TYPES_ENTREE, VOIES, type Voie } from "../../../published/contract/index.ts";
import type { Cadre } from "../../fiche.ts";
import type { Choix, Section } from "../definition.ts";
import { bornesDe, choixDe, maximumDe } from "../lheo.ts";
import { champ, Lieu, PERIODE_VIDE } from "../pieces.ts";

const la = new Lieu("session");
const mod = new Lieu("modalites");

const AIDES: Readonly<Record<Voie, string>> = {
  formation_continue:
    "C'est le choix à faire pour que la session monte dans Kairos et puisse donner lieu à un devis.",
  professionnalisation: "Contrat en alternance, pour une qualification.",
  apprentissage:
    "La session peut alors apparaître, si elle est éligible, dans Parcoursup, Affelnet, CMonAlternance et La bonne alternance. L'organisme responsable signe les contrats et doit avoir Qualiopi « apprentissage ».",
  formation_initiale: "Sous statut scolaire ou étudiant.",
};

const premiere = (texte: string): string => texte.charAt(0).toUpperCase() + texte.slice(1);

/** Initial training is a market of its own: its voie is offered there, and where it was chosen before. */
export const voiesDe = (cadre: Cadre, actuelle: string | undefined): readonly Choix[] =>
  VOIES.filter((voie) => voie !== "formation_initiale" || cadre === "initiale" || actuelle === voie).map(
    (voie) => ({
      valeur: voie,
      texte: premiere(LIBELLES_DES_VOIES[voie]),
      aide: AIDES[voie],
    }),
  );

export const voieDAcces = (cadre: Cadre, actuelle: string | undefined): Section => ({
  id: "voie",
  titre: "Voie d'accès",
  aide: "Une session a une seule voie d'accès. Si la formation en a plusieurs, ouvrez une session pour chacune : dupliquez celle-ci et changez ce qui diffère.",
  elements: [
    champ(
      "voie",
      "Voie d'accès",
      { type: "choix", forme: "boutons", choix: voiesDe(cadre, actuelle) },
      { requis: true, source: "S90–S95" },
    ),
  ],
});

const ENTREES: Readonly<Record<(typeof TYPES_ENTREE)[number], readonly [texte: string, aide: string]>> = {
  dates_fixes: ["À dates fixes", "Tout le monde commence et finit ensemble."],
  permanentes: ["Entrées et sorties permanentes", "On entre quand on veut pendant la période."],
  sequencees: ["Entrées séquencées", "Plusieurs dates d'entrée pendant la période."],
};

export const TYPES: readonly Choix[] = TYPES_ENTREE.map((valeur) => {
  const [texte, aide] = ENTREES[valeur];
  return { valeur, texte, aide };
});

/** S105–S107, S130: dates in any order; what does not agree is said at the check, never prevented. */
export const dates: Section = {
  id: "dates",
  titre: "Dates et type d'entrée",
  aide: "Formation courte et fréquente (moins de 35 heures) ou individualisée : une seule session pour l'année, du 1er janvier au 31 décembre, en entrées permanentes ou séquencées.",
  elements: [
    champ(
      "debut",
      "Premier jour",
      { type: "date", inconnue: "00000000" },
      { aide: "jj/mm/aaaa, ou mm/aaaa si le jour n'est pas fixé.", requis: true, source: "S105, S130" },
    ),
    champ(
      "fin",
      "Dernier jour",
      { type: "date", inconnue: "99999999" },
      { aide: "Écrivez « inconnue » si la fin n'est pas prévue.", requis: true, source: "S105, S130" },
    ),
    champ(
      "type_entree",
      "Type d'entrée",
      { type: "choix", forme: "boutons", choix: TYPES },
      { requis: true, source: "S105–S107, H3" },
    ),
  ],
};

/** What an alternance adds. */
export const alternance: Section = {
  id: "alternance",
  titre: "Alternance et effectifs",
  voies: ["apprentissage", "professionnalisation", "formation_initiale"],
  elements: [
    mod.texte(
      "modalites_alternance",
      "Organisation de l'alternance",
      {
        aide: "Par exemple : 1 semaine au centre, 2 semaines en entreprise.",
        voies: ["apprentissage", "professionnalisation"],
        source: "LHEO modalites-alternance",
      },
      2,
    ),
    {
      genre: "groupe",
      nom: "cycle",
      titre: "Cycle et effectifs",
      modele: { annees: [] },
      voies: ["apprentissage", "formation_initiale"],
      source: "LHEO cycle",
      elements: [
        champ(
          "rythme",
          "Rythme",
          { type: "rythme", unites: choixDe("session", "cycle.rythme.unite") },
          { voies: ["apprentissage"], source: "LHEO rythme-alternance" },
        ),
        new Lieu("session", "cycle.").liste("type_alternance", "Contrat", {
          aide: "Vide : contrat d'apprentissage.",
          voies: ["apprentissage"],
          source: "LHEO type-alternance",
        }),
        champ(
          "annees",
          "Années du cycle",
          { type: "liste", forme: "ligne", de: "entier", max: maximumDe("session", "cycle.annees[]") },
          { aide: "Par exemple 1 ; 2 pour un cycle de deux ans.", source: "LHEO annee-cycle" },
        ),
        champ(
          "effectif_minimal",
          "Effectif minimal",
          { type: "entier", ...bornesDe("session", "cycle.effectif_minimal") },
          { source: "LHEO effectif-minimal" },
        ),
        champ(
          "capacite_simultanee",
          "Places en même temps",
          { type: "entier", ...bornesDe("session", "cycle.capacite_simultanee") },
          { source: "LHEO capacite-simultanee" },
        ),
        champ(
          "capacite_cumulee",
          "Places en tout",
          { type: "entier", ...bornesDe("session", "cycle.capacite_cumulee") },
          { source: "LHEO capacite-cumulee" },
        ),
      ],
    },
    champ(
      "modalites.duree_cycle",
      "Durée du cycle",
      { type: "entier", unite: "années", ...bornesDe("modalites", "duree_cycle") },
      { voies: ["apprentissage", "formation_initiale"], source: "LHEO duree-cycle" },
    ),
  ],
};

export const inscription: Section = {
  id: "inscription",
  titre: "Inscription",
  elements: [
    la.liste("etat_recrutement", "Les inscriptions sont", { source: "LHEO etat-recrutement" }),
    la.texte("modalites_inscription", "Comment s'inscrire", { source: "LHEO modalites-inscription" }, 2),
    {
      genre: "groupe",
      nom: "periode_inscription",
      titre: "Période d'inscription",
      modele: PERIODE_VIDE,
      source: "LHEO periode-inscription",
      elements: [
        champ("debut", "Du", { type: "date", inconnue: "00000000" }, { source: "LHEO periode-inscription" }),
        champ("fin", "Au", { type: "date", inconnue: "99999999" }, { source: "LHEO periode-inscription" }),
      ],
    },
    la.lignes("urls", "Page de la session", { aide: "Une adresse par ligne.", source: "LHEO url-session" }),
  ],
};
