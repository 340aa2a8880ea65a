import { z } from "zod";
import {
  CADRES,
  ETATS_ACTION,
  ETATS_SESSION,
  type FicheAction,
  type FicheSession,
  TYPES_STRUCTURE,
  type Verification,
  zBrouillonAction,
  zBrouillonSession,
} from "../../catalogue/index.ts";

const zId = z.int().positive().meta({ description: "Numéro de la fiche, ici." });
const zRevision = z
  .int()
  .positive()
  .meta({ description: "Celle que vous avez lue : si la fiche a changé depuis, rien n'est écrit (409)." });
const zInstant = z.iso.datetime();
const zMotif = z
  .string()
  .trim()
  .min(1, "Indiquez le motif.")
  .max(1000)
  .meta({ description: "Reste dans l'historique." });

export const zContenuAction = zBrouillonAction.meta({
  id: "ContenuAction",
  description:
    "Une action telle que publiée (vocabulaire du guide et de LHEO) ; un brouillon peut être incomplet.",
});
export const zContenuSession = zBrouillonSession.meta({
  id: "ContenuSession",
  description: "Une session telle que publiée ; un brouillon peut être incomplet.",
});

export const zActionLue = z
  .object({
    id: zId,
    structure: z.string().meta({ description: "Numéro de l'organisme responsable." }),
    nom_structure: z.string(),
    reference: z.string().nullable().meta({ description: "Donnée à la confirmation ; `null` avant." }),
    cadre: z.enum(CADRES),
    financeur: z.string().nullable(),
    etat: z.enum(ETATS_ACTION),
    alerte: z.enum(["controle", "sans_session"]).nullable(),
    message: z.string().nullable().meta({ description: "Ce que le contrôle demande de compléter." }),
    revision: zRevision,
    validee_revision: z.int().nullable(),
    publiee_revision: z.int().nullable(),
    publiee_at: zInstant.nullable(),
    soumise_at: zInstant.nullable(),
    echeance: z.string().nullable().meta({ description: "Dernier jour ouvré du contrôle, AAAA-MM-JJ." }),
    updated_at: zInstant,
    updated_by: z.string(),
    contenu: zContenuAction,
  })
  .meta({ id: "Action" });

export const zSessionLue = z
  .object({
    id: zId,
    action: zId,
    reference: z.string().nullable(),
    etat: z.enum(ETATS_SESSION),
    revision: zRevision,
    validee_revision: z.int().nullable(),
    publiee_revision: z.int().nullable(),
    updated_at: zInstant,
    updated_by: z.string(),
    contenu: zContenuSession,
  })
  .meta({ id: "Session" });

export const zVerification = z
  .object({
    validee: z.boolean().meta({ description: "Peut être confirmée telle quelle." }),
    constats: z.array(
      z.object({
        code: z.string(),
        gravite: z.string(),
        champ: z
          .string()
          .meta({ description: "Chemin dans le contenu : `lieux[0].coordonnees.adresse.ville`." }),
        fiche: z.object({ genre: z.enum(["action", "session"]), id: zId }),
        valeur: z.string(),
        message: z.string(),
      }),
    ),
    partenaires: z.array(
      z.object({
        profil: z.string(),
        nom: z.string(),
        dans: z.boolean(),
        raisons: z.array(z.string()),
        visible_le: z.string().nullable().meta({ description: "AAAAMMJJ." }),
      }),
    ),
  })
  .meta({ id: "Verification" });

export const zPassage = z
  .object({
    id: zId,
    session: z.int().nullable(),
    at: zInstant,
    acteur: z.string(),
    evenement: z.string(),
    de: z.string().nullable(),
    vers: z.string(),
    message: z.string().nullable(),
  })
  .meta({ id: "Passage" });

export const zMoi = z
  .object({
    structure: z.string(),
    nom: z.string(),
    type: z.enum(TYPES_STRUCTURE),
    role: z.enum(["of", "financeur", "controle"]),
  })
  .meta({ id: "Moi" });

