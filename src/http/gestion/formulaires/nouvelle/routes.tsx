import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { z } from "zod";
import { CADRES, createAction, similarActions } from "../../../../catalogue/index.ts";
import { ELEMENTS } from "../../../../lheo/index.ts";
import { sendPage } from "../../../pages/send.ts";
import { zTexte } from "../../../pages/texte.ts";
import type { GestionOptions } from "../../options.ts";
import { pour } from "../../scope.ts";
import { NouvellePage } from "./page.tsx";

const zNouvelle = z.object({
  cadre: z.enum(CADRES).catch("non_conventionnee"),
  intitule: zTexte,
  structure: zTexte,
  /** The likely duplicates were shown. */
  vue: zTexte,
});

/** The start of a new action: a draft with its title, then its form. */
export function nouvelle({ db }: GestionOptions) {
  return async (app: FastifyInstance): Promise<void> => {
    app.get("/gestion/actions/nouvelle", pour("catalogue.ecrire"), async (request, reply) =>
      show(request, reply, zNouvelle.parse(request.query)),
    );

    app.post("/gestion/actions/nouvelle", pour("catalogue.ecrire"), async (request, reply) => {
      const { auteur } = request;
      const typed = zNouvelle.parse(request.body ?? {});
      const { cadre, intitule, vue } = typed;
      const structure = auteur.role === "of" ? auteur.structure : typed.structure;
      const contenu = { intitule };
      if (intitule === "")
        return show(request, reply.code(422), typed, {
          refus: "Donnez un intitulé : il sert à retrouver le brouillon.",
        });
      const semblables = vue === "1" ? [] : await similarActions(db, auteur, { structure, contenu });
      if (semblables.length > 0) return show(request, reply, typed, { semblables });
      const made = await createAction(db, auteur, { cadre, contenu, structure });
      return "refus" in made
        ? show(request, reply.code(422), typed, { refus: made.refus })
        : reply.redirect(`/gestion/actions/${made.id}?fait=creee`, 303);
    });

    function show(
      request: FastifyRequest,
      reply: FastifyReply,
      { cadre, intitule, structure }: z.output<typeof zNouvelle>,
      said: Pick<Parameters<typeof NouvellePage>[0], "semblables" | "refus"> = {},
    ) {
      const { connexion, place, auteur } = request;
      return sendPage(
        reply,
        <NouvellePage
          qui={connexion}
          place={place}
          cadre={auteur.role === "financeur" ? "conventionnee" : cadre}
          structure={auteur.role === "of" ? undefined : structure}
          intitule={intitule}
          limite={ELEMENTS["intitule-formation"].maxLength}
          {...said}
        />,
      );
    }
  };
}
