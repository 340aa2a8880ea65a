import { z } from "zod";
import { VOIES } from "../../../published/contract/index.ts";
import { zTexte } from "../../pages/texte.ts";

/** What of an offer online is looked for. */
export const zFiltre = z.object({
  /** For the control: whose. */
  organisme: zTexte,
  mots: zTexte,
  lieu: zTexte,
  voie: z.enum(VOIES).optional().catch(undefined),
  apres: zTexte,
});

export type Filtre = z.output<typeof zFiltre>;
