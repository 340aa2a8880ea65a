import type { CodeCause } from "../guard/causes.ts";

/** Why a session left a feed, as partners read it: what happened to the offer, never how we came to know. */
export const RAISONS = {
  session_terminee: "la session est terminée",
  retrait: "elle a été retirée",
  archivage: "elle a été archivée",
  suppression: "elle a été supprimée",
  hors_perimetre: "elle n'entre plus dans ce que ce flux publie",
  en_attente: "une nouvelle version est en attente",
  absente: "elle n'est plus publiée",
} as const;

export type Raison = keyof typeof RAISONS;

const PAR_CAUSE: Readonly<Record<CodeCause, Raison>> = {
  session_terminee: "session_terminee",
  retrait_organisme: "retrait",
  retrait_controle: "retrait",
  archivage: "archivage",
  suppression: "suppression",
  perimetre: "hors_perimetre",
  perimetre_source: "hors_perimetre",
  attente: "en_attente",
  acceptee: "absente",
  absent_de_la_source: "absente",
  ecartee: "absente",
  organisme_absent: "absente",
  absente: "absente",
};

/** The public reason of a recorded one, whatever was recorded. */
export function raisonOf(motif: string): Raison {
  return Object.hasOwn(PAR_CAUSE, motif) ? PAR_CAUSE[motif as CodeCause] : "absente";
}
