import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { z } from "zod";
import {
  CADRES,
  confirmImport,
  dropImport,
  listImports,
  modeleCsv,
  type Refus,
  rapportCsv,
  readImport,
  readLignesDImport,
  tryImport,
} from "../../../catalogue/index.ts";
import { sendPage } from "../../pages/send.ts";
import { zId } from "../id.ts";
import type { GestionOptions } from "../options.ts";
import { membreOf, pour } from "../scope.ts";
import { acceptFile, withFile } from "./envoi.ts";
import { ImporterPage } from "./page.tsx";
import { RapportPage } from "./rapport.tsx";

const PAGE = 50;
const ANCIENS = 10;

const zCadre = z.object({ cadre: z.enum(CADRES).catch("non_conventionnee") });
const zRapport = z.object({
  verdict: z.enum(["creee", "connue", "refusee"]).optional().catch(undefined),
  apres: zId,
});

type One = FastifyRequest<{ Params: { id: string } }>;

/** The Import tab: a trial run, its report, and the drafts that it becomes. */
export function importer({ db }: GestionOptions) {
  return async (app: FastifyInstance): Promise<void> => {
    await acceptFile(app);

    app.get("/gestion/importer", pour("catalogue.lire"), async (request, reply) => show(request, reply));

    app.get("/gestion/importer/modele.csv", pour("catalogue.lire"), async (_request, reply) =>
      sendCsv(reply, "modele-formations.csv", modeleCsv()),
    );

    app.post("/gestion/importer", pour("catalogue.ecrire"), async (request, reply) => {
      const done = await essayer(request);
      return "refus" in done
        ? show(request, reply.code(422), done.refus)
        : reply.redirect(`/gestion/importer/${done.id}`, 303);
    });

    app.get("/gestion/importer/:id", pour("catalogue.lire"), async (request: One, reply) =>
      showRapport(request, reply),
    );

    app.get("/gestion/importer/:id/rapport.csv", pour("catalogue.lire"), async (request: One, reply) => {
      const lu = await readOne(request);
      return lu === undefined
        ? reply.callNotFound()
        : sendCsv(reply, `rapport-import-${lu.id}.csv`, await rapportCsv(db, lu));
    });

    for (const [nom, work] of [
      ["confirmer", confirmImport],
      ["abandonner", dropImport],
    ] as const)
      app.post(`/gestion/importer/:id/${nom}`, pour("catalogue.ecrire"), async (request: One, reply) => {
        const lu = await readOne(request);
        if (lu === undefined) return reply.callNotFound();
        const done = await work(db, request.auteur, lu.id);
        return "refus" in done
          ? showRapport(request, reply.code(409), done.refus)
          : reply.redirect(nom === "confirmer" ? `/gestion/importer/${lu.id}` : "/gestion/importer", 303);
      });

    async function essayer({
      fichier,
      body,
      auteur,
    }: FastifyRequest): Promise<{ readonly id: number } | Refus> {
      if (fichier === undefined || fichier.filename === "") return { refus: "Choisissez un fichier." };
      const { cadre } = zCadre.parse(body ?? {});
      return withFile(fichier, (bytes) => tryImport(db, auteur, { nom: fichier.filename, bytes }, cadre));
    }

    async function readOne({ params, auteur }: One) {
      const id = zId.parse(params.id);
      return id === undefined ? undefined : readImport(db, auteur, id);
    }

    async function show(request: FastifyRequest, reply: FastifyReply, refus?: string) {
      const { cadre } = zCadre.parse(request.query);
      const imports = await listImports(db, request.auteur, ANCIENS);
      return sendPage(
        reply,
        <ImporterPage {...membreOf(request)} cadre={cadre} imports={imports} refus={refus} />,
      );
    }

    async function showRapport(request: One, reply: FastifyReply, refus?: string) {
      const lu = await readOne(request);
      if (lu === undefined) return reply.callNotFound();
      const { verdict, apres = 0 } = zRapport.parse(request.query);
      const page = await readLignesDImport(db, lu, { limit: PAGE, apres, verdict });
      return sendPage(
        reply,
        <RapportPage {...membreOf(request)} lu={lu} verdict={verdict} {...page} refus={refus} />,
      );
    }
  };
}

function sendCsv(reply: FastifyReply, nom: string, text: string): FastifyReply {
  return reply
    .type("text/csv; charset=utf-8")
    .header("cache-control", "no-store")
    .header("content-disposition", `attachment; filename="${nom}"`)
    .send(text);
}
