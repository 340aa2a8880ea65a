import { setTimeout as pause } from "node:timers/promises";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import type { Knex } from "knex";
import { z } from "zod";
import { cronTable, DejaEnCours, JOBS, type Outils, runByHand } from "../../../cron/index.ts";
import { horloge } from "../../../db/index.ts";
import { acteurOf } from "../form.tsx";
import { sendPage } from "../send.ts";
import { zTexte } from "../texte.ts";
import { PlanificationsPage } from "./page.tsx";

/** How long an answer waits for a job that is quickly done, milliseconds. */
const SOON = 1_000;

const zLancee = z.object({ lancee: zTexte });

type OfJob = FastifyRequest<{ Params: { id: string } }>;

/** What is done at set times, and running it by hand where this process has what jobs work with. */
export function planifications({ db, outils }: { readonly db: Knex; readonly outils?: Outils | undefined }) {
  return async (app: FastifyInstance): Promise<void> => {
    const stop = new AbortController();
    const underWay = new Set<Promise<void>>();
    app.addHook("preClose", async () => {
      stop.abort();
      await Promise.all(underWay);
    });

    app.get("/planifications", { config: { acces: "lecteur" } }, async (request, reply) =>
      show(request, reply),
    );

    if (outils === undefined) return;
    app.post(
      "/planifications/:id/lancer",
      { config: { acces: "operateur" } },
      async (request: OfJob, reply) => {
        const job = JOBS.find(({ id }) => id === request.params.id);
        if (job === undefined) return reply.callNotFound();
        const run = runByHand(job, outils, { acteur: acteurOf(request), signal: stop.signal });
        const settled: Promise<void> = run
          .then(
            () => undefined,
            (error: unknown) => {
              if (!(error instanceof DejaEnCours)) app.log.warn({ err: error, job: job.id }, "cron.by_hand");
            },
          )
          .finally(() => underWay.delete(settled));
        underWay.add(settled);
        try {
          await Promise.race([run, pause(SOON, undefined, { ref: false })]);
        } catch (error) {
          if (!(error instanceof DejaEnCours)) throw error;
          return show(request, reply.code(409), error.message);
        }
        return reply.redirect(`/planifications?lancee=${job.id}`, 303);
      },
    );
  };

  async function show(
    { connexion, query }: Pick<FastifyRequest, "connexion" | "query">,
    reply: FastifyReply,
    refus?: string,
  ) {
    const lignes = await cronTable(db, JOBS, await horloge(db));
    const { lancee } = zLancee.parse(query);
    return sendPage(
      reply,
      <PlanificationsPage
        qui={connexion}
        lignes={lignes}
        lancer={outils !== undefined}
        refus={refus}
        lancee={lignes.find(({ id }) => id === lancee)}
      />,
    );
  }
}
