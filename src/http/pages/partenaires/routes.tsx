import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import type { Knex } from "knex";
import { z } from "zod";
import { recordAct } from "../../../audit/index.ts";
import {
  type EssaiDeConnexion,
  essayerABlanc,
  pausePartner,
  probeConnection,
  resumePartner,
} from "../../../delivery/index.ts";
import { type Keyring, NO_KEY, type Partner, readPartner, readSecrets } from "../../../partner/index.ts";
import { startXsd } from "../../../validation/index.ts";
import { acteurOf } from "../form.tsx";
import { sendPage } from "../send.ts";
import { zTexte } from "../texte.ts";
import { ACTES, ActePartenairePage, type NomActe } from "./acte.tsx";
import { clesRoutes } from "./clesRoutes.tsx";
import { readPartenaire, readPartenaires } from "./data.ts";
import { PartenairePage } from "./detail.tsx";
import { Essais } from "./essais.ts";
import { PartenairesPage } from "./list.tsx";

const READER = { config: { acces: "lecteur" } } as const;
const OPERATOR = { config: { acces: "operateur" } } as const;
const ADMINISTRATOR = { config: { acces: "administrateur" } } as const;

const zMotif = z.object({ motif: zTexte });
const FAITS: Readonly<Record<string, string>> = {
  suspendre: "Les envois sont suspendus.",
  reprendre: "Les envois reprennent.",
  revoquer: "La clé est révoquée : elle n'ouvre plus rien.",
  occupe: "Un essai est déjà en cours : attendez sa fin.",
};

type One = FastifyRequest<{ Params: { id: string } }>;

/** Partners: who takes what and when, how it goes, and what can be tried or stopped. */
export function partenaires({
  db,
  outils,
  suivi,
}: {
  readonly db: Knex;
  readonly outils?: { readonly keyring: Keyring; readonly base: string } | undefined;
  /** Told when a dry run begins or ends: whoever looks at the page sees it. */
  readonly suivi?: { essai(): void } | undefined;
}) {
  return async (app: FastifyInstance): Promise<void> => {
    const essais = new Essais(() => suivi?.essai());
    const stopped = new AbortController();
    app.addHook("preClose", async () => {
      stopped.abort();
      await essais.stop();
    });

    app.get("/partenaires", READER, async ({ connexion }, reply) =>
      sendPage(reply, <PartenairesPage qui={connexion} partenaires={await readPartenaires(db)} />),
    );

    app.get("/partenaires/:id", READER, async (request: One, reply) => {
      const { fait } = z.object({ fait: zTexte }).parse(request.query);
      return show(request, reply, { fait: FAITS[fait] });
    });

    for (const acte of Object.keys(ACTES) as NomActe[]) {
      app.get(`/partenaires/:id/${acte}`, OPERATOR, async (request: One, reply) => ask(request, reply, acte));
      app.post(`/partenaires/:id/${acte}`, OPERATOR, async (request: One, reply) => {
        const { motif } = zMotif.parse(request.body ?? {});
        const partner = await find(request);
        if (partner === undefined) return reply.callNotFound();
        const acted = await act(acte, { id: partner.id, acteur: acteurOf(request), motif });
        if ("refused" in acted) return ask(request, reply.code(422), acte, acted.refused, motif);
        return reply.redirect(`/partenaires/${partner.id}?fait=${acte}`, 303);
      });
    }

    app.post("/partenaires/:id/connexion", ADMINISTRATOR, async (request: One, reply) => {
      const partner = await find(request);
      if (partner === undefined) return reply.callNotFound();
      return show(request, reply, { connexion: await probe(partner, acteurOf(request)) });
    });

    app.post("/partenaires/:id/essai", OPERATOR, async (request: One, reply) => {
      const detail = await readPartenaire(db, zTexte.parse(request.params.id));
      if (detail?.profil === undefined) return reply.callNotFound();
      const { partner, profil } = detail;
      const started = essais.start(partner.id, async (signal) => {
        // Compiled for one run and let go: it holds memory.
        const xsd = startXsd();
        try {
          return await essayerABlanc(db, partner.id, { profil, base: outils?.base ?? "", xsd, signal });
        } finally {
          await xsd.close();
        }
      });
      return reply.redirect(`/partenaires/${partner.id}${started ? "" : "?fait=occupe"}`, 303);
    });

    clesRoutes(app, db, (request, reply, refus) => show(request, reply.code(422), { refus }));

    const find = ({ params }: One): Promise<Partner | undefined> => readPartner(db, zTexte.parse(params.id));

    async function show(
      request: One,
      reply: FastifyReply,
      said: {
        readonly connexion?: EssaiDeConnexion;
        readonly fait?: string | undefined;
        readonly refus?: string;
      },
    ) {
      const detail = await readPartenaire(db, zTexte.parse(request.params.id));
      if (detail === undefined) return reply.callNotFound();
      const essai = essais.of(detail.partner.id);
      return sendPage(
        reply,
        <PartenairePage qui={request.connexion} detail={detail} essai={essai} {...said} />,
      );
    }

    const act = (acte: NomActe, demande: Parameters<typeof pausePartner>[1]) =>
      acte === "suspendre" ? pausePartner(db, demande) : resumePartner(db, demande);

    async function ask(request: One, reply: FastifyReply, acte: NomActe, refus?: string, motif?: string) {
      const partner = await find(request);
      if (partner === undefined) return reply.callNotFound();
      // Says what it would do: the reason is not known yet.
      const annonce = await act(acte, {
        id: partner.id,
        acteur: acteurOf(request),
        motif: "essai",
        essai: true,
      });
      return sendPage(
        reply,
        <ActePartenairePage
          qui={request.connexion}
          partner={partner}
          acte={acte}
          annonce={annonce}
          refus={refus}
          motif={motif}
        />,
      );
    }

    async function probe(partner: Partner, acteur: string): Promise<EssaiDeConnexion> {
      const secrets = await readSecrets(db, outils?.keyring ?? NO_KEY, partner.id);
      const tried =
        "message" in secrets
          ? { reussi: false, message: secrets.message }
          : await probeConnection(partner, secrets, stopped.signal);
      await db.transaction((trx) =>
        recordAct(trx, {
          acteur,
          acte: "partenaire.essayer_connexion",
          objet: { type: "partenaire", id: partner.id },
          detail: { ...tried },
        }),
      );
      return tried;
    }
  };
}
