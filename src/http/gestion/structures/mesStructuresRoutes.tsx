import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { z } from "zod";
import {
  cancelRequest,
  chooseStructure,
  DEMANDE_INCONNUE,
  PROFILS,
  readMyRequests,
  readRequestsToDecide,
  readStructureRequests,
  referentsOf,
  requestAttachment,
  requestStructure,
  searchStructures,
} from "../../../catalogue/index.ts";
import { sendPage } from "../../pages/send.ts";
import { zTexte } from "../../pages/texte.ts";
import { sendProblem } from "../../problem.tsx";
import { zId } from "../id.ts";
import type { GestionOptions } from "../options.ts";
import { lecteurOf, pour } from "../scope.ts";
import { AbsentePage } from "./absente.tsx";
import { gerantOf } from "./gerant.ts";
import { MesStructuresPage } from "./mesStructures.tsx";

const TROUVEES = 20;

const FAITS: Readonly<Record<string, string>> = {
  demander: "La demande est envoyée au référent de la structure.",
  annuler: "La demande est annulée.",
  absente: "La demande est envoyée à l'agence : vous lirez ici sa réponse.",
};

const zAbsente = z.object({ nom: zTexte, siret: zTexte, ville: zTexte, message: zTexte });
/** `profil:numéro`: one choice among all structures and what each offers. */
const zChoix = z
  .string()
  .max(300)
  .transform((text) => {
    const [profil, ...numero] = text.split(":");
    return { profil, structure: numero.join(":") };
  })
  .pipe(z.object({ profil: z.enum(PROFILS), structure: z.string().min(1) }));

type One = FastifyRequest<{ Params: { id: string } }>;

/** What each does about the structures that they are attached to, or want to be. */
export function mesStructures({ db }: GestionOptions) {
  return async (app: FastifyInstance): Promise<void> => {
    app.post("/gestion/structure", pour("tous"), async (request, reply) => {
      const { structure } = z.object({ structure: zTexte }).parse(request.body ?? {});
      const { connexion } = request;
      if (connexion !== undefined && (await chooseStructure(db, connexion, structure)))
        return reply.redirect("/gestion", 303);
      return sendProblem(request, reply, 403, "Vous n'êtes pas rattaché à cette structure.");
    });

    app.get("/gestion/structures", pour("tous"), async (request, reply) => {
      const { fait } = z.object({ fait: zTexte }).parse(request.query);
      return show(request, reply, { fait: FAITS[fait] });
    });

    app.post("/gestion/structures/demander", pour("tous"), async (request, reply) => {
      const { connexion } = request;
      if (connexion === undefined) return reply.callNotFound();
      const asked = z.object({ choix: zChoix }).safeParse(request.body ?? {});
      const done = asked.success
        ? await requestAttachment(db, connexion.compte, asked.data.choix)
        : { refus: "Choisissez une structure et un profil, puis validez." };
      if ("refus" in done) return show(request, reply.code(422), { refus: done.refus });
      return reply.redirect("/gestion/structures?fait=demander", 303);
    });

    app.post("/gestion/structures/demandes/:id/annuler", pour("tous"), async (request: One, reply) => {
      const { connexion } = request;
      const id = zId.parse(request.params.id);
      if (connexion === undefined || id === undefined) return reply.callNotFound();
      const done = await cancelRequest(db, connexion.compte, id);
      if (done === DEMANDE_INCONNUE) return reply.callNotFound();
      if ("refus" in done) return show(request, reply.code(409), { refus: done.refus });
      return reply.redirect("/gestion/structures?fait=annuler", 303);
    });

    app.get("/gestion/structures/absente", pour("tous"), async (request, reply) =>
      sendPage(reply, <AbsentePage {...lecteurOf(request)} saisie={zAbsente.parse({})} />),
    );

    app.post("/gestion/structures/absente", pour("tous"), async (request, reply) => {
      const { connexion } = request;
      if (connexion === undefined) return reply.callNotFound();
      const saisie = zAbsente.parse(request.body ?? {});
      const done = await requestStructure(db, connexion.compte, saisie);
      return "refus" in done
        ? sendPage(reply.code(422), <AbsentePage {...lecteurOf(request)} saisie={saisie} dit={done} />)
        : reply.redirect("/gestion/structures?fait=absente", 303);
    });

    async function show(
      request: FastifyRequest,
      reply: FastifyReply,
      said: { readonly fait?: string | undefined; readonly refus?: string },
    ) {
      const { connexion, place } = request;
      if (connexion === undefined) return reply.callNotFound();
      const { compte } = connexion;
      // A form that was refused says again what was looked for.
      const { q } = z.object({ q: zTexte }).parse(request.method === "GET" ? request.query : request.body);
      const [demandes, absentes, aDecider, trouvees, referents] = await Promise.all([
        readMyRequests(db, compte.id),
        readStructureRequests(db, { compte: compte.id }),
        readRequestsToDecide(db, gerantOf(request)),
        q === "" ? undefined : searchStructures(db, { texte: q, limit: TROUVEES }),
        referentsOf(
          db,
          (place?.structures ?? []).map(({ numero }) => numero),
        ),
      ]);
      return sendPage(
        reply,
        <MesStructuresPage
          {...lecteurOf(request)}
          {...{ demandes, absentes, trouvees, referents, q }}
          aDecider={aDecider.length}
          {...said}
        />,
      );
    }
  };
}
