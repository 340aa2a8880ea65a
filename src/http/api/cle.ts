import type { FastifyReply, FastifyRequest } from "fastify";
import type { Knex } from "knex";
import { isSlowedDown, noteFailure } from "../../access/index.ts";
import { type Auteur, auteurOfKey } from "../../catalogue/index.ts";
import { sendProblem } from "../problem.tsx";

declare module "fastify" {
  interface FastifyRequest {
    /** Of the key that the request came with. */
    cleAuteur: Auteur | undefined;
  }
}

/**
 * Who comes with the key; answers the request itself when nobody does. One that keeps trying keys is slowed down like one
 * who tries passwords: a right key always opens.
 */
export async function comeInByKey(
  db: Knex,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply | undefined> {
  const { authorization } = request.headers;
  request.cleAuteur = await auteurOfKey(db, authorization);
  if (request.cleAuteur !== undefined) return undefined;
  reply.header("www-authenticate", 'Bearer realm="offre-info"');
  if (authorization === undefined)
    return sendProblem(
      request,
      reply,
      401,
      "Donnez la clé de votre structure : Authorization: Bearer <clé>.",
    );
  const adresse = [`adresse:${request.ip}`];
  if (await isSlowedDown(db, adresse))
    return sendProblem(
      request,
      reply.header("retry-after", "900"),
      429,
      "Trop de clés fausses : réessayez dans quelques minutes.",
    );
  await noteFailure(db, adresse);
  return sendProblem(
    request,
    reply,
    401,
    "Cette clé n'ouvre rien : elle est fausse ou révoquée, ou sa structure est fermée.",
  );
}
