import type { FastifyInstance, FastifyRequest } from "fastify";
import type { Knex } from "knex";
import { z } from "zod";
import type { Store } from "../../../snapshot/index.ts";
import { sendProblem } from "../../problem.tsx";
import { sendPage } from "../send.ts";
import { zTexte } from "../texte.ts";
import { ApercuPage } from "./apercu.tsx";
import { readApercu } from "./apercuData.ts";
import { readReponse, readTrace } from "./data.ts";
import { lienSession, RecherchePage } from "./search.tsx";
import { TracePage } from "./trace.tsx";

const READER = { config: { acces: "lecteur" } } as const;

const zQuestion = z.object({ q: zTexte, action: zTexte, organisme: zTexte, apres: zTexte });

/** « Où est ma session ? »: the search, and all the way of one session. */
export function ou({
  db,
  outils,
}: {
  readonly db: Knex;
  readonly outils?: { readonly store: Pick<Store, "pathOf">; readonly base: string } | undefined;
}) {
  return async (app: FastifyInstance): Promise<void> => {
    app.get("/ou", READER, async ({ connexion, query }, reply) => {
      const question = zQuestion.parse(query);
      const asked = question.q + question.action + question.organisme !== "";
      const reponse = asked ? await readReponse(db, question) : undefined;
      if (reponse?.seule !== undefined) return reply.redirect(lienSession(reponse.seule), 303);
      return sendPage(reply, <RecherchePage qui={connexion} question={question} reponse={reponse} />);
    });

    app.get(
      "/ou/session/:numero",
      READER,
      async ({ connexion, params }: FastifyRequest<{ Params: { numero: string } }>, reply) => {
        const trace = await readTrace(db, zTexte.parse(params.numero));
        return trace === undefined
          ? reply.callNotFound()
          : sendPage(reply, <TracePage qui={connexion} trace={trace} />);
      },
    );

    app.get(
      "/ou/session/:numero/apercu/:profil",
      READER,
      async (request: FastifyRequest<{ Params: { numero: string; profil: string } }>, reply) => {
        if (outils === undefined) return sendProblem(request, reply, 503, NO_FILES);
        const apercu = await readApercu(db, outils.store, {
          session: zTexte.parse(request.params.numero),
          profil: zTexte.parse(request.params.profil),
          base: outils.base,
        });
        return apercu === undefined
          ? reply.callNotFound()
          : sendPage(reply, <ApercuPage qui={request.connexion} apercu={apercu} />);
      },
    );
  };
}

const NO_FILES = "Ce processus n'a pas accès aux fichiers des flux.";
