import type { MotifDeRetrait } from "../../published/contract/index.ts";

interface Cause {
  /** Someone, or the date that the feed itself showed, made the session leave. */
  readonly enregistree: boolean;
  /** In French, after « : ». */
  readonly libelle: string;
}

const recorded = (libelle: string): Cause => ({ enregistree: true, libelle });
const unrecorded = (libelle: string): Cause => ({ enregistree: false, libelle });

/**
 * Why a session leaves, as the guard weighs it. What a person did or a date brought about is recorded. What a machine
 * merely observed is not: a view of the source cut short or filled wrongly, a rule that turns against what had passed, a
 * record that nobody withdrew.
 */
export const CAUSES = {
  session_terminee: recorded("terminée, à la date que le flux montrait"),
  retrait_organisme: recorded("retrait demandé par l'organisme"),
  retrait_controle: recorded("retrait décidé au contrôle"),
  archivage: recorded("archivage"),
  suppression: recorded("suppression"),
  perimetre: recorded("hors du périmètre, par une nouvelle version ou par un réglage du profil"),
  attente: recorded("nouvelle version en attente, après un retrait ou un réglage du profil"),
  acceptee: recorded("disparition acceptée par un opérateur"),
  absent_de_la_source: unrecorded("absente de la base source"),
  perimetre_source: unrecorded("hors du périmètre depuis une synchronisation de la base source"),
  ecartee: unrecorded("écartée par la validation alors qu'elle avait passé"),
  organisme_absent: unrecorded("son organisme n'est plus publié, sans retrait"),
  absente: unrecorded("absente de l'offre lue, sans retrait"),
} as const satisfies Readonly<Record<MotifDeRetrait, Cause> & Record<string, Cause>>;

export type CodeCause = keyof typeof CAUSES;

/** Codes of the causes that the guard counts. */
export const SANS_CAUSE = (Object.keys(CAUSES) as CodeCause[]).filter((code) => !CAUSES[code].enregistree);
