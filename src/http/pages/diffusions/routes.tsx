import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import type { Knex } from "knex";
import { z } from "zod";
import { actOnDelivery, type Detail, readDelivery } from "../../../delivery/index.ts";
import { acteurOf } from "../form.tsx";
import { sendPage } from "../send.ts";
import { zTexte } from "../texte.ts";
import { ActePage } from "./acte.tsx";
import { acteDe } from "./actes.ts";
import { filtreOf, zCriteres } from "./criteres.ts";
import { readDestinataires, readPage } from "./data.ts";
import { DiffusionPage } from "./detail.tsx";
import { DiffusionsPage } from "./list.tsx";

const READER = { config: { acces: "lecteur" } } as const;
const OPERATOR = { config: { acces: "operateur" } } as const;

const zList = zCriteres.extend({ apres: zTexte });

type One = FastifyRequest<{ Params: { id: string; acte: string } }>;

/** Deliveries: the list, all about one, and what an operator does with it. */
export function diffusions({ db }: { readonly db: Knex }) {
  const found = ({ params }: One): Promise<Detail | undefined> => readDelivery(db, zTexte.parse(params.id));

  return async (app: FastifyInstance): Promise<void> => {
    app.get("/diffusions", READER, async ({ connexion, query }, reply) => {
      const { apres, ...criteres } = zList.parse(query);
      const lu = filtreOf(criteres);
      const page =
        lu.erreur === undefined
          ? await readPage(db, lu.filtre, apres === "" ? undefined : apres)
          : { annoncees: [], lignes: [], suivant: undefined };
      return sendPage(
        reply.code(lu.erreur === undefined ? 200 : 422),
        <DiffusionsPage
          qui={connexion}
          criteres={criteres}
          erreur={lu.erreur}
          destinataires={await readDestinataires(db)}
          page={page}
        />,
      );
    });

    app.get("/diffusions/:id", READER, async (request: One, reply) => {
      const detail = await found(request);
      if (detail === undefined) return reply.callNotFound();
      const { fait } = zFait.parse(request.query);
      return sendPage(reply, <DiffusionPage qui={request.connexion} detail={detail} fait={acteDe(fait)} />);
    });

    app.get("/diffusions/:id/:acte", OPERATOR, async (request: One, reply) => ask(request, reply));

    app.post("/diffusions/:id/:acte", OPERATOR, async (request: One, reply) => {
      const acte = acteDe(request.params.acte);
      if (acte === undefined) return reply.callNotFound();
      const id = zTexte.parse(request.params.id);
      const { motif } = zMotif.parse(request.body ?? {});
      const acted = await actOnDelivery(db, acte.verb, { id, acteur: acteurOf(request), motif });
      if ("refused" in acted) return ask(request, reply.code(422), acted.refused, motif);
      return reply.redirect(`/diffusions/${encodeURIComponent(id)}?fait=${acte.nom}`, 303);
    });

    async function ask(request: One, reply: FastifyReply, refus?: string, motif?: string) {
      const acte = acteDe(request.params.acte);
      const detail = await found(request);
      if (acte === undefined || detail === undefined) return reply.callNotFound();
      return sendPage(
        reply,
        <ActePage
          qui={request.connexion}
          detail={detail}
          acte={acte}
          refus={refus}
          {...(motif === undefined ? {} : { motif })}
        />,
      );
    }
  };
}

const zFait = z.object({ fait: zTexte });
const zMotif = z.object({ motif: zTexte });
