import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { z } from "zod";
import { zTexte } from "../../../pages/texte.ts";
import { zId } from "../../id.ts";
import type { GestionOptions } from "../../options.ts";
import { pour } from "../../scope.ts";
import { FAITS, suiteDe } from "../mots.ts";
import { showDossier } from "./afficher.tsx";
import { type Dossier, type Genre, openDossier, openNewSession } from "./dossier.ts";
import { type Intention, submit } from "./soumettre.tsx";
import { autosave, checkWhileTyping } from "./vivant.tsx";

type One = FastifyRequest<{ Params: { id: string } }>;
type Ouvrir = (request: One) => Promise<Dossier | undefined>;

/** A form full of accents is several times longer on the way than on the page. */
const GRAND = { bodyLimit: 1024 * 1024 } as const;

/** The forms of an action and of a session: read, saved, checked while one types, validated, confirmed. */
export function fiches(options: GestionOptions) {
  const { db } = options;
  const open =
    (genre: Genre): Ouvrir =>
    async ({ auteur, params }) => {
      const id = zId.parse(params.id);
      return id === undefined ? undefined : openDossier(db, auteur, genre, id);
    };
  const openNew: Ouvrir = async ({ auteur, params }) => {
    const id = zId.parse(params.id);
    return id === undefined ? undefined : openNewSession(db, auteur, id);
  };
  return async (app: FastifyInstance): Promise<void> => {
    addForm(app, options, "/gestion/actions/:id", open("action"));
    addForm(app, options, "/gestion/sessions/:id", open("session"));
    addForm(app, options, "/gestion/actions/:id/sessions/nouvelle", openNew);
  };
}

function addForm(app: FastifyInstance, options: GestionOptions, adresse: string, open: Ouvrir): void {
  app.get(adresse, pour("catalogue.lire"), async (request: One, reply) => {
    const dossier = await open(request);
    if (dossier === undefined) return reply.callNotFound();
    const { fait, n } = z.object({ fait: zTexte, n: zTexte }).parse(request.query);
    return showDossier(options, request, reply, dossier, { fait: faitDe(fait, n, dossier) });
  });

  const post = (
    suite: string,
    handle: (request: One, reply: FastifyReply, dossier: Dossier) => Promise<FastifyReply>,
  ) =>
    app.post(`${adresse}${suite}`, { ...pour("catalogue.ecrire"), ...GRAND }, async (request: One, reply) => {
      const dossier = await open(request);
      return dossier === undefined ? reply.callNotFound() : handle(request, reply, dossier);
    });
  for (const [suite, intention] of [
    ["", "enregistrer"],
    ["/valider", "valider"],
    ["/confirmer", "confirmer"],
  ] as const satisfies readonly (readonly [string, Intention])[])
    post(suite, (request, reply, dossier) => submit(options, request, reply, dossier, intention));
  post("/verifier", (request, reply, dossier) => checkWhileTyping(options, request, reply, dossier));
  post("/brouillon", (request, reply, dossier) => autosave(options, request, reply, dossier));
}

/** What was done, as the page that it led to says it. */
function faitDe(fait: string, n: string, { action }: Dossier): string | undefined {
  if (fait === "confirmee") return suiteDe(action);
  if (fait === "fabrique" && /^\d{1,4}$/.test(n))
    return n === "1" ? "1 session est créée, en brouillon." : `${n} sessions sont créées, en brouillon.`;
  return FAITS[fait];
}
