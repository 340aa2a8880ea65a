import { z } from "zod";

/** Held beyond both: more than this share of what is there, and at least so many sessions. */
const seuil = (part: number, sessions: number) =>
  z
    .strictObject({
      part: z.number().min(0).max(1).default(part),
      sessions: z.int().min(1).default(sessions),
    })
    .prefault({});

/**
 * How much may leave the feed of a profile without a recorded cause before an operator is asked: of the profile itself,
 * of one OF in it, of all the profiles together. A part of 1 is never exceeded.
 */
export const zGarde = z.strictObject({
  profil: seuil(0.05, 20),
  organisme: seuil(0.5, 10),
  ensemble: seuil(0.05, 50),
});

export type Garde = z.output<typeof zGarde>;
export type Seuil = Garde["profil"];