/** RFC 9457, in French. */
export const zProbleme = z
  .object({
    type: z.string(),
    title: z.string(),
    status: z.int(),
    detail: z.string(),
    erreurs: z
      .array(z.object({ champ: z.string(), message: z.string() }))
      .optional()
      .meta({ description: "Ce qui ne va pas dans ce qui est envoyé, champ par champ." }),
    conflit: z
      .object({
        revision: z.int(),
        par: z.string(),
        at: zInstant,
        contenu: z.record(z.string(), z.unknown()),
      })
      .optional()
      .meta({ description: "Ce qui est enregistré à la place de ce que vous aviez lu." }),
  })
  .meta({ id: "Probleme" });

const page = z.object({
  apres: z.coerce.number().int().min(0).optional().meta({ description: "`suite` de la page d'avant." }),
  limite: z.coerce.number().int().min(1).max(200).default(50),
});

export const CORPS = {
  revision: z.strictObject({ revision: zRevision }),
  motif: z.strictObject({ motif: zMotif }),
  message: z.strictObject({ message: z.string().trim().min(1).max(3000) }),
  action: z.strictObject({ revision: zRevision, contenu: zContenuAction }),
  session: z.strictObject({ revision: zRevision, contenu: zContenuSession }),
  sessions: z.strictObject({ contenus: z.array(zContenuSession).min(1).max(500) }),
  nouvelleAction: z.strictObject({
    cadre: z.enum(CADRES).default("non_conventionnee"),
    structure: z
      .string()
      .optional()
      .meta({ description: "Numéro de l'organisme responsable ; d'un financeur ou de l'agence seulement." }),
    siret: z.string().optional().meta({ description: "Son SIRET, à la place de son numéro." }),
    contenu: zContenuAction,
  }),
} as const;

export const QUERY = {
  page,
  actions: page.extend({
    etat: z.enum(ETATS_ACTION).optional(),
    cadre: z.enum(CADRES).optional(),
    structure: z.string().optional().meta({ description: "Numéro de l'organisme responsable." }),
    reference: z.string().optional(),
  }),
  sessions: page.extend({ filtre: z.string().max(100).optional() }),
  passages: z.object({
    avant: z.coerce.number().int().min(1).optional().meta({ description: "`suite` de la page d'avant." }),
    limite: z.coerce.number().int().min(1).max(200).default(50),
  }),
} as const;

export const zIds = z.object({ ids: z.array(zId) });
export const zFait = z.object({ fait: z.literal(true) });
export const zIdLu = z.object({ id: zId });
export const zRevisionLue = z.object({ revision: zRevision });
export const zConfirmeeAction = z.object({ etat: z.enum(ETATS_ACTION), reference: z.string() });
export const zConfirmeeSession = z.object({ etat: z.enum(ETATS_SESSION), reference: z.string() });
export const zEtatAction = z.object({ etat: z.enum(ETATS_ACTION) });
export const zSuite = z
  .int()
  .nullable()
  .meta({ description: "À donner en `apres` ; `null` à la dernière page." });

const iso = (at: Date): string => at.toISOString();
const isoOrNull = (at: Date | null): string | null => (at === null ? null : at.toISOString());

export function actionLue({
  nomStructure,
  publiee_at,
  soumise_at,
  updated_at,
  ...fiche
}: FicheAction): z.input<typeof zActionLue> {
  return {
    ...fiche,
    nom_structure: nomStructure,
    publiee_at: isoOrNull(publiee_at),
    soumise_at: isoOrNull(soumise_at),
    updated_at: iso(updated_at),
  };
}

export function sessionLue({ action_id, updated_at, ...fiche }: FicheSession): z.input<typeof zSessionLue> {
  return { ...fiche, action: action_id, updated_at: iso(updated_at) };
}

export function verificationLue({
  validee,
  verification: { constats, partenaires },
}: {
  readonly validee: boolean;
  readonly verification: Verification;
}): z.input<typeof zVerification> {
  return {
    validee,
    constats: constats.map(({ code, severity: gravite, champ, fiche, value: valeur, message }) => ({
      code,
      gravite,
      champ,
      fiche,
      valeur,
      message,
    })),
    partenaires: partenaires.map(({ profil, nom, dans, raisons, visibleLe = null }) => ({
      profil,
      nom,
      dans,
      raisons: [...raisons],
      visible_le: visibleLe,
    })),
  };
}
