import type { Section } from "../definition.ts";
import { bornesDe, choixDe, maximumDe } from "../lheo.ts";
import { champ, Lieu } from "../pieces.ts";

const mod = new Lieu("modalites");

/** What it costs and who may pay. */
export const financement: Section = {
  id: "financement",
  titre: "Prix et financement",
  elements: [
    champ(
      "modalites.prix_total_ttc",
      "Prix total TTC",
      { type: "montant" },
      { aide: "En euros, pour une personne et toute la formation.", source: "LHEO prix-total-TTC" },
    ),
    champ(
      "modalites.prix_horaire_ttc",
      "Prix horaire TTC",
      { type: "montant" },
      { aide: "En euros.", source: "LHEO prix-horaire-TTC" },
    ),
    mod.ligne("frais_restants", "Frais qui restent à la personne", {
      aide: "Matériel, inscription à l'examen… « Aucun » s'il n'y en a pas.",
      source: "LHEO frais-restants",
    }),
    champ(
      "modalites.prise_en_charge_possible",
      "Le prix peut-il être pris en charge ?",
      { type: "oui_non" },
      { source: "LHEO prise-en-charge-frais-possible" },
    ),
    mod.texte(
      "detail_prise_en_charge",
      "Conditions de prise en charge",
      { source: "LHEO detail-conditions-prise-en-charge" },
      2,
    ),
    champ(
      "modalites.financeurs",
      "Financeurs possibles",
      {
        type: "financeurs",
        choix: choixDe("modalites", "financeurs[].code", ["1"]),
        max: maximumDe("modalites", "financeurs[].code"),
      },
      { source: "LHEO organisme-financeur" },
    ),
  ],
};

/** Told by the funder that orders it (S29–S31). */
export const conventionnement: Section = {
  id: "conventionnement",
  titre: "Conventionnement",
  elements: [
    champ(
      "modalites.conventionnement",
      "La formation est-elle conventionnée ?",
      { type: "oui_non" },
      { source: "S29" },
    ),
    champ(
      "modalites.duree_conventionnee",
      "Heures conventionnées",
      { type: "entier", unite: "heures", ...bornesDe("modalites", "duree_conventionnee") },
      { source: "S29" },
    ),
  ],
};
