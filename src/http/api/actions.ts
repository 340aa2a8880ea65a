import { z } from "zod";
import {
  archiveAction,
  confirmAction,
  createAction,
  deleteAction,
  discardChanges,
  organismeOfSiret,
  readAction,
  readActions,
  readPassages,
  saveAction,
  validateAction,
} from "../../catalogue/index.ts";
import { INTROUVABLE, type Operation, operation } from "./operation.ts";
import {
  actionLue,
  CORPS,
  QUERY,
  verificationLue,
  zActionLue,
  zConfirmeeAction,
  zEtatAction,
  zFait,
  zIdLu,
  zPassage,
  zRevisionLue,
  zSuite,
  zVerification,
} from "./schemas.ts";

const theme = "Actions";

/** Actions: read, written, validated, confirmed, taken away. */
export const ACTIONS: readonly Operation[] = [
  operation({
    nom: "listerActions",
    methode: "GET",
    chemin: "/actions",
    theme,
    resume: "Les actions que la clé peut voir, dans l'ordre de leur création.",
    query: QUERY.actions,
    reponse: z.object({ actions: z.array(zActionLue), suite: zSuite }),
    async run({ db, auteur }, { limite: limit, ...filtre }) {
      const { actions, suite = null } = await readActions(db, auteur, { limit, ...filtre });
      return { actions: actions.map(actionLue), suite };
    },
  }),
  operation({
    nom: "creerAction",
    methode: "POST",
    chemin: "/actions",
    theme,
    resume:
      "Ouvre un brouillon. Un financeur y nomme l'organisme, par son numéro ou son SIRET, et le cadre `conventionnee`.",
    corps: CORPS.nouvelleAction,
    statut: 201,
    reponse: zIdLu,
    async run({ db, auteur }, _, { siret, structure, ...nouvelle }) {
      const numero = siret === undefined ? structure : await organismeOfSiret(db, siret);
      if (siret !== undefined && numero === undefined)
        return {
          refus: `Le SIRET ${siret} n'est pas celui d'un seul organisme ouvert du catalogue : donnez le numéro de sa structure.`,
        };
      return createAction(db, auteur, { ...nouvelle, structure: numero });
    },
  }),
  operation({
    nom: "lireAction",
    methode: "GET",
    chemin: "/actions/{id}",
    theme,
    resume: "Une action et où elle en est.",
    reponse: zActionLue,
    async run({ db, auteur, id }) {
      const fiche = await readAction(db, auteur, id);
      return fiche === undefined ? INTROUVABLE : actionLue(fiche);
    },
  }),
  operation({
    nom: "enregistrerAction",
    methode: "PUT",
    chemin: "/actions/{id}",
    theme,
    resume: "Enregistre le contenu, entier. Ce qui est en ligne ne change pas avant la confirmation.",
    corps: CORPS.action,
    reponse: zRevisionLue,
    run: ({ db, auteur, id }, _, corps) => saveAction(db, auteur, id, corps),
  }),
  operation({
    nom: "validerAction",
    methode: "POST",
    chemin: "/actions/{id}/valider",
    theme,
    resume: "Première validation : dit ce qui ne va pas, champ par champ, et où l'offre paraîtra.",
    corps: CORPS.revision,
    reponse: zVerification,
    async run({ db, verificateur, auteur, id }, _, corps) {
      const done = await validateAction(db, verificateur, auteur, id, corps);
      return "refus" in done ? done : verificationLue(done);
    },
  }),
  operation({
    nom: "confirmerAction",
    methode: "POST",
    chemin: "/actions/{id}/confirmer",
    theme,
    resume:
      "Seconde validation : donne la référence, envoie au contrôle ou publie (toujours publiée si elle est conventionnée).",
    corps: CORPS.revision,
    reponse: zConfirmeeAction,
    run: ({ db, verificateur, auteur, id }, _, corps) => confirmAction(db, verificateur, auteur, id, corps),
  }),
  operation({
    nom: "abandonnerModifications",
    methode: "POST",
    chemin: "/actions/{id}/abandonner",
    theme,
    resume: "Revient à ce qui est en ligne.",
    reponse: zFait,
    run: ({ db, auteur, id }) => discardChanges(db, auteur, id),
  }),
  operation({
    nom: "archiverAction",
    methode: "POST",
    chemin: "/actions/{id}/archiver",
    theme,
    resume: "Retire l'action et ses sessions des flux ; l'agence peut la remettre en ligne.",
    corps: CORPS.motif,
    reponse: zEtatAction,
    run: ({ db, auteur, id }, _, corps) => archiveAction(db, auteur, id, corps),
  }),
  operation({
    nom: "supprimerAction",
    methode: "POST",
    chemin: "/actions/{id}/supprimer",
    theme,
    resume: "La même chose pour de bon ; un brouillon est effacé.",
    corps: CORPS.motif,
    reponse: zEtatAction,
    run: ({ db, auteur, id }, _, corps) => deleteAction(db, auteur, id, corps),
  }),
  operation({
    nom: "lirePassages",
    methode: "GET",
    chemin: "/actions/{id}/passages",
    theme,
    resume: "L'historique de l'action et de ses sessions, le plus récent d'abord.",
    query: QUERY.passages,
    reponse: z.object({ passages: z.array(zPassage), suite: zSuite }),
    async run({ db, auteur, id }, { avant, limite }) {
      if ((await readAction(db, auteur, id)) === undefined) return INTROUVABLE;
      const { passages, suite = null } = await readPassages(db, auteur, id, { limit: limite, avant });
      return {
        passages: passages.map((one) => ({
          id: one.id,
          session: one.session_id,
          at: one.at.toISOString(),
          acteur: one.acteur,
          evenement: one.evenement,
          de: one.de,
          vers: one.vers,
          message: one.message,
        })),
        suite,
      };
    },
  }),
];
