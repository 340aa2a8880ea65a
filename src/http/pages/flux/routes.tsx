import { createReadStream } from "node:fs";
import { stat } from "node:fs/promises";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import type { Knex } from "knex";
import { z } from "zod";
import { type Form, SENS, type Store } from "../../../snapshot/index.ts";
import { sendProblem } from "../../problem.tsx";
import { readProfilRows } from "../data.ts";
import { sendPage } from "../send.ts";
import { zTexte } from "../texte.ts";
import { ChangementsPage } from "./changements.tsx";
import { readFlux, readFluxDetail, readHistorique, readPageDeChangements } from "./data.ts";
import { FluxDetailPage } from "./detail.tsx";
import { FluxPage, HistoriquePage } from "./list.tsx";

const READER = { config: { acces: "lecteur" } } as const;

/** A number of ours, or undefined. */
const zNumero = zTexte.transform((text) => (/^[1-9]\d{0,14}$/.test(text) ? Number(text) : undefined));
const zChangements = z.object({
  sens: z.enum(SENS).optional().catch(undefined),
  action: zTexte,
  session: zTexte,
});

type One = FastifyRequest<{ Params: { profil: string; flux: string } }>;

/**
 * Feeds as people look at them. Below `/historique`, since partners take theirs below `/flux`.
 */
export function flux({
  db,
  outils,
}: {
  readonly db: Knex;
  readonly outils?: { readonly store: Pick<Store, "pathOf"> } | undefined;
}) {
  return async (app: FastifyInstance): Promise<void> => {
    app.get("/flux", READER, async ({ connexion }, reply) =>
      sendPage(reply, <FluxPage qui={connexion} profils={await readProfilRows(db)} />),
    );

    app.get(
      "/historique/:profil",
      READER,
      async (request: FastifyRequest<{ Params: { profil: string } }>, reply) => {
        const { avant } = z.object({ avant: zNumero }).parse(request.query);
        const historique = await readHistorique(db, zTexte.parse(request.params.profil), avant);
        return historique === undefined
          ? reply.callNotFound()
          : sendPage(reply, <HistoriquePage qui={request.connexion} historique={historique} />);
      },
    );

    app.get("/historique/:profil/:flux", READER, async (request: One, reply) => {
      const id = zNumero.parse(request.params.flux);
      const detail =
        id === undefined ? undefined : await readFluxDetail(db, zTexte.parse(request.params.profil), id);
      return detail === undefined
        ? reply.callNotFound()
        : sendPage(reply, <FluxDetailPage qui={request.connexion} detail={detail} />);
    });

    app.get("/historique/:profil/:flux/changements", READER, async (request: One, reply) => {
      const found = await feedOf(request);
      if (found === undefined) return reply.callNotFound();
      const { sens, action, session } = zChangements.parse(request.query);
      const apres = action === "" ? undefined : { action, session };
      const page =
        found.flux.previousId === null
          ? { formations: [], suivant: undefined }
          : await readPageDeChangements(db, found.flux.id, { sens, apres });
      return sendPage(reply, <ChangementsPage qui={request.connexion} {...found} sens={sens} page={page} />);
    });

    for (const form of ["xml", "xml.gz"] as const)
      app.get(`/historique/:profil/:flux/offre-info.${form}`, READER, async (request: One, reply) =>
        download(request, reply, form),
      );

    async function feedOf({ params }: One) {
      const id = zNumero.parse(params.flux);
      return id === undefined ? undefined : readFlux(db, zTexte.parse(params.profil), id);
    }

    async function download(request: One, reply: FastifyReply, form: Form) {
      const found = await feedOf(request);
      const file = found?.flux.file;
      if (found === undefined || file === undefined || file === null) return reply.callNotFound();
      const path = outils?.store.pathOf(file.sha256, form);
      const there = path === undefined ? undefined : await stat(path).catch(() => undefined);
      if (path === undefined || there === undefined)
        return sendProblem(request, reply, 410, "Le fichier de ce flux n'est plus conservé ici.");
      return reply
        .type(form === "xml" ? "application/xml; charset=utf-8" : "application/gzip")
        .header("content-length", String(there.size))
        .header("cache-control", "private, no-cache")
        .header(
          "content-disposition",
          `attachment; filename="${found.profil.id}-${found.flux.id}-offre-info.${form}"`,
        )
        .send(createReadStream(path));
    }
  };
}
