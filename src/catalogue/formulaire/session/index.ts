import type { Cadre } from "../../fiche.ts";
import { ENSEIGNEMENT, HEURES, RYTHME } from "../action/organisation.ts";
import type { CertificationProposee, Formulaire, Section } from "../definition.ts";
import { champ, Lieu } from "../pieces.ts";
import { contacts, formateurs, lieux, recrutement } from "./lieu.ts";
import { alternance, dates, inscription, voieDAcces } from "./voie.ts";

export { TYPES, voiesDe } from "./voie.ts";

export interface ContexteSession {
  readonly cadre: Cadre;
  /** Of the action: those of its sessions are among them (S99, S104). */
  readonly certifications: readonly CertificationProposee[];
  /** Of the session as it stands. */
  readonly voie?: string | undefined;
}

/** The form of a session (S90–S111). */
export function formulaireSession({ cadre, certifications, voie }: ContexteSession): Formulaire {
  return {
    genre: "session",
    sections: [
      voieDAcces(cadre, voie),
      dates,
      lieux,
      contacts,
      certificationsVisees(certifications),
      recrutement,
      inscription,
      alternance,
      formateurs,
      particularites,
    ],
  };
}

const certificationsVisees = (parmi: readonly CertificationProposee[]): Section => ({
  id: "certifications",
  titre: "Certifications de la session",
  aide:
    parmi.length === 0
      ? "L'action ne porte aucune certification : il n'y a rien à choisir ici. Ajoutez-la d'abord sur l'action."
      : "Cochez ce que cette session délivre, parmi les certifications de l'action.",
  elements: [
    champ("certifications", "Certifications visées", { type: "visees", parmi }, { source: "S99–S104" }),
  ],
});

const mod = new Lieu("modalites");

/** What the action says once, where this session differs. */
const particularites: Section = {
  id: "particularites",
  titre: "Commentaire et particularités",
  elements: [
    new Lieu("session").texte(
      "commentaire",
      "Commentaire sur la session",
      {
        aide: "Part à distance, recrutement, particularités. Affiché en bulle d'information par le moteur pro.",
        source: "S108",
      },
      3,
    ),
    {
      genre: "groupe",
      nom: "",
      titre: "Cette session diffère de l'action",
      aide: "Laissez vide ce qui est comme sur l'action.",
      modele: {},
      replie: true,
      source: "S49",
      elements: [
        { ...HEURES, requis: false, aide: "Si les durées de cette session ne sont pas celles de l'action." },
        ENSEIGNEMENT,
        RYTHME,
        champ(
          "modalites.prix_total_ttc",
          "Prix total TTC",
          { type: "montant" },
          { aide: "En euros.", source: "LHEO prix-total-TTC" },
        ),
        mod.ligne("frais_restants", "Frais qui restent à la personne", { source: "LHEO frais-restants" }),
        mod.ligne("info_public", "Public concerné", { source: "LHEO info-public-vise" }),
      ],
    },
  ],
};
