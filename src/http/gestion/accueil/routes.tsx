import type { FastifyInstance } from "fastify";
import { sendPage } from "../../pages/send.ts";
import type { GestionOptions } from "../options.ts";
import { pour } from "../scope.ts";
import { AccueilPage } from "./page.tsx";

/** Where everyone of the catalogue comes in. */
export function accueil(_options: GestionOptions) {
  return async (app: FastifyInstance): Promise<void> => {
    app.get("/gestion", pour("tous"), async ({ connexion, place }, reply) =>
      sendPage(reply, <AccueilPage qui={connexion} place={place} />),
    );
  };
}
