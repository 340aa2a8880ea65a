import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { z } from "zod";
import { acceptCompte, acceptInvitation, readInvitation, signIn, signOut } from "../../access/index.ts";
import { sendPage } from "../pages/send.ts";
import { InvitationPage, SignInPage } from "./pages.tsx";
import { cookieOf, type SessionOptions } from "./session.ts";

const zSignIn = z.object({
  identifiant: z.string().default(""),
  mot_de_passe: z.string().default(""),
  vers: z.string().default("/"),
});
const zInvitation = z.object({
  identifiant: z.string().default(""),
  nom: z.string().default(""),
  mot_de_passe: z.string().default(""),
});

const ANYONE = { config: { acces: "tous" } } as const;

/** Coming in and going out. Register it in a scope prepared by `guardScope`. */
export function accessRoutes(options: SessionOptions & { readonly contact?: string | undefined }) {
  const { db, contact } = options;
  const { name, options: attributes } = cookieOf(options);
  return async (app: FastifyInstance): Promise<void> => {
    app.get<{ Querystring: { vers?: string } }>("/connexion", ANYONE, async (request, reply) =>
      sendPage(reply, <SignInPage vers={ourPath(request.query.vers)} contact={contact} />),
    );

    app.post("/connexion", ANYONE, async (request, reply) => {
      const { identifiant, mot_de_passe, vers } = zSignIn.parse(request.body ?? {});
      const entree = await signIn(db, {
        identifiant,
        motDePasse: mot_de_passe,
        adresse: request.ip,
        navigateur: request.headers["user-agent"],
      });
      if ("refus" in entree)
        return sendPage(
          reply.code(422),
          <SignInPage
            vers={ourPath(vers)}
            identifiant={identifiant}
            refus={entree.refus}
            contact={contact}
          />,
        );
      return reply.setCookie(name, entree.jeton, attributes).redirect(ourPath(vers), 303);
    });

    app.post("/deconnexion", { config: { acces: "membre" } }, async (request, reply) => {
      await signOut(db, request.cookies[name]);
      return reply.clearCookie(name, attributes).redirect("/connexion", 303);
    });

    type Invited = FastifyRequest<{ Params: { jeton: string } }>;
    app.get("/invitation/:jeton", ANYONE, async (request: Invited, reply: FastifyReply) => {
      const { jeton } = request.params;
      const invitation = await readInvitation(db, jeton);
      return sendPage(
        reply.code(invitation === undefined ? 410 : 200),
        <InvitationPage jeton={jeton} invitation={invitation} />,
      );
    });
    app.post("/invitation/:jeton", ANYONE, async (request: Invited, reply: FastifyReply) => {
      const { jeton } = request.params;
      const { mot_de_passe, ...compte } = zInvitation.parse(request.body ?? {});
      const before = await readInvitation(db, jeton);
      const made =
        before?.pour === "compte"
          ? await acceptCompte(db, jeton, mot_de_passe)
          : await acceptInvitation(db, jeton, compte, mot_de_passe);
      if ("fait" in made) return reply.redirect("/connexion", 303);
      const invitation = await readInvitation(db, jeton);
      return sendPage(
        reply.code(invitation === undefined ? 410 : 422),
        <InvitationPage jeton={jeton} invitation={invitation} refus={made.refus} {...compte} />,
      );
    });
  };
}

/** A path of this site, whatever was asked: never another site. */
function ourPath(vers: string | undefined): string {
  if (vers === undefined || !/^\/(?![/\\])[\x21-\x7e]*$/.test(vers) || vers.includes("\\")) return "/";
  return vers;
}
