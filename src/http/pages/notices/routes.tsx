import type { FastifyInstance, FastifyRequest } from "fastify";
import type { Knex } from "knex";
import { z } from "zod";
import { isNoticeCode, type NoticeCode } from "../../../notices/index.ts";
import { sendPage } from "../send.ts";
import { zTexte } from "../texte.ts";
import { readApparitions, readOccurrences } from "./data.ts";
import { NoticesPage } from "./list.tsx";
import { chercherRegles } from "./mots.ts";
import { ReglePage } from "./regle.tsx";

const READER = { config: { acces: "lecteur" } } as const;

const zCatalogue = z.object({
  q: zTexte,
  gravite: z.enum(["bloquant", "avertissement", "information"]).optional().catch(undefined),
  vues: zTexte,
});
const zPage = z.object({
  apres: zTexte.transform((text) => (/^\d{1,9}$/.test(text) ? Number(text) : undefined)),
});

/** The catalogue of rules, and where each spoke. */
export function notices({ db }: { readonly db: Knex }) {
  return async (app: FastifyInstance): Promise<void> => {
    app.get("/notices", READER, async ({ connexion, query }, reply) => {
      const { q, gravite, vues } = zCatalogue.parse(query);
      const apparitions = await readApparitions(db);
      const nombre = (code: NoticeCode): number => apparitions.nombres[code]?.nombre ?? 0;
      const codes = chercherRegles(q, gravite, nombre).filter((code) => vues === "" || nombre(code) > 0);
      return sendPage(
        reply,
        <NoticesPage
          qui={connexion}
          q={q}
          gravite={gravite}
          vues={vues !== ""}
          codes={codes}
          apparitions={apparitions}
        />,
      );
    });

    app.get(
      "/notices/:code",
      READER,
      async (request: FastifyRequest<{ Params: { code: string } }>, reply) => {
        const { code } = request.params;
        if (!isNoticeCode(code)) return reply.callNotFound();
        const { apres } = zPage.parse(request.query);
        const page = await readOccurrences(db, code, apres);
        return sendPage(reply, <ReglePage qui={request.connexion} code={code} page={page} />);
      },
    );
  };
}
