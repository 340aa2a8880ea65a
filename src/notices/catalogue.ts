import { noticesAdresses } from "./adresses.ts";
import { noticesCertifications } from "./certifications.ts";
import { noticesCompletion } from "./completion.ts";
import { noticesCoordonnees } from "./coordonnees.ts";
import { noticesDates } from "./dates.ts";
import { noticesDomaine } from "./domaine.ts";
import { noticesEcriture } from "./ecriture.ts";
import { noticesEdition } from "./edition.ts";
import { noticesFichier } from "./fichier.ts";
import { noticesIdentifiants } from "./identifiants.ts";
import { noticesImport } from "./import.ts";
import { noticesModalites } from "./modalites.ts";
import type { NoticeRule } from "./rule.ts";
import { noticesSaisie } from "./saisie.ts";
import { noticesSync } from "./sync.ts";
import { noticesTexte } from "./texte.ts";
import { noticesXsd } from "./xsd.ts";

/** Every notice that the product can emit, by code; one theme per file. */
export const CATALOGUE = {
  ...noticesAdresses,
  ...noticesCertifications,
  ...noticesCompletion,
  ...noticesCoordonnees,
  ...noticesDates,
  ...noticesDomaine,
  ...noticesEcriture,
  ...noticesEdition,
  ...noticesFichier,
  ...noticesIdentifiants,
  ...noticesImport,
  ...noticesModalites,
  ...noticesSaisie,
  ...noticesSync,
  ...noticesTexte,
  ...noticesXsd,
} as const;

export type NoticeCode = keyof typeof CATALOGUE;

/** The rule behind a code, typed without its literal so that it can be listed. */
export function ruleOf(code: NoticeCode): NoticeRule {
  return CATALOGUE[code];
}
