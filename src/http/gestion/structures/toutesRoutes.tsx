import type { FastifyInstance } from "fastify";
import { z } from "zod";
import {
  createStructure,
  fulfilStructureRequest,
  readStructureRequests,
  searchStructures,
  TYPES_STRUCTURE,
} from "../../../catalogue/index.ts";
import { sendPage } from "../../pages/send.ts";
import { zTexte } from "../../pages/texte.ts";
import { zId } from "../id.ts";
import type { GestionOptions } from "../options.ts";
import { lecteurOf, pour } from "../scope.ts";
import { gerantOf, lienStructure } from "./gerant.ts";
import { NouvelleStructurePage } from "./nouvelle.tsx";
import { donneesOf, lireSaisie, saisieVide } from "./saisie.ts";
import { ToutesPage } from "./toutes.tsx";

const PAR_PAGE = 50;

const zNouvelle = z.object({
  type: z.enum(TYPES_STRUCTURE).catch("organisme"),
  numero: zTexte,
  demande: zId,
});

/** All structures, and new ones: for administrators. */
export function toutes({ db }: GestionOptions) {
  return async (app: FastifyInstance): Promise<void> => {
    app.get("/gestion/structures/toutes", pour("structures"), async (request, reply) => {
      const { q, apres } = z.object({ q: zTexte, apres: zTexte }).parse(request.query);
      const found = await searchStructures(db, {
        texte: q,
        limit: PAR_PAGE + 1,
        fermees: true,
        ...(apres === "" ? {} : { apres }),
      });
      const structures = found.slice(0, PAR_PAGE);
      const last = found.length > PAR_PAGE ? structures.at(-1) : undefined;
      const suite =
        last === undefined
          ? undefined
          : `/gestion/structures/toutes?${new URLSearchParams({ q, apres: last.numero })}`;
      return sendPage(
        reply,
        <ToutesPage {...lecteurOf(request)} q={q} structures={structures} suite={suite} />,
      );
    });

    app.get("/gestion/structures/nouvelle", pour("structures"), async (request, reply) => {
      const { type, demande } = zNouvelle.parse(request.query);
      const asked =
        demande === undefined
          ? undefined
          : (await readStructureRequests(db)).find(({ id }) => id === demande);
      const { nom = "", siret = "", ville = "" } = asked ?? {};
      return sendPage(
        reply,
        <NouvelleStructurePage
          {...lecteurOf(request)}
          type={asked === undefined ? type : "organisme"}
          numero=""
          saisie={saisieVide({ nom, raison_sociale: nom, siret, ville })}
          demande={asked?.id}
        />,
      );
    });

    app.post("/gestion/structures/nouvelle", pour("structures"), async (request, reply) => {
      const { type, numero, demande } = zNouvelle.parse(request.body ?? {});
      const saisie = lireSaisie(request.body, type);
      const gerant = gerantOf(request);
      const done = await createStructure(db, gerant, { type, numero, saisie: donneesOf(saisie) });
      if ("refus" in done)
        return sendPage(
          reply.code(422),
          <NouvelleStructurePage {...lecteurOf(request)} {...{ type, numero, saisie, demande }} dit={done} />,
        );
      if (demande !== undefined) await fulfilStructureRequest(db, gerant, demande, done.numero);
      return reply.redirect(`${lienStructure(done.numero)}?fait=creer`, 303);
    });
  };
}
