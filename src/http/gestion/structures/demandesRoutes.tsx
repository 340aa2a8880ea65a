import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { z } from "zod";
import {
  DEMANDE_INCONNUE,
  decideRequest,
  dismissStructureRequest,
  type Refus,
  readRequestsToDecide,
  readStructureRequests,
} from "../../../catalogue/index.ts";
import { sendPage } from "../../pages/send.ts";
import { zTexte } from "../../pages/texte.ts";
import { zId } from "../id.ts";
import type { GestionOptions } from "../options.ts";
import { lecteurOf, pour } from "../scope.ts";
import { DemandesPage } from "./demandes.tsx";
import { gerantOf } from "./gerant.ts";

const FAITS: Readonly<Record<string, string>> = {
  accorder: "La demande est acceptée : la personne peut agir pour la structure.",
  refuser: "La demande est refusée ; la personne lira pourquoi.",
  ecarter: "La demande est écartée ; la personne lira pourquoi.",
};

const zMotif = z.object({ motif: zTexte });

type One = FastifyRequest<{ Params: { id: string } }>;

/** Requests to be attached: answered by referents and administrators. */
export function demandes({ db }: GestionOptions) {
  return async (app: FastifyInstance): Promise<void> => {
    app.get("/gestion/structures/demandes", pour("tous"), async (request, reply) => {
      const { fait } = z.object({ fait: zTexte }).parse(request.query);
      return show(request, reply, { fait: FAITS[fait] });
    });

    app.post("/gestion/structures/demandes/:id/accorder", pour("tous"), async (request: One, reply) =>
      conclude(request, reply, "accorder", (id) =>
        decideRequest(db, gerantOf(request), id, { accord: true }),
      ),
    );

    app.post("/gestion/structures/demandes/:id/refuser", pour("tous"), async (request: One, reply) =>
      conclude(request, reply, "refuser", (id) =>
        decideRequest(db, gerantOf(request), id, { accord: false, ...zMotif.parse(request.body ?? {}) }),
      ),
    );

    app.post("/gestion/structures/absentes/:id/ecarter", pour("structures"), async (request: One, reply) =>
      conclude(request, reply, "ecarter", (id) =>
        dismissStructureRequest(db, gerantOf(request), id, zMotif.parse(request.body ?? {}).motif),
      ),
    );

    async function conclude(
      request: One,
      reply: FastifyReply,
      fait: string,
      work: (id: number) => Promise<{ readonly fait: true } | Refus>,
    ) {
      const id = zId.parse(request.params.id);
      if (id === undefined) return reply.callNotFound();
      const done = await work(id);
      if (done === DEMANDE_INCONNUE) return reply.callNotFound();
      if ("refus" in done) return show(request, reply.code(409), { refus: done.refus });
      return reply.redirect(`/gestion/structures/demandes?fait=${fait}`, 303);
    }

    async function show(
      request: FastifyRequest,
      reply: FastifyReply,
      said: { readonly fait?: string | undefined; readonly refus?: string },
    ) {
      const gerant = gerantOf(request);
      const [waiting, absentes] = await Promise.all([
        readRequestsToDecide(db, gerant),
        gerant.administrateur ? readStructureRequests(db) : [],
      ]);
      return sendPage(
        reply,
        <DemandesPage {...lecteurOf(request)} demandes={waiting} absentes={absentes} {...said} />,
      );
    }
  };
}
