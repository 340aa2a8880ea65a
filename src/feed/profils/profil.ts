import { z } from "zod";
import { zCalendrier } from "../../calendar/index.ts";
import { VOIES } from "../../published/contract/index.ts";
import { zGarde } from "./garde.ts";

const zProfilId = z.string().regex(/^[a-z][a-z0-9-]*$/, "minuscules, chiffres et tirets");

/** What a destination takes. Declarative, so that it can be shown and compared; {@link perimetre} reads it. */
export const zPerimetre = z.strictObject({
  /** Voies d'accès taken; any other is out. */
  voies: z.array(z.enum(VOIES)).min(1),
  /** The OF must have opened its account there (S35). */
  compte_kairos: z.boolean().default(false),
  /** An apprenticeship session needs an organisme that holds Qualiopi apprentissage (S64, H11). */
  qualiopi_apprentissage: z.boolean().default(false),
  /** Each session needs a place with an UAI. */
  uai_du_lieu: z.boolean().default(false),
  /** The session must aim at a certification of the RNCP. */
  certification_rncp: z.boolean().default(false),
  /** Days that a session stays after its last day (S136, H4). */
  jours_apres_fin: z.int().min(0).default(30),
});

/** A destination of the feed: its scope, how it is served and its delays. Partner → profile is n:1. */
export const zProfil = z.strictObject({
  id: zProfilId,
  /** As operators read it. */
  nom: z.string().min(1),
  /**
   * `push`: we deliver; `pull`: it comes and takes; `{via}`: it is served by another one, so it has a scope and an
   * expected date but no delivery of its own.
   */
  mode: z.union([z.array(z.enum(["push", "pull"])).min(1), z.strictObject({ via: zProfilId })]),
  /** Working days before a version may leave; 0: in the next window. */
  attente: z.int().min(0).default(0),
  /** Working days from mise en ligne to visible there: the expected date, the later one where a range is known. */
  visibilite: z.int().min(0),
  calendrier: zCalendrier.prefault({}),
  /** `restreint`: pulling needs the partner's credentials. */
  acces: z.enum(["public", "restreint"]).default("restreint"),
  perimetre: zPerimetre,
  /** Codes of notices that set a record aside here though they do not everywhere. */
  regles_bloquantes: z.array(z.string()).default([]),
  /** Departures without a recorded cause that are held for an operator. */
  garde: zGarde.prefault({}),
});

export type Profil = z.output<typeof zProfil>;
export type Perimetre = Profil["perimetre"];

/** Several profiles together: unique ids, and each `via` names one that is served itself. */
export const zProfils = z.array(zProfil).superRefine((profils, context) => {
  for (const [rank, { id, mode }] of profils.entries()) {
    if (profils.findIndex((other) => other.id === id) !== rank)
      context.addIssue({ code: "custom", path: [rank, "id"], message: `profil ${id} en double` });
    if (Array.isArray(mode)) continue;
    if (!profils.some((other) => other.id === mode.via && Array.isArray(other.mode)))
      context.addIssue({
        code: "custom",
        path: [rank, "mode", "via"],
        message: `${mode.via} n'est pas un profil servi directement`,
      });
  }
});

/** The profile that serves this one, when it is not served itself. */
export function viaOf({ mode }: Pick<Profil, "mode">): string | undefined {
  return Array.isArray(mode) ? undefined : mode.via;
}
