/** @jsxRuntime automatic */
/** @jsxImportSource preact */
import type { FastifyReply, FastifyRequest } from "fastify";
import { renderToString } from "preact-render-to-string";
import { Layout } from "./pages/layout.tsx";

const TITRES: Readonly<Record<number, string>> = {
  400: "Demande incorrecte",
  401: "Accès réservé",
  403: "Accès refusé",
  404: "Introuvable",
  405: "Méthode non prévue",
  408: "Trop lent",
  409: "Pas maintenant",
  410: "Ce flux n'existe plus",
  412: "Condition non remplie",
  413: "Envoi trop long",
  414: "Adresse trop longue",
  415: "Contenu non lu ici",
  416: "Morceau hors du fichier",
  422: "À corriger",
  429: "Trop de demandes",
  431: "En-têtes trop longs",
  500: "Erreur du serveur",
  503: "Service indisponible",
};

const titreOf = (statut: number): string =>
  TITRES[statut] ?? (statut < 500 ? "Demande refusée" : "Erreur du serveur");

/** A fault as one line of plain text. */
export const plainProblem = (statut: number, message: string): string => `${titreOf(statut)}. ${message}\n`;

/**
 * Answers a fault in the form that the client reads: a page, JSON, or plain text; to those of the API, as RFC 9457 has it.
 * Never a stack.
 * @param plus what an answer of the API says beside
 */
export function sendProblem(
  request: FastifyRequest,
  reply: FastifyReply,
  statut: number,
  message: string,
  plus: Readonly<Record<string, unknown>> = {},
): FastifyReply {
  const titre = titreOf(statut);
  const accept = request.headers.accept ?? "";
  if (request.url.startsWith("/api/"))
    return reply
      .code(statut)
      .header("cache-control", "no-store")
      .type("application/problem+json; charset=utf-8")
      .send(JSON.stringify({ type: "about:blank", title: titre, status: statut, detail: message, ...plus }));
  reply.code(statut).header("cache-control", "no-store").header("vary", "Accept");
  if (accept.includes("text/html"))
    return reply
      .type("text/html; charset=utf-8")
      .send(`<!doctype html>\n${renderToString(<Problem statut={statut} message={message} />)}`);
  if (accept.includes("application/json"))
    return reply.type("application/json; charset=utf-8").send(JSON.stringify({ statut, titre, message }));
  return reply.type("text/plain; charset=utf-8").send(plainProblem(statut, message));
}

function Problem({ statut, message }: { statut: number; message: string }) {
  const titre = titreOf(statut);
  return (
    <Layout titre={titre}>
      <h1>{titre}</h1>
      <p>{message}</p>
      {statut === 401 ? (
        <p>
          <a href="/connexion">Se connecter</a>
        </p>
      ) : null}
    </Layout>
  );
}
