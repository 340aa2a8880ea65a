import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import type { Knex } from "knex";
import type { Connexion } from "../../access/index.ts";
import { type Auteur, type Place, type RoleCatalogue, readPlace } from "../../catalogue/index.ts";
import { sendProblem } from "../problem.tsx";
import { sendRefus } from "./refus.tsx";

/**
 * What a route of the catalogue asks of who calls it: `tous`, to be signed in; `structures`, to be an administrator; the
 * others, what the active structure gives.
 */
export type Droit = "tous" | "catalogue.lire" | "catalogue.ecrire" | "controle" | "financeur" | "structures";

declare module "fastify" {
  interface FastifyContextConfig {
    /** Declared by every route under `/gestion`, beside `acces: "membre"`. */
    droit?: Droit;
  }
  interface FastifyRequest {
    /** Who acts, and on whose actions. Only where the route's `droit` is neither `tous` nor `structures`. */
    readonly auteur: Auteur;
    /** For which structure the person acts; nothing when there is none. */
    place: Place | undefined;
  }
}

/** Who reads a page, for its frame. */
export interface Lecteur {
  readonly qui: Connexion | undefined;
  readonly place: Place | undefined;
}

/** Who reads a page that only those of a structure see. */
export interface Membre extends Lecteur {
  readonly place: Place;
}

export const lecteurOf = ({
  connexion: qui,
  place,
}: Pick<FastifyRequest, "connexion" | "place">): Lecteur => ({
  qui,
  place,
});

/** Only where the route's `droit` is neither `tous` nor `structures`, as for the author. */
export function membreOf({ connexion: qui, place, url }: FastifyRequest): Membre {
  if (place === undefined) throw new Error(`the route of ${url} asks for no right`);
  return { qui, place };
}

const ROLES: Readonly<Record<Exclude<Droit, "tous" | "structures">, readonly RoleCatalogue[]>> = {
  "catalogue.lire": ["of", "lecteur_of", "financeur", "controle"],
  "catalogue.ecrire": ["of", "financeur", "controle"],
  controle: ["controle"],
  financeur: ["financeur"],
};

/** May this person, with the structure that is active, use what asks for this? */
export function aDroit(qui: Connexion | undefined, place: Place | undefined, droit: Droit): boolean {
  if (droit === "tous") return qui !== undefined;
  if (droit === "structures") return qui?.compte.role === "administrateur";
  return place !== undefined && ROLES[droit].includes(place.auteur.role);
}

/** The `config` of a route of the catalogue. */
export const pour = (droit: Droit) => ({ config: { acces: "membre", droit } }) as const;

/**
 * Prepares the scope of the catalogue, inside that of the site: each route says which right it asks for, and no handler runs
 * without an author who has it.
 */
export function guardGestion(app: FastifyInstance, { db }: { readonly db: Knex }): void {
  app.decorateRequest("place", undefined);
  app.decorateRequest("auteur", {
    getter(this: FastifyRequest) {
      return membreOf(this).place.auteur;
    },
  });
  app.addHook("onRoute", ({ url, config }) => {
    if (config?.droit === undefined) throw new Error(`route ${url} does not say which right it asks for`);
  });
  app.addHook("preHandler", async (request: FastifyRequest, reply: FastifyReply) => {
    const { connexion } = request;
    if (connexion === undefined)
      return sendProblem(request, reply, 401, "Connectez-vous pour voir cette page.");
    request.place = await readPlace(db, connexion);
    const droit = request.routeOptions.config.droit ?? "structures";
    if (!aDroit(connexion, request.place, droit)) return sendRefus(request, reply, droit);
  });
}
