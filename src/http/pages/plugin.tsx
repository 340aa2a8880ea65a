import type { FastifyInstance, FastifyRequest } from "fastify";
import type { Knex } from "knex";
import { readAFaire } from "./alertes/aFaireData.ts";
import { readBref, readDeliveries, readEdition, readEditions, readNotices, readProfilRows } from "./data.ts";
import { EditionPage } from "./edition.tsx";
import { readGraphiques } from "./graphiques/data.ts";
import { OverviewPage } from "./overview.tsx";
import { sendPage } from "./send.ts";
import { STYLE } from "./style/index.ts";

/** Notices shown on one page; the counts tell the rest. */
const SHOWN = 1_000;

const READER = { config: { acces: "lecteur" } } as const;

/** The pages for operators. Register them in a scope prepared by `guardScope`. */
export function pages({ db }: { readonly db: Knex }) {
  return async (app: FastifyInstance): Promise<void> => {
    app.get("/style.css", { config: { acces: "tous" } }, async (_request, reply) =>
      reply.type("text/css; charset=utf-8").header("cache-control", "no-cache").send(STYLE),
    );

    app.get("/", { config: { acces: "membre" } }, async ({ connexion }, reply) => {
      // What is here is not theirs to see; their own home is.
      if (connexion?.compte.role === "membre") return reply.redirect("/gestion", 303);
      const [bref, aFaire, graphiques, profils, deliveries, editions] = await Promise.all([
        readBref(db),
        readAFaire(db),
        readGraphiques(db),
        readProfilRows(db),
        readDeliveries(db),
        readEditions(db),
      ]);
      return sendPage(
        reply,
        <OverviewPage
          qui={connexion}
          bref={bref}
          aFaire={aFaire}
          graphiques={graphiques}
          profils={profils}
          deliveries={deliveries}
          editions={editions}
        />,
      );
    });

    app.get("/editions/:id", READER, async (request: FastifyRequest<{ Params: { id: string } }>, reply) => {
      const id = Number(request.params.id);
      const edition = Number.isSafeInteger(id) && id > 0 ? await readEdition(db, id) : undefined;
      if (edition === undefined) return reply.callNotFound();
      const notices = await readNotices(db, id, SHOWN);
      return sendPage(reply, <EditionPage qui={request.connexion} edition={edition} notices={notices} />);
    });
  };
}
