import type { FastifyRequest } from "fastify";
import type { Connexion } from "../../../access/index.ts";
import type { Gerant, Place } from "../../../catalogue/index.ts";
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

/** Who reads a page, for its frame. */
export interface Lecteur {
  readonly qui: Connexion | undefined;
  readonly place: Place | undefined;
}

export const lecteurOf = ({
  connexion: qui,
  place,
}: Pick<FastifyRequest, "connexion" | "place">): Lecteur => ({
  qui,
  place,
});

export const lienStructure = (numero: string): string => `/gestion/structure/${encodeURIComponent(numero)}`;
