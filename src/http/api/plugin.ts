import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import type { Knex } from "knex";
import { z } from "zod";
import { isRefus, type Verificateur } from "../../catalogue/index.ts";
import { addressOf } from "../address.ts";
import { sendProblem } from "../problem.tsx";
import { ACTIONS } from "./actions.ts";
import { CLE, CONTROLE } from "./agence.ts";
import { comeInByKey } from "./cle.ts";
import { apiDocument } from "./document.ts";
import { estConflit, INTROUVABLE, type Operation, type Reponse } from "./operation.ts";
import { SESSIONS } from "./sessions.ts";

interface ApiOptions {
  readonly db: Knex;
  readonly verificateur: Verificateur;
  readonly publicUrl: string | undefined;
}

/** Where the API is. */
const RACINE = "/api/v1";
/** Every operation, in the order of the description. */
const OPERATIONS: readonly Operation[] = [...CLE, ...ACTIONS, ...SESSIONS, ...CONTROLE];

/** A year of sessions in one call. */
const BODY_LIMIT = 4 * 1024 * 1024;

/** For what a schema does not say in its own words. */
const FRENCH = { error: z.locales.fr().localeError };

const INCONNUE = "Cette fiche n'existe pas, ou n'est pas de votre structure.";

/**
 * The catalogue for the software of structures, with a key each (S31): the acts of the pages, under the same rules. Nothing
 * here reads the cookie of the pages.
 */
export function api(options: ApiOptions) {
  return async (app: FastifyInstance): Promise<void> => {
    const url = addressOf(app, options.publicUrl);
    app.decorateRequest("cleAuteur", undefined);

    // Made once, at the first request: before, the port may not be known yet.
    let description: string | undefined;
    app.get(`${RACINE}/openapi.json`, async (_request, reply) => {
      description ??= JSON.stringify(apiDocument(url(RACINE), OPERATIONS), null, 2);
      return reply
        .type("application/json; charset=utf-8")
        .header("cache-control", "public, max-age=3600")
        .send(description);
    });

    for (const one of OPERATIONS)
      app.route({
        method: one.methode,
        url: `${RACINE}${one.chemin.replaceAll(/\{(\w+)\}/g, ":$1")}`,
        bodyLimit: BODY_LIMIT,
        onRequest: (request, reply) => comeInByKey(options.db, request, reply),
        handler: (request, reply) => handle(options, one, request, reply),
      });
  };
}

async function handle(
  { db, verificateur }: ApiOptions,
  one: Operation,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const auteur = request.cleAuteur;
  if (auteur === undefined) throw new Error("came in without a key");
  if (one.roles?.includes(auteur.role) === false)
    return sendProblem(request, reply, 403, "La clé de votre structure ne permet pas cet acte.");
  const id = idOf(request.params);
  if (id === undefined) return sendProblem(request, reply, 404, INCONNUE);
  const query = one.query?.safeParse(request.query, FRENCH);
  if (query?.success === false) return sendErreurs(request, reply, 400, query.error);
  const corps = one.corps?.safeParse(request.body ?? {}, FRENCH);
  if (corps?.success === false) return sendErreurs(request, reply, 422, corps.error);
  const contexte = { db, verificateur, auteur, id };
  return send(request, reply, one, await one.run(contexte, query?.data, corps?.data));
}

/** 0 where the address has none; undefined when it is no number of ours. */
function idOf(params: unknown): number | undefined {
  if (typeof params !== "object" || params === null || !("id" in params)) return 0;
  const text = String(params.id);
  return /^[1-9]\d{0,14}$/.test(text) ? Number(text) : undefined;
}

function send(
  request: FastifyRequest,
  reply: FastifyReply,
  one: Operation,
  answer: Reponse<object>,
): FastifyReply {
  if (answer === INTROUVABLE) return sendProblem(request, reply, 404, INCONNUE);
  if (estConflit(answer)) {
    const { at, ...seen } = answer.conflit;
    return sendProblem(
      request,
      reply,
      409,
      `La fiche a été enregistrée depuis par ${seen.par} : relisez-la, puis recommencez.`,
      { conflit: { ...seen, at: at.toISOString() } },
    );
  }
  if (isRefus(answer))
    return sendProblem(request, reply, answer.refus === INCONNUE ? 404 : 409, answer.refus);
  return reply
    .code(one.statut)
    .type("application/json; charset=utf-8")
    .header("cache-control", "no-store")
    .send(JSON.stringify(answer));
}

function sendErreurs(
  request: FastifyRequest,
  reply: FastifyReply,
  statut: 400 | 422,
  { issues }: z.ZodError,
): FastifyReply {
  const erreurs = issues.map(({ path, message }) => ({ champ: champOf(path), message }));
  const first = erreurs[0];
  const detail =
    first === undefined
      ? "La demande n'a pas la forme attendue."
      : `${first.champ || "corps"} : ${first.message}`;
  return sendProblem(request, reply, statut, detail, { erreurs });
}

/** `contenu.lieux[0].principal`, as the forms name their fields. */
const champOf = (path: readonly PropertyKey[]): string =>
  path
    .map((step, rank) => (typeof step === "number" ? `[${step}]` : `${rank === 0 ? "" : "."}${String(step)}`))
    .join("");
