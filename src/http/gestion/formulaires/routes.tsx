import type { FastifyInstance } from "fastify";
import type { GestionOptions } from "../options.ts";
import { pour } from "../scope.ts";
import { fabrique } from "./fabrique/routes.tsx";
import { fiches } from "./fiche/routes.tsx";
import { nouvelle } from "./nouvelle/routes.tsx";
import { SCRIPT } from "./script.ts";
import { sortiesDAction } from "./sorties/actions.tsx";
import { sortiesDeSession } from "./sorties/sessions.tsx";

/** The forms of actions and sessions, and what is done from them. */
export function formulaires(options: GestionOptions) {
  return async (app: FastifyInstance): Promise<void> => {
    app.get("/gestion/formulaire.js", pour("tous"), async (_request, reply) =>
      reply
        .type("text/javascript; charset=utf-8")
        .header("cache-control", "private, max-age=31536000, immutable")
        .send(SCRIPT),
    );
    await app.register(nouvelle(options));
    await app.register(fiches(options));
    await app.register(fabrique(options));
    await app.register(sortiesDAction(options));
    await app.register(sortiesDeSession(options));
  };
}
