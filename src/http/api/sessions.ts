import { z } from "zod";
import {
  confirmSession,
  createSessions,
  deleteSession,
  duplicateSession,
  readAction,
  readSession,
  readSessions,
  saveSession,
  validateSession,
  withdrawSession,
} from "../../catalogue/index.ts";
import { INTROUVABLE, type Operation, operation } from "./operation.ts";
import {
  CORPS,
  QUERY,
  sessionLue,
  verificationLue,
  zConfirmeeSession,
  zFait,
  zIdLu,
  zIds,
  zRevisionLue,
  zSessionLue,
  zSuite,
  zVerification,
} from "./schemas.ts";

const theme = "Sessions";

/** Sessions of an action: the same, one by one. */
export const SESSIONS: readonly Operation[] = [
  operation({
    nom: "listerSessions",
    methode: "GET",
    chemin: "/actions/{id}/sessions",
    theme,
    resume: "Les sessions d'une action, celles qui sont parties exceptées.",
    query: QUERY.sessions,
    reponse: z.object({ sessions: z.array(zSessionLue), suite: zSuite }),
    async run({ db, auteur, id }, { limite: limit, apres = 0, filtre = "" }) {
      if ((await readAction(db, auteur, id)) === undefined) return INTROUVABLE;
      const { sessions, suite = null } = await readSessions(db, auteur, id, { limit, apres, filtre });
      return { sessions: sessions.map(sessionLue), suite };
    },
  }),
  operation({
    nom: "ajouterSessions",
    methode: "POST",
    chemin: "/actions/{id}/sessions",
    theme,
    resume: "Ajoute des sessions en brouillon : toutes ou aucune, une par voie d'accès.",
    corps: CORPS.sessions,
    statut: 201,
    reponse: zIds,
    async run({ db, auteur, id }, _, { contenus }) {
      const done = await createSessions(db, auteur, id, contenus);
      return "refus" in done ? done : { ids: [...done.ids] };
    },
  }),
  operation({
    nom: "lireSession",
    methode: "GET",
    chemin: "/sessions/{id}",
    theme,
    resume: "Une session et où elle en est.",
    reponse: zSessionLue,
    async run({ db, auteur, id }) {
      const found = await readSession(db, auteur, id);
      return found === undefined ? INTROUVABLE : sessionLue(found.session);
    },
  }),
  operation({
    nom: "enregistrerSession",
    methode: "PUT",
    chemin: "/sessions/{id}",
    theme,
    resume: "Enregistre le contenu, entier.",
    corps: CORPS.session,
    reponse: zRevisionLue,
    run: ({ db, auteur, id }, _, corps) => saveSession(db, auteur, id, corps),
  }),
  operation({
    nom: "validerSession",
    methode: "POST",
    chemin: "/sessions/{id}/valider",
    theme,
    resume: "Première validation d'une session d'une action en ligne.",
    corps: CORPS.revision,
    reponse: zVerification,
    async run({ db, verificateur, auteur, id }, _, corps) {
      const done = await validateSession(db, verificateur, auteur, id, corps);
      return "refus" in done ? done : verificationLue(done);
    },
  }),
  operation({
    nom: "confirmerSession",
    methode: "POST",
    chemin: "/sessions/{id}/confirmer",
    theme,
    resume: "Seconde validation : publiée aussitôt, sauf si elle attend une certification en contrôle.",
    corps: CORPS.revision,
    reponse: zConfirmeeSession,
    run: ({ db, verificateur, auteur, id }, _, corps) => confirmSession(db, verificateur, auteur, id, corps),
  }),
  operation({
    nom: "dupliquerSession",
    methode: "POST",
    chemin: "/sessions/{id}/dupliquer",
    theme,
    resume: "Une copie en brouillon.",
    statut: 201,
    reponse: zIdLu,
    run: ({ db, auteur, id }) => duplicateSession(db, auteur, id),
  }),
  operation({
    nom: "retirerSession",
    methode: "POST",
    chemin: "/sessions/{id}/retirer",
    theme,
    resume: "La retire des flux avant son terme, avec un motif.",
    corps: CORPS.motif,
    reponse: zFait,
    run: ({ db, auteur, id }, _, corps) => withdrawSession(db, auteur, id, corps),
  }),
  operation({
    nom: "supprimerSession",
    methode: "POST",
    chemin: "/sessions/{id}/supprimer",
    theme,
    resume: "Supprime un brouillon, ou une session finie depuis plus de 30 jours.",
    reponse: zFait,
    run: ({ db, auteur, id }) => deleteSession(db, auteur, id),
  }),
];
