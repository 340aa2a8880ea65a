import { z } from "zod";
import {
  askComplement,
  publishAction,
  readStructure,
  restoreAction,
  searchStructures,
} from "../../catalogue/index.ts";
import { INTROUVABLE, type Operation, operation } from "./operation.ts";
import { CORPS, zEtatAction, zMoi } from "./schemas.ts";

/** Who the key is, and the organismes of the catalogue. */
export const CLE: readonly Operation[] = [
  operation({
    nom: "lireMoi",
    methode: "GET",
    chemin: "/moi",
    theme: "Clé",
    resume: "La structure de la clé, et ce qu'elle permet.",
    reponse: zMoi,
    async run({ db, auteur: { structure: numero, role } }) {
      const structure = await readStructure(db, numero);
      if (structure === undefined || role === "systeme" || role === "lecteur_of") return INTROUVABLE;
      return { structure: numero, nom: structure.nom, type: structure.type, role };
    },
  }),
  operation({
    nom: "chercherOrganismes",
    methode: "GET",
    chemin: "/organismes",
    theme: "Clé",
    resume: "Organismes du catalogue, par nom ou début de SIRET : pour nommer celui d'une conventionnée.",
    roles: ["financeur", "controle"],
    query: z.object({ q: z.string().min(2).max(100) }),
    reponse: z.object({
      organismes: z.array(
        z.object({
          numero: z.string(),
          nom: z.string(),
          siret: z.string().nullable(),
          ville: z.string().nullable(),
        }),
      ),
    }),
    async run({ db }, { q }) {
      const found = await searchStructures(db, { texte: q, limit: 50 });
      return {
        organismes: found
          .filter(({ type }) => type === "organisme")
          .map(({ numero, nom, siret, ville }) => ({ numero, nom, siret, ville })),
      };
    },
  }),
];

const roles = ["controle"] as const;

/** The acts of the control. */
export const CONTROLE: readonly Operation[] = [
  operation({
    nom: "publierAction",
    methode: "POST",
    chemin: "/actions/{id}/publier",
    theme: "Contrôle",
    roles,
    resume: "Met en ligne une action qui attend le contrôle, avec les sessions qui attendent avec elle.",
    corps: CORPS.revision,
    reponse: zEtatAction,
    run: ({ db, verificateur, auteur, id }, _, corps) => publishAction(db, verificateur, auteur, id, corps),
  }),
  operation({
    nom: "demanderComplement",
    methode: "POST",
    chemin: "/actions/{id}/complement",
    theme: "Contrôle",
    roles,
    resume: "Demande un complément à l'organisme, qui le lit en haut de sa fiche.",
    corps: CORPS.message,
    reponse: zEtatAction,
    run: ({ db, auteur, id }, _, { message }) => askComplement(db, auteur, id, message),
  }),
  operation({
    nom: "restaurerAction",
    methode: "POST",
    chemin: "/actions/{id}/restaurer",
    theme: "Contrôle",
    roles,
    resume: "Remet en ligne une action archivée, avec ses sessions qui ne sont pas finies.",
    reponse: zEtatAction,
    run: ({ db, verificateur, auteur, id }) => restoreAction(db, verificateur, auteur, id),
  }),
];
