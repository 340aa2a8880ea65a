import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import {
  createSessions,
  estPermanente,
  type FicheAction,
  readAction,
  readSessions,
  reconduire,
  refusDEcrireLaSession,
  type Saisies,
  similarSessions,
} from "../../../../catalogue/index.ts";
import { sendPage } from "../../../pages/send.ts";
import { zId } from "../../id.ts";
import type { GestionOptions } from "../../options.ts";
import { pour } from "../../scope.ts";
import { acteDe, derniere, saisiesOf } from "../corps.ts";
import { FabriquePage } from "./page.tsx";
import { cleDuLieu, type Matiere, type Prevue, readMatiere, readPrevues } from "./plan.ts";
import { ReconduirePage, type Reconduite } from "./reconduire.tsx";

type One = FastifyRequest<{ Params: { id: string } }>;
const ECRIRE = { ...pour("catalogue.ecrire"), bodyLimit: 256 * 1024 } as const;

/** Annual sessions looked at. */
const REGARDEES = 500;

/** Several sessions at once: the factory, and the roll-over of annual sessions. */
export function fabrique({ db }: GestionOptions) {
  return async (app: FastifyInstance): Promise<void> => {
    const find = async ({ auteur, params }: One): Promise<FicheAction | undefined> => {
      const id = zId.parse(params.id);
      return id === undefined ? undefined : readAction(db, auteur, id);
    };

    app.get("/gestion/actions/:id/sessions/fabrique", ECRIRE, async (request: One, reply) => {
      const action = await find(request);
      if (action === undefined) return reply.callNotFound();
      const matiere = await readMatiere(db, request.auteur, action);
      return showFabrique(request, reply, matiere, firstSaisies(matiere));
    });

    app.post("/gestion/actions/:id/sessions/fabrique", ECRIRE, async (request: One, reply) => {
      const action = await find(request);
      if (action === undefined) return reply.callNotFound();
      const saisies = saisiesOf(request.body);
      const matiere = await readMatiere(db, request.auteur, action);
      const read = await readPrevues(db, matiere, saisies);
      if ("refus" in read)
        return showFabrique(request, reply.code(422), matiere, saisies, { refus: read.refus });
      const { prevues } = read;
      // What is created is what was shown: anything else is shown first.
      const seen = derniere(saisies, "vues") === String(prevues.length);
      if (acteDe(saisies).verbe !== "creer" || !seen)
        return showFabrique(request, reply, matiere, saisies, { prevues });
      const kept = new Set(saisies.get("garder") ?? []);
      const contenus = prevues.filter((_, rang) => kept.has(String(rang))).map(({ contenu }) => contenu);
      const refus = await create(request, reply, action, contenus);
      return refus === undefined
        ? reply
        : showFabrique(request, reply.code(422), matiere, saisies, { refus, prevues });
    });

    app.get("/gestion/actions/:id/sessions/reconduire", ECRIRE, async (request: One, reply) => {
      const action = await find(request);
      return action === undefined ? reply.callNotFound() : showReconduire(request, reply, action);
    });

    app.post("/gestion/actions/:id/sessions/reconduire", ECRIRE, async (request: One, reply) => {
      const action = await find(request);
      if (action === undefined) return reply.callNotFound();
      const kept = new Set(saisiesOf(request.body).get("garder") ?? []);
      const chosen = (await readReconduites(request, action)).filter(({ session }) =>
        kept.has(String(session.id)),
      );
      const contenus = chosen.map(({ contenu }) => contenu);
      const refus = await create(request, reply, action, contenus);
      return refus === undefined ? reply : showReconduire(request, reply.code(422), action, refus);
    });

    /** Creates them and leads to the action; a reason when nothing was created. */
    async function create(
      { auteur }: One,
      reply: FastifyReply,
      action: FicheAction,
      contenus: readonly unknown[],
    ): Promise<string | undefined> {
      if (contenus.length === 0) return "Aucune session n'est cochée : rien n'est créé.";
      const made = await createSessions(db, auteur, action.id, contenus);
      if ("refus" in made) return made.refus;
      reply.redirect(`/gestion/actions/${action.id}?fait=fabrique&n=${made.ids.length}#sessions`, 303);
      return undefined;
    }

    function showFabrique(
      request: One,
      reply: FastifyReply,
      matiere: Matiere,
      saisies: Saisies,
      said: { readonly refus?: string; readonly prevues?: readonly Prevue[] } = {},
    ) {
      const { connexion: qui, place, auteur } = request;
      const refus = said.refus ?? refusDEcrireLaSession(auteur, { action: matiere.action });
      return sendPage(
        reply,
        <FabriquePage
          qui={qui}
          place={place}
          matiere={matiere}
          saisies={saisies}
          refus={refus}
          prevues={said.prevues}
        />,
      );
    }

    async function readReconduites({ auteur }: One, action: FicheAction): Promise<readonly Reconduite[]> {
      const { sessions } = await readSessions(db, auteur, action.id, { limit: REGARDEES });
      const annual = sessions.filter(({ contenu }) => estPermanente(contenu));
      const next = annual.map((session) => ({ session, contenu: reconduire(session.contenu) }));
      const doubles = await similarSessions(
        db,
        next.map(({ session, contenu }) => ({ id: -session.id, action_id: action.id, contenu })),
      );
      return next.map(({ session, contenu }) => {
        const double = doubles.find(({ de }) => de === -session.id);
        return {
          session,
          contenu,
          double: double === undefined ? undefined : (double.reference ?? `brouillon ${double.id}`),
        };
      });
    }

    async function showReconduire(request: One, reply: FastifyReply, action: FicheAction, refus?: string) {
      const { connexion: qui, place } = request;
      const reconduites = await readReconduites(request, action);
      return sendPage(
        reply,
        <ReconduirePage qui={qui} place={place} action={action} reconduites={reconduites} refus={refus} />,
      );
    }
  };
}

/** The factory starts from the latest session: its voie, its place, and all the rest. */
function firstSaisies({ modeles: [first] }: Matiere): Saisies {
  if (first === undefined) return new Map();
  const { voie, lieux: own = [] } = first.contenu;
  return new Map([
    ["modele", [String(first.id)]],
    ["voies", voie === undefined ? [] : [voie]],
    ["lieux", own.map(cleDuLieu)],
  ]);
}
