import type { FastifyInstance, FastifyReply } from "fastify";
import type { Knex } from "knex";
import { z } from "zod";
import {
  type Connexion,
  changeOwnPassword,
  closeConnexions,
  type Resultat,
  readConnexions,
} from "../../../access/index.ts";
import { acteurOf } from "../form.tsx";
import { sendPage } from "../send.ts";
import { zTexte } from "../texte.ts";
import { MonComptePage } from "./monCompte.tsx";

/** Whatever one's role. */
const ANYONE_SIGNED_IN = { config: { acces: "membre" } } as const;

const zPasswords = z.object({
  ancien: z.string().max(1000).catch(""),
  nouveau: z.string().max(1000).catch(""),
});
const FAITS: Readonly<Record<string, string>> = {
  "mot-de-passe": "Votre mot de passe est changé ; vos autres connexions sont fermées.",
  deconnecter: "C'est fermé.",
};

/** What each does with the own account. */
export function monCompte({ db }: { readonly db: Knex }) {
  return async (app: FastifyInstance): Promise<void> => {
    app.get("/mon-compte", ANYONE_SIGNED_IN, async ({ connexion, query }, reply) => {
      const { fait } = z.object({ fait: zTexte }).parse(query);
      return show(connexion, reply, { fait: FAITS[fait] });
    });

    app.post("/mon-compte/mot-de-passe", ANYONE_SIGNED_IN, async ({ connexion, body }, reply) => {
      if (connexion === undefined) return reply.callNotFound();
      const done = await changeOwnPassword(db, connexion, zPasswords.parse(body ?? {}));
      return conclude(connexion, reply, "mot-de-passe", done);
    });

    app.post("/mon-compte/deconnecter", ANYONE_SIGNED_IN, async (request, reply) => {
      const { connexion, body } = request;
      if (connexion === undefined) return reply.callNotFound();
      const { seule } = z.object({ seule: zTexte }).parse(body ?? {});
      const which = /^\d{1,15}$/.test(seule) ? { seule: Number(seule) } : {};
      const done = await closeConnexions(
        db,
        connexion.compte,
        { ...which, sauf: connexion.id },
        acteurOf(request),
      );
      return conclude(connexion, reply, "deconnecter", done);
    });

    async function show(
      connexion: Connexion | undefined,
      reply: FastifyReply,
      said: { readonly fait?: string | undefined; readonly refus?: string },
    ) {
      if (connexion === undefined) return reply.callNotFound();
      const connexions = await readConnexions(db, connexion.compte.id);
      return sendPage(reply, <MonComptePage qui={connexion} connexions={connexions} {...said} />);
    }

    function conclude(connexion: Connexion, reply: FastifyReply, act: string, done: Resultat) {
      if ("refus" in done) return show(connexion, reply.code(422), { refus: done.refus });
      return reply.redirect(`/mon-compte?fait=${act}`, 303);
    }
  };
}
