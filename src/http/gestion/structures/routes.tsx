import type { FastifyInstance } from "fastify";
import type { GestionOptions } from "../options.ts";
import { demandes } from "./demandesRoutes.tsx";
import { mesStructures } from "./mesStructuresRoutes.tsx";
import { uneStructure } from "./structureRoutes.tsx";
import { toutes } from "./toutesRoutes.tsx";

/** Structures: one's own, requests to be attached, and their administration. */
export function structures(options: GestionOptions) {
  return async (app: FastifyInstance): Promise<void> => {
    await app.register(mesStructures(options));
    await app.register(demandes(options));
    await app.register(toutes(options));
    await app.register(uneStructure(options));
  };
}
