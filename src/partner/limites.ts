import { z } from "zod";

/** The pace that a partner bears, every attempt counted. Data: it lives in the partner's row. */
export const zLimites = z.strictObject({
  /** Minutes between the beginning of two attempts. */
  espacement_minutes: z.int().min(1).max(1440).optional(),
  /** Attempts begun in one civil day in Paris. */
  par_jour: z.int().min(1).max(1000).optional(),
});

export type Limites = z.output<typeof zLimites>;

/** After an attempt whose outcome nobody knows: send again under the same key, or wait for an operator. */
export const zSurInconnue = z.enum(["renvoyer", "retenir"]);
