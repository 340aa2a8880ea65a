import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { z } from "zod";
import {
  CADRES,
  countActions,
  etatDe,
  listActions,
  restoreAction,
  structuresNamed,
} from "../../../catalogue/index.ts";
import { sendPage } from "../../pages/send.ts";
import { zId } from "../id.ts";
import type { GestionOptions } from "../options.ts";
import { membreOf, pour } from "../scope.ts";
import { AjouterPage } from "./ajouter.tsx";
import { zCriteres } from "./criteres.ts";
import { FormationsPage } from "./formations.tsx";
import { HistoriquePage } from "./historique.tsx";
import { readHistorique } from "./historiqueData.ts";

type One = FastifyRequest<{ Params: { id: string } }>;

/** The lists of the catalogue, and the history of each action. */
export function listes({ db, verificateur, contact }: GestionOptions) {
  return async (app: FastifyInstance): Promise<void> => {
    app.get("/gestion/formations", pour("catalogue.lire"), async (request, reply) => {
      const { auteur } = request;
      const criteres = zCriteres.parse(request.query);
      const structures =
        auteur.role === "controle" ? await structuresNamed(db, criteres.structure) : undefined;
      const [comptes, liste] = await Promise.all([
        countActions(db, auteur, structures),
        listActions(db, auteur, { ...criteres, etat: etatDe(criteres.onglet), structures }),
      ]);
      return sendPage(
        reply,
        <FormationsPage
          {...membreOf(request)}
          criteres={criteres}
          comptes={comptes}
          liste={liste}
          contact={contact}
        />,
      );
    });

    app.get("/gestion/formations/ajouter", pour("catalogue.ecrire"), async (request, reply) => {
      const { cadre } = z.object({ cadre: z.enum(CADRES).catch("non_conventionnee") }).parse(request.query);
      return sendPage(reply, <AjouterPage {...membreOf(request)} cadre={cadre} />);
    });

    app.get("/gestion/actions/:id/historique", pour("catalogue.lire"), async (request: One, reply) =>
      showHistorique(request, reply),
    );

    app.post("/gestion/actions/:id/restaurer", pour("controle"), async (request: One, reply) => {
      const id = zId.parse(request.params.id);
      if (id === undefined) return reply.callNotFound();
      const done = await restoreAction(db, verificateur, request.auteur, id);
      return "refus" in done
        ? showHistorique(request, reply.code(409), done.refus)
        : reply.redirect(`/gestion/actions/${id}/historique`, 303);
    });

    async function showHistorique(request: One, reply: FastifyReply, refus?: string) {
      const id = zId.parse(request.params.id);
      const { avant } = z.object({ avant: zId }).parse(request.query);
      const historique = id === undefined ? undefined : await readHistorique(db, request.auteur, id, avant);
      return historique === undefined
        ? reply.callNotFound()
        : sendPage(
            reply,
            <HistoriquePage {...membreOf(request)} historique={historique} contact={contact} refus={refus} />,
          );
    }
  };
}
