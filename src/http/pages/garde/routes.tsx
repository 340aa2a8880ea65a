import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import type { Knex } from "knex";
import { z } from "zod";
import { heldSessions, openHolds, type Retenue, refuseGuard, releaseGuard } from "../../../snapshot/index.ts";
import { acteurOf } from "../form.tsx";
import { sendPage } from "../send.ts";
import { zTexte } from "../texte.ts";
import { GardePage, GardesPage } from "./page.tsx";

const READER = { config: { acces: "lecteur" } } as const;
const OPERATOR = { config: { acces: "operateur" } } as const;

const zDecision = z.object({ motif: zTexte, sessions: z.coerce.number().int().catch(-1) });

/** Lines of one page. */
const SHOWN = 200;

/** What was decided, said on the list of what is still held. */
const FAITS: Readonly<Record<string, string>> = {
  liberer: "Les départs retenus ont lieu à la prochaine édition, demandée aussitôt.",
  refuser: "Rien de ce qui est retenu ne part : la prochaine édition, demandée aussitôt, juge de nouveau.",
};

const ACTES = { liberer: releaseGuard, refuser: refuseGuard } as const;

type One = FastifyRequest<{ Params: { profil: string } }>;

/** Feeds held because too many sessions would leave them without a recorded cause: seen, let go or refused. */
export function garde({ db }: { readonly db: Knex }) {
  return async (app: FastifyInstance): Promise<void> => {
    app.get("/garde", READER, async ({ connexion, query }, reply) => {
      const { fait } = z.object({ fait: zTexte }).parse(query);
      return sendPage(
        reply,
        <GardesPage qui={connexion} retenues={await openHolds(db)} fait={FAITS[fait]} />,
      );
    });

    app.get("/garde/:profil", READER, async (request: One, reply) => show(request, reply));

    for (const acte of ["liberer", "refuser"] as const)
      app.post(`/garde/:profil/${acte}`, OPERATOR, async (request: One, reply) => {
        const retenue = await find(request);
        if (retenue === undefined) return reply.callNotFound();
        const decision = zDecision.parse(request.body ?? {});
        const { profil } = retenue;
        const decided = await ACTES[acte](db, { profil, acteur: acteurOf(request), ...decision });
        if ("refused" in decided) return show(request, reply.code(422), decided.refused, decision.motif);
        return reply.redirect(`/garde?fait=${acte}`, 303);
      });

    const find = async ({ params }: One): Promise<Retenue | undefined> =>
      (await openHolds(db)).find(({ profil }) => profil === zTexte.parse(params.profil));

    async function show(request: One, reply: FastifyReply, refus?: string, motif?: string) {
      const retenue = await find(request);
      if (retenue === undefined) return reply.callNotFound();
      const { apres } = z.object({ apres: zTexte }).parse(request.query);
      const found = await heldSessions(db, retenue.id, { apres, limit: SHOWN + 1 });
      const sessions = found.slice(0, SHOWN);
      return sendPage(
        reply,
        <GardePage
          qui={request.connexion}
          retenue={retenue}
          sessions={sessions}
          suivant={found.length > SHOWN ? sessions.at(-1)?.session : undefined}
          debut={apres === ""}
          refus={refus}
          motif={motif}
        />,
      );
    }
  };
}
