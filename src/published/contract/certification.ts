import { z } from "zod";
import { zBloc, zTexte } from "./commun.ts";

/** A certification of the national registers, known by its code (`RNCP35819`, `RS5500`, `CERTIFINFO83899`). */
export const zCertification = z.strictObject({
  type: z.enum(["rncp", "rs", "autre"]),
  intitule: zTexte,
  code_rncp: zTexte.nullish(),
  code_rs: zTexte.nullish(),
  code_certifinfo: zTexte.nullish(),
  niveau: zTexte.nullish(),
  /** AAAAMMJJ, civil days in Europe/Paris; registration is active from the first to the last included. */
  debut_validite: zTexte.nullish(),
  fin_validite: zTexte.nullish(),
  blocs: z.array(zBloc).default([]),
});

/** The right of an OF to prepare a certification, declared by the certificateur (S81, S140). */
export const zHabilitation = z.strictObject({
  organisme: zTexte,
  certification: zTexte,
  debut: zTexte.nullish(),
  fin: zTexte.nullish(),
});

export type Certification = z.infer<typeof zCertification>;
export type Habilitation = z.infer<typeof zHabilitation>;
