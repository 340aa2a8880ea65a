import cookie from "@fastify/cookie";
import formbody from "@fastify/formbody";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import type { Knex } from "knex";
import {
  atLeast,
  type Connexion,
  LIBELLES_ROLES,
  type Role,
  readConnexion,
  sameText,
} from "../../access/index.ts";
import { sendProblem } from "../problem.tsx";

/** Who may use a route: `tous`, without signing in, or a role and those above it. */
export type Acces = "tous" | Role;

declare module "fastify" {
  interface FastifyContextConfig {
    /** Declared by every route for people; one that says nothing is not registered. */
    acces?: Acces;
    /** Stays open while a page is shown. */
    flux?: boolean;
  }
  interface FastifyRequest {
    connexion: Connexion | undefined;
  }
}

export interface SessionOptions {
  readonly db: Knex;
  /** The site is reached by https: the cookie never travels otherwise. */
  readonly secure: boolean;
}

/** Name and attributes of the cookie: no script reads it, no other site sends it along with a form. */
export function cookieOf({ secure }: Pick<SessionOptions, "secure">) {
  return {
    name: secure ? "__Host-offre-info" : "offre-info",
    options: { httpOnly: true, sameSite: "lax", secure, path: "/" },
  } as const;
}

/**
 * Prepares a scope of routes for people: each must say who may use it, each that changes something must carry the token
 * of its form and come from our own pages. What is not allowed is answered before any handler runs.
 */
export async function guardScope(app: FastifyInstance, options: SessionOptions): Promise<void> {
  const { name } = cookieOf(options);
  await app.register(cookie);
  await app.register(formbody);
  app.decorateRequest("connexion", undefined);
  app.addHook("onRoute", ({ url, config }) => {
    if (config?.acces === undefined) throw new Error(`route ${url} does not say who may use it`);
  });
  app.addHook("onRequest", async (request) => {
    const signeDeVie = !isByItself(request);
    request.connexion = await readConnexion(options.db, request.cookies[name], { signeDeVie });
  });
  app.addHook("preHandler", async (request, reply) => {
    if (namesNothing(request)) return reply.callNotFound();
    const acces = request.routeOptions.config.acces ?? "administrateur";
    const changes = request.method !== "GET" && request.method !== "HEAD";
    if (changes && isForeign(request)) return refuse(request, reply, FOREIGN);
    if (acces === "tous") return;
    const { connexion } = request;
    if (connexion === undefined) return askToSignIn(request, reply);
    if (!atLeast(connexion.compte.role, acces))
      return refuse(
        request,
        reply,
        `Votre compte est « ${LIBELLES_ROLES[connexion.compte.role]} » ; il faut être ${LIBELLES_ROLES[acces]} pour cela. Demandez-le à un administrateur.`,
      );
    if (changes && !sameText(tokenOf(request), connexion.csrf)) return refuse(request, reply, STALE);
  });
}

const FOREIGN = "Cette demande ne vient pas d'une page de ce site : rien n'a été fait.";
const STALE = "Ce formulaire n'est plus valable : rien n'a été fait. Rechargez la page et recommencez.";
const TOO_LATE =
  "Votre connexion est terminée : rien n'a été fait. Connectez-vous, revenez en arrière et recommencez.";

function refuse(request: FastifyRequest, reply: FastifyReply, message: string): FastifyReply {
  return sendProblem(request, reply, 403, message);
}

/** PostgreSQL keeps no text with this character, so nothing bears such a name. */
const namesNothing = ({ params }: FastifyRequest): boolean =>
  Object.values(params ?? {}).some((value) => typeof value === "string" && value.includes("\0"));

/** Browsers say where a form comes from; another site's is refused even with the cookie. */
function isForeign({ headers }: FastifyRequest): boolean {
  const site = headers["sec-fetch-site"];
  if (site !== undefined) return site !== "same-origin";
  const { origin, host } = headers;
  if (origin === undefined) return false;
  return !URL.canParse(origin) || new URL(origin).host !== host;
}

/** A page that is shown reads itself again: nobody asked for it just now. */
const isByItself = ({ headers, routeOptions }: FastifyRequest): boolean =>
  headers["hx-request"] !== undefined || routeOptions.config.flux === true;

function tokenOf({ body, headers }: FastifyRequest): string {
  const header = headers["x-csrf-token"];
  if (typeof header === "string") return header;
  const field = typeof body === "object" && body !== null && "_csrf" in body ? body._csrf : undefined;
  return typeof field === "string" ? field : "";
}

function askToSignIn(request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const wantsPage = !isByItself(request) && (request.headers.accept ?? "").includes("text/html");
  if (request.method === "GET" && wantsPage)
    return reply.redirect(`/connexion?vers=${encodeURIComponent(request.url)}`, 303);
  const changes = request.method !== "GET" && request.method !== "HEAD";
  return sendProblem(request, reply, 401, changes ? TOO_LATE : "Connectez-vous pour voir cette page.");
}
