import type { FastifyInstance, FastifyRequest } from "fastify";
import { z } from "zod";
import { type Place, readStructure, structuresNamed } from "../../../catalogue/index.ts";
import { offreDe } from "../../../published/index.ts";
import { sendPage } from "../../pages/send.ts";
import { zTexte } from "../../pages/texte.ts";
import type { GestionOptions } from "../options.ts";
import { membreOf, pour } from "../scope.ts";
import { ActionPage } from "./action.tsx";
import { readActionVue, readSessionEnLigne } from "./data.ts";
import { type Filtre, zFiltre } from "./filtre.ts";
import { MonCataloguePage } from "./liste.tsx";
import { SessionPage } from "./session.tsx";

const PAGE = 25;

/** « Mon catalogue » (S144): what a structure has online, read from the contract and from the feeds themselves. */
export function monCatalogue(options: GestionOptions) {
  const { db } = options;
  return async (app: FastifyInstance): Promise<void> => {
    app.get("/gestion/mon-catalogue", pour("catalogue.lire"), async (request, reply) => {
      const membre = membreOf(request);
      const filtre = zFiltre.parse(request.query);
      const organisme = await chosen(membre.place, filtre);
      const found =
        organisme === undefined ? [] : await offreDe(db, organisme.numero, { ...filtre, limit: PAGE + 1 });
      const actions = found.slice(0, PAGE);
      return sendPage(
        reply,
        <MonCataloguePage
          {...membre}
          filtre={filtre}
          organisme={organisme}
          actions={actions}
          suite={found.length > PAGE ? actions.at(-1)?.numero : undefined}
        />,
      );
    });

    app.get(
      "/gestion/mon-catalogue/:action",
      pour("catalogue.lire"),
      async (request: FastifyRequest<{ Params: { action: string } }>, reply) => {
        const { auteur, params, query } = request;
        const { apres } = z.object({ apres: zTexte }).parse(query);
        const vue = await readActionVue(db, auteur, zTexte.parse(params.action), apres);
        return vue === undefined
          ? reply.callNotFound()
          : sendPage(reply, <ActionPage {...membreOf(request)} vue={vue} />);
      },
    );

    app.get(
      "/gestion/mon-catalogue/sessions/:session",
      pour("catalogue.lire"),
      async (request: FastifyRequest<{ Params: { session: string } }>, reply) => {
        const { auteur, params, query } = request;
        const { profil } = z.object({ profil: zTexte }).parse(query);
        const vue = await readSessionEnLigne(options, auteur, zTexte.parse(params.session), profil);
        return vue === undefined
          ? reply.callNotFound()
          : sendPage(reply, <SessionPage {...membreOf(request)} vue={vue} />);
      },
    );
  };

  /** Its own for everybody; for the control, the first of those that it names. */
  async function chosen({ active, auteur }: Place, { organisme }: Filtre) {
    if (auteur.role !== "controle") return active;
    const [numero] = (await structuresNamed(db, organisme)) ?? [];
    return numero === undefined ? undefined : readStructure(db, numero);
  }
}
