import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { z } from "zod";
import {
  deleteSession,
  duplicateSession,
  type FicheAction,
  type FicheSession,
  readSession,
  readSessions,
  withdrawSession,
} from "../../../../catalogue/index.ts";
import { horloge } from "../../../../db/index.ts";
import { parisDay } from "../../../../lheo/index.ts";
import { estPerimee } from "../../../../published/index.ts";
import { dateLheo } from "../../../pages/format.ts";
import { sendPage } from "../../../pages/send.ts";
import { zTexte } from "../../../pages/texte.ts";
import { zId } from "../../id.ts";
import type { GestionOptions } from "../../options.ts";
import { pour } from "../../scope.ts";
import { SortiePage } from "./page.tsx";

type One = FastifyRequest<{ Params: { id: string } }>;
type Trouvee = { readonly action: FicheAction; readonly session: FicheSession };

/** How a session can leave now (S135–S138, H4, H5). */
type Maniere = "effacer" | "supprimer" | "retirer" | "derniere" | "partie";

const TEXTES: Readonly<
  Record<Maniere, { readonly titre: string; readonly bouton: string; readonly effet: string }>
> = {
  effacer: {
    titre: "Supprimer la session",
    bouton: "Supprimer ce brouillon",
    effet: "Cette session n'a jamais été publiée : elle est effacée aussitôt.",
  },
  supprimer: {
    titre: "Supprimer la session",
    bouton: "Supprimer la session",
    effet: "Cette session est finie depuis plus de 30 jours : elle se supprime sans motif.",
  },
  retirer: {
    titre: "Retirer la session",
    bouton: "Retirer la session",
    effet:
      "Cette session n'est pas finie depuis 30 jours : dites pourquoi vous la retirez. Elle quitte les flux à la prochaine édition, et les partenaires l'apprennent.",
  },
  derniere: {
    titre: "Dernière session",
    bouton: "",
    effet:
      "C'est la dernière session de l'action, et une action ne se publie pas sans session. Archivez la formation, ou ajoutez d'abord une autre session.",
  },
  partie: { titre: "Session retirée", bouton: "", effet: "Cette session est déjà retirée." },
};

/** A session that leaves, and one that is copied. */
export function sortiesDeSession({ db }: GestionOptions) {
  return async (app: FastifyInstance): Promise<void> => {
    const find = async ({ auteur, params }: One): Promise<Trouvee | undefined> => {
      const id = zId.parse(params.id);
      return id === undefined ? undefined : readSession(db, auteur, id);
    };

    app.post("/gestion/sessions/:id/dupliquer", pour("catalogue.ecrire"), async (request: One, reply) => {
      const found = await find(request);
      if (found === undefined) return reply.callNotFound();
      const made = await duplicateSession(db, request.auteur, found.session.id);
      return "refus" in made
        ? show(request, reply.code(409), found, { refus: made.refus })
        : reply.redirect(`/gestion/sessions/${made.id}?fait=dupliquee#dates`, 303);
    });

    app.get("/gestion/sessions/:id/retirer", pour("catalogue.ecrire"), async (request: One, reply) => {
      const found = await find(request);
      return found === undefined ? reply.callNotFound() : show(request, reply, found);
    });

    for (const acte of ["retirer", "supprimer"] as const)
      app.post(`/gestion/sessions/:id/${acte}`, pour("catalogue.ecrire"), async (request: One, reply) => {
        const found = await find(request);
        if (found === undefined) return reply.callNotFound();
        const { id, action_id } = found.session;
        const { motif } = z.object({ motif: zTexte }).parse(request.body ?? {});
        const done =
          acte === "retirer"
            ? await withdrawSession(db, request.auteur, id, { motif })
            : await deleteSession(db, request.auteur, id);
        return "refus" in done
          ? show(request, reply.code(409), found, { refus: done.refus, motif })
          : reply.redirect(`/gestion/actions/${action_id}?fait=${FAITS[acte]}#sessions`, 303);
      });

    async function show(
      request: One,
      reply: FastifyReply,
      found: Trouvee,
      { refus, motif = "" }: { refus?: string; motif?: string } = {},
    ) {
      const { action, session } = found;
      const maniere = await maniereDe(request, found);
      const { titre, bouton, effet } = TEXTES[maniere];
      const { debut = "", fin = "", lieux } = session.contenu;
      const dates = debut === "" ? "dates à saisir" : `du ${dateLheo(debut)} au ${dateLheo(fin)}`;
      const ville = lieux?.[0]?.coordonnees.adresse?.ville ?? "";
      const acte = maniere === "retirer" ? "retirer" : "supprimer";
      return sendPage(
        reply,
        <SortiePage
          qui={request.connexion}
          place={request.place}
          titre={titre}
          quoi={[`Session ${session.reference ?? "en brouillon"}`, dates, ville].filter(Boolean).join(" · ")}
          retour={`/gestion/sessions/${session.id}`}
          refus={refus}
          acte={
            bouton === ""
              ? undefined
              : {
                  vers: `/gestion/sessions/${session.id}/${acte}`,
                  bouton,
                  ...(maniere === "retirer" ? { motif } : {}),
                }
          }
        >
          <p>{effet}</p>
          {maniere === "derniere" ? (
            <p class="actions">
              <a class="bouton" href={`/gestion/actions/${action.id}/archiver`}>
                Archiver la formation
              </a>
              <a href={`/gestion/actions/${action.id}/sessions/nouvelle`}>Ajouter une autre session</a>
            </p>
          ) : null}
        </SortiePage>,
      );
    }

    async function maniereDe({ auteur }: One, { action, session }: Trouvee): Promise<Maniere> {
      if (session.etat === "retiree" || session.etat === "supprimee") return "partie";
      if (session.etat === "brouillon") return "effacer";
      const { sessions } = await readSessions(db, auteur, action.id, { limit: 2 });
      if (sessions.length < 2) return "derniere";
      const { fin } = session.contenu;
      return fin !== undefined && estPerimee({ fin }, parisDay(await horloge(db))) ? "supprimer" : "retirer";
    }
  };
}

const FAITS = { retirer: "retiree", supprimer: "supprimee" } as const;
