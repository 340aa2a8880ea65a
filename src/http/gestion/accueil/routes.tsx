import type { FastifyInstance } from "fastify";
import { countActions, readRequestsToDecide } from "../../../catalogue/index.ts";
import { sendPage } from "../../pages/send.ts";
import type { GestionOptions } from "../options.ts";
import { lecteurOf, pour } from "../scope.ts";
import { gerantOf } from "../structures/gerant.ts";
import { AccueilPage } from "./page.tsx";

/** Where everyone of the catalogue comes in. */
export function accueil({ db }: GestionOptions) {
  return async (app: FastifyInstance): Promise<void> => {
    app.get("/gestion", pour("tous"), async (request, reply) => {
      const { place } = request;
      const [comptes, demandes] = await Promise.all([
        place === undefined ? undefined : countActions(db, place.auteur),
        readRequestsToDecide(db, gerantOf(request)),
      ]);
      return sendPage(
        reply,
        <AccueilPage {...lecteurOf(request)} comptes={comptes} demandes={demandes.length} />,
      );
    });
  };
}
