import type { MotifDeRetrait, Voie } from "../../published/contract/index.ts";
import { LIBELLES_DES_VOIES } from "../voies.ts";
import type { Profil } from "./profil.ts";

/** Why a published session is not in the feed of a profile: a coded value, never a silence. */
export type MotifHorsPerimetre =
  | { readonly code: "organisme-retire"; readonly retrait: MotifDeRetrait }
  | { readonly code: "action-retiree"; readonly retrait: MotifDeRetrait }
  | { readonly code: "session-retiree"; readonly retrait: MotifDeRetrait }
  /** `fin`: last day of the session, AAAAMMJJ; `jours`: how long it stays after it. */
  | { readonly code: "session-terminee"; readonly fin: string; readonly jours: number }
  | { readonly code: "voie-exclue"; readonly voie: Voie; readonly voies: readonly Voie[] }
  | { readonly code: "sans-compte-kairos" }
  | { readonly code: "sans-qualiopi-apprentissage" }
  | { readonly code: "sans-uai-du-lieu" }
  | { readonly code: "sans-certification-rncp" }
  /** It is served by another profile, which does not take the session. */
  | { readonly code: "hors-du-relais"; readonly via: string; readonly motif: MotifHorsPerimetre };

export type CodeHorsPerimetre = MotifHorsPerimetre["code"];

const RETRAITS: Readonly<Record<MotifDeRetrait, string>> = {
  retrait_organisme: "retrait demandé par l'organisme",
  retrait_controle: "retrait décidé au contrôle",
  session_terminee: "session terminée",
  archivage: "archivage",
  suppression: "suppression",
  absent_de_la_source: "absence dans la base source",
};

/** The motif in plain French, with what to do where something can be done. */
export function sentenceOfMotif(motif: MotifHorsPerimetre, { nom }: Pick<Profil, "nom">): string {
  switch (motif.code) {
    case "organisme-retire":
      return `L'organisme a été retiré (${RETRAITS[motif.retrait]}) : ses sessions ne sont plus diffusées vers ${nom}.`;
    case "action-retiree":
      return `L'action a été retirée (${RETRAITS[motif.retrait]}) : ses sessions ne sont plus diffusées vers ${nom}.`;
    case "session-retiree":
      return `La session a été retirée (${RETRAITS[motif.retrait]}) : elle n'est plus diffusée vers ${nom}.`;
    case "session-terminee":
      return `La session s'est terminée le ${jourEnFrancais(motif.fin)} ; ${nom} ne la montre plus ${motif.jours === 0 ? "dès le lendemain" : `au-delà de ${motif.jours} jours`}. Ajoutez une session avec de nouvelles dates.`;
    case "voie-exclue":
      return `La voie d'accès de la session est « ${LIBELLES_DES_VOIES[motif.voie]} » ; ${nom} ne prend que : ${motif.voies.map((voie) => LIBELLES_DES_VOIES[voie]).join(", ")}. Créez une session par voie d'accès.`;
    case "sans-compte-kairos":
      return "L'organisme n'a pas de compte Kairos : la session ne peut pas y faire l'objet d'un devis. L'organisme doit d'abord ouvrir son compte Kairos auprès de France Travail.";
    case "sans-qualiopi-apprentissage":
      return `L'organisme responsable n'a pas la certification Qualiopi « apprentissage », obligatoire pour diffuser cette session vers ${nom}. Renseignez-la si elle a été obtenue.`;
    case "sans-uai-du-lieu":
      return `Le lieu de formation n'a pas de code UAI : ${nom} retrouve l'établissement par ce code. Renseignez l'UAI du lieu.`;
    case "sans-certification-rncp":
      return `La session ne vise aucune certification du RNCP : ${nom} n'affiche que celles-là. Renseignez la certification de l'action et de la session.`;
    case "hors-du-relais":
      return `${nom} est alimenté par le profil « ${motif.via} », qui ne prend pas cette session. ${sentenceOfMotif(motif.motif, { nom: motif.via })}`;
  }
}

const jourEnFrancais = (jour: string): string => `${jour.slice(6)}/${jour.slice(4, 6)}/${jour.slice(0, 4)}`;
