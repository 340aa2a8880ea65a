import type { FastifyRequest } from "fastify";
import type { Gerant } from "../../../catalogue/index.ts";
import { acteurOf } from "../../pages/form.tsx";

/** Who looks after structures, as they are signed in. */
export function gerantOf(request: Pick<FastifyRequest, "connexion">): Gerant {
  const compte = request.connexion?.compte;
  return {
    acteur: acteurOf(request),
    administrateur: compte?.role === "administrateur",
    ...(compte === undefined ? {} : { compte: compte.id }),
  };
}

export const lienStructure = (numero: string): string => `/gestion/structure/${encodeURIComponent(numero)}`;
