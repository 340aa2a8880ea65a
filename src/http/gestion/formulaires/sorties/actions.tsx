import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { z } from "zod";
import {
  archiveAction,
  deleteAction,
  discardChanges,
  type FicheAction,
  readAction,
} from "../../../../catalogue/index.ts";
import { sendPage } from "../../../pages/send.ts";
import { zTexte } from "../../../pages/texte.ts";
import { zId } from "../../id.ts";
import type { GestionOptions } from "../../options.ts";
import { pour } from "../../scope.ts";
import { SortiePage } from "./page.tsx";

type One = FastifyRequest<{ Params: { id: string } }>;

interface Sortie {
  readonly titre: string;
  readonly bouton: string;
  /** What it does, in the words of who asks. */
  readonly effet: (action: FicheAction) => string;
  readonly motif: (action: FicheAction) => boolean;
  readonly faire: (
    options: GestionOptions,
    request: One,
    id: number,
    motif: string,
  ) => Promise<object & { readonly refus?: string }>;
  /** Where it leads. */
  readonly vers: (action: FicheAction) => string;
}

const liste = ({ cadre }: FicheAction, onglet: string): string =>
  `/gestion/formations?cadre=${cadre}&onglet=${onglet}`;

/** S43, S120: each acts on the action with all its sessions. */
const SORTIES: Readonly<Record<string, Sortie>> = {
  archiver: {
    titre: "Archiver la formation",
    bouton: "Archiver",
    effet: () =>
      "La formation et toutes ses sessions quittent les flux à la prochaine édition, et ne se modifient plus. L'équipe de contrôle peut la remettre en ligne si vous le lui demandez.",
    motif: () => true,
    faire: ({ db }, { auteur }, id, motif) => archiveAction(db, auteur, id, { motif }),
    vers: (action) => liste(action, "archivees"),
  },
  supprimer: {
    titre: "Supprimer la formation",
    bouton: "Supprimer",
    effet: ({ etat }) =>
      etat === "brouillon"
        ? "Ce brouillon et ses sessions sont effacés. Personne ne l'avait vu : il n'y a pas de motif à donner."
        : "La formation et toutes ses sessions quittent les flux à la prochaine édition, pour de bon. Si elle peut revenir un jour, archivez-la plutôt.",
    motif: ({ etat }) => etat !== "brouillon",
    faire: ({ db }, { auteur }, id, motif) => deleteAction(db, auteur, id, { motif }),
    vers: (action) => liste(action, action.etat === "brouillon" ? "brouillons" : "supprimees"),
  },
  abandonner: {
    titre: "Abandonner les modifications",
    bouton: "Revenir à la version en ligne",
    effet: () =>
      "Ce qui a été saisi depuis la dernière publication, sur l'action et sur ses sessions, est oublié. Les sessions jamais publiées restent en brouillon.",
    motif: () => false,
    faire: ({ db }, { auteur }, id) => discardChanges(db, auteur, id),
    vers: ({ id }) => `/gestion/actions/${id}?fait=abandonnee`,
  },
};

/** Ways out of an action, each asked for again before it is done. */
export function sortiesDAction(options: GestionOptions) {
  return async (app: FastifyInstance): Promise<void> => {
    for (const [nom, sortie] of Object.entries(SORTIES)) {
      const find = async ({ auteur, params }: One): Promise<FicheAction | undefined> => {
        const id = zId.parse(params.id);
        return id === undefined ? undefined : readAction(options.db, auteur, id);
      };
      const show = (
        request: One,
        reply: FastifyReply,
        action: FicheAction,
        said: { refus?: string; motif?: string } = {},
      ) =>
        sendPage(
          reply,
          <SortiePage
            qui={request.connexion}
            place={request.place}
            titre={sortie.titre}
            quoi={`${action.reference ?? "Brouillon"} · ${action.contenu.intitule ?? "sans intitulé"}`}
            retour={`/gestion/actions/${action.id}`}
            refus={said.refus}
            acte={{
              vers: `/gestion/actions/${action.id}/${nom}`,
              bouton: sortie.bouton,
              ...(sortie.motif(action) ? { motif: said.motif ?? "" } : {}),
            }}
          >
            <p>{sortie.effet(action)}</p>
          </SortiePage>,
        );
      app.get(`/gestion/actions/:id/${nom}`, pour("catalogue.ecrire"), async (request: One, reply) => {
        const action = await find(request);
        return action === undefined ? reply.callNotFound() : show(request, reply, action);
      });
      app.post(`/gestion/actions/:id/${nom}`, pour("catalogue.ecrire"), async (request: One, reply) => {
        const action = await find(request);
        if (action === undefined) return reply.callNotFound();
        const { motif } = z.object({ motif: zTexte }).parse(request.body ?? {});
        const done = await sortie.faire(options, request, action.id, motif);
        return done.refus === undefined
          ? reply.redirect(sortie.vers(action), 303)
          : show(request, reply.code(409), action, { refus: done.refus, motif });
      });
    }
  };
}
