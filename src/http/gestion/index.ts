import type { FastifyInstance } from "fastify";
import { accueil } from "./accueil/routes.tsx";
import { controle } from "./controle/routes.tsx";
import { formulaires } from "./formulaires/routes.tsx";
import { importer } from "./importer/routes.tsx";
import { listes } from "./listes/routes.tsx";
import { monCatalogue } from "./monCatalogue/routes.tsx";
import type { GestionOptions } from "./options.ts";
import { recherches } from "./recherches/routes.tsx";
import { guardGestion } from "./scope.ts";
import { structures } from "./structures/routes.tsx";

export type { GestionOptions } from "./options.ts";

/** The pages of the catalogue. Register it in a scope prepared by `guardScope`. */
export function gestion(options: GestionOptions) {
  return async (app: FastifyInstance): Promise<void> => {
    guardGestion(app, options);
    await app.register(accueil(options));
    await app.register(structures(options));
    await app.register(recherches(options));
    await app.register(listes(options));
    await app.register(formulaires(options));
    await app.register(controle(options));
    await app.register(importer(options));
    await app.register(monCatalogue(options));
  };
}
