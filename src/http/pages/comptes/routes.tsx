import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import type { Knex } from "knex";
import { z } from "zod";
import {
  type CompteSuivi,
  changePassword,
  changeRole,
  closeConnexions,
  createCompte,
  inviteCompte,
  type Lien,
  type Resultat,
  ROLES,
  readCompte,
  readComptes,
  readConnexions,
  resetCompte,
  setCompteOuvert,
} from "../../../access/index.ts";
import { addressOf } from "../../address.ts";
import { acteurOf } from "../form.tsx";
import { sendPage } from "../send.ts";
import { zTexte } from "../texte.ts";
import { ComptePage } from "./detail.tsx";
import { LienPage } from "./lien.tsx";
import { ComptesPage } from "./list.tsx";
import { NouveauComptePage } from "./nouveau.tsx";

const ADMINISTRATOR = { config: { acces: "administrateur" } } as const;

/** A password is taken as it is typed: no space of it is dropped. */
const zMotDePasse = z.string().max(1000).catch("");
const zRole = z.enum(ROLES).catch("lecteur");
const zNouveau = z.object({ identifiant: zTexte, nom: zTexte, role: zRole, mot_de_passe: zMotDePasse });

const FAITS: Readonly<Record<string, string>> = {
  cree: "Le compte est créé.",
  role: "Le rôle est changé ; ses connexions sont fermées.",
  "mot-de-passe": "Le mot de passe est changé ; ses connexions sont fermées.",
  fermer: "Le compte est fermé.",
  rouvrir: "Le compte est rouvert.",
  deconnecter: "Ses connexions sont fermées.",
};

type One = FastifyRequest<{ Params: { id: string } }>;

/** Accounts: who may come in, with which role. Only for administrators, each act in the audit. */
export function comptes({ db, publicUrl }: { readonly db: Knex; readonly publicUrl?: string | undefined }) {
  return async (app: FastifyInstance): Promise<void> => {
    const url = addressOf(app, publicUrl);

    app.get("/comptes", ADMINISTRATOR, async ({ connexion }, reply) =>
      sendPage(reply, <ComptesPage qui={connexion} comptes={await readComptes(db)} />),
    );

    app.get("/comptes/nouveau", ADMINISTRATOR, async ({ connexion }, reply) =>
      sendPage(reply, <NouveauComptePage qui={connexion} />),
    );

    app.post("/comptes/nouveau", ADMINISTRATOR, async (request, reply) => {
      const { mot_de_passe, ...compte } = zNouveau.parse(request.body ?? {});
      const made =
        mot_de_passe === ""
          ? await inviteCompte(db, compte, acteurOf(request))
          : await createCompte(db, compte, mot_de_passe, acteurOf(request));
      if ("refus" in made)
        return sendPage(
          reply.code(422),
          <NouveauComptePage qui={request.connexion} refus={made.refus} {...compte} />,
        );
      if ("jeton" in made) return showLink(request, reply, compte.identifiant, made.jeton);
      return reply.redirect("/comptes", 303);
    });

    app.get("/comptes/:id", ADMINISTRATOR, async (request: One, reply) => {
      const compte = await find(request);
      if (compte === undefined) return reply.callNotFound();
      const { fait } = z.object({ fait: zTexte }).parse(request.query);
      return show(request, reply, compte, { fait: FAITS[fait] });
    });

    app.post("/comptes/:id/mot-de-passe", ADMINISTRATOR, async (request: One, reply) => {
      const compte = await find(request);
      if (compte === undefined) return reply.callNotFound();
      const { mot_de_passe } = z.object({ mot_de_passe: zMotDePasse }).parse(request.body ?? {});
      const { identifiant } = compte;
      const done: Lien | Resultat =
        mot_de_passe === ""
          ? await resetCompte(db, identifiant, acteurOf(request))
          : await changePassword(db, identifiant, mot_de_passe, acteurOf(request));
      if ("jeton" in done) return showLink(request, reply, identifiant, done.jeton);
      return conclude(request, reply, compte, "mot-de-passe", done);
    });

    /** What an act does, by the name that ends its address. */
    const acts: Readonly<
      Record<string, (compte: CompteSuivi, acteur: string, body: unknown) => Promise<Resultat>>
    > = {
      role: ({ identifiant }, acteur, body) =>
        changeRole(db, identifiant, z.object({ role: zRole }).parse(body ?? {}).role, acteur),
      fermer: ({ identifiant }, acteur) => setCompteOuvert(db, identifiant, false, acteur),
      rouvrir: ({ identifiant }, acteur) => setCompteOuvert(db, identifiant, true, acteur),
      deconnecter: (compte, acteur) => closeConnexions(db, compte, {}, acteur),
    };
    for (const [name, act] of Object.entries(acts))
      app.post(`/comptes/:id/${name}`, ADMINISTRATOR, async (request: One, reply) => {
        const compte = await find(request);
        if (compte === undefined) return reply.callNotFound();
        return conclude(request, reply, compte, name, await act(compte, acteurOf(request), request.body));
      });

    async function find({ params }: One): Promise<CompteSuivi | undefined> {
      return /^\d{1,15}$/.test(params.id) ? readCompte(db, Number(params.id)) : undefined;
    }

    async function show(
      request: One,
      reply: FastifyReply,
      compte: CompteSuivi,
      said: { readonly fait?: string | undefined; readonly refus?: string },
    ) {
      const connexions = await readConnexions(db, compte.id);
      return sendPage(
        reply,
        <ComptePage qui={request.connexion} compte={compte} connexions={connexions} {...said} />,
      );
    }

    function conclude(request: One, reply: FastifyReply, compte: CompteSuivi, act: string, done: Resultat) {
      if ("refus" in done) return show(request, reply.code(422), compte, { refus: done.refus });
      return reply.redirect(`/comptes/${compte.id}?fait=${act}`, 303);
    }

    function showLink(request: FastifyRequest, reply: FastifyReply, identifiant: string, jeton: string) {
      const lien = url(`/invitation/${jeton}`);
      return sendPage(reply, <LienPage qui={request.connexion} identifiant={identifiant} lien={lien} />);
    }
  };
}
