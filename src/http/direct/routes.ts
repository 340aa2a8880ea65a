import { PassThrough } from "node:stream";
import type { FastifyInstance, FastifyRequest } from "fastify";
import type { Knex } from "knex";
import { atLeast, readConnexion } from "../../access/index.ts";
import { cookieOf, type SessionOptions } from "../access/session.ts";
import { sendProblem } from "../problem.tsx";
import type { Direct } from "./contexte.ts";
import { SUJETS, type Sujet } from "./marque.ts";
import { SCRIPT } from "./script.ts";
import { Veille, type Vue } from "./veille.ts";

/** How often things are looked at, milliseconds. */
export interface Rythme {
  /** Between two looks at the database, for all who follow a page. */
  readonly regard: number;
  /** Between two signs of life on each stream; who follows must then still be signed in. */
  readonly souffle: number;
}

const RYTHME: Rythme = { regard: 1_000, souffle: 10_000 };

/** Streams of this process, and of one person: windows that are seen at the same time. */
const MOST = 500;
const MOST_EACH = 12;

/** A client that takes nothing of what is told to it is let go; bytes. */
const MOST_WAITING = 64 * 1024;

declare module "fastify" {
  interface FastifyRequest {
    /** How the page that is asked for stays up to date; nothing for who is not signed in. */
    direct: Direct | undefined;
  }
}

interface DirectOptions extends SessionOptions {
  readonly rythme?: Rythme | undefined;
}

/**
 * What pages follow while they are shown, by server-sent events: `maj` when something of what they show has changed (they
 * are read again, nothing is told by the stream itself), `alertes` with the number that are open, `fin` when the session
 * has ended. A stream that opens again says what it saw last, and is told at once if there is something else.
 * @returns to be told of dry runs
 */
export function direct(app: FastifyInstance, options: DirectOptions): Pick<Veille, "essai"> {
  const { db, rythme = RYTHME } = options;
  const veille = new Veille(db, app.log, rythme.regard);
  const flux = new Set<{ readonly compte: number; fermer(): void }>();
  const { name } = cookieOf(options);
  let stopping = false;

  app.decorateRequest("direct", undefined);
  app.addHook("preHandler", async (request) => {
    const { connexion, routeOptions } = request;
    if (connexion === undefined || !atLeast(connexion.compte.role, "lecteur")) return;
    if (routeOptions.config.acces === "tous" || routeOptions.config.flux === true) return;
    request.direct = {
      page: request.method === "GET" ? request.url : undefined,
      ouvertes: veille.vue([])?.ouvertes ?? (await countOpen(db)),
      vue: (sujets) => veille.vue(sujets),
    };
  });
  app.addHook("preClose", async () => {
    stopping = true;
    veille.stop();
    for (const { fermer } of flux) fermer();
  });

  app.get("/direct.js", { config: { acces: "tous" } }, async (_request, reply) =>
    reply
      .type("text/javascript; charset=utf-8")
      .header("cache-control", "public, max-age=31536000, immutable")
      .send(SCRIPT),
  );

  // Without its HEAD: a stream whose body is left out would never end.
  const stream = { config: { acces: "lecteur", flux: true }, exposeHeadRoute: false } as const;
  app.get("/direct", stream, async (request: Asked, reply) => {
    const compte = request.connexion?.compte.id ?? 0;
    const mine = [...flux].filter((one) => one.compte === compte).length;
    if (stopping || flux.size >= MOST || mine >= MOST_EACH)
      return sendProblem(request, reply.header("retry-after", "30"), 503, TROP);

    const sortie = new PassThrough();
    const dire = (texte: string): void => {
      if (sortie.writableLength > MOST_WAITING) sortie.destroy();
      else if (!sortie.destroyed) sortie.write(`${texte}\n\n`);
    };
    let vu = request.headers["last-event-id"] ?? request.query.vu;
    let ouvertes: number | undefined;
    const ecoute = (vue: Vue): void => {
      if (vue.ouvertes !== ouvertes) dire(`event: alertes\ndata: ${vue.ouvertes}`);
      ouvertes = vue.ouvertes;
      if (vue.marque !== vu) dire(`id: ${vue.marque}\nevent: maj\ndata: 1`);
      vu = vue.marque;
    };
    const souffle = setInterval(() => {
      readConnexion(db, request.cookies[name], { signeDeVie: false }).then(
        (still) => {
          if (still !== undefined) return dire(":");
          dire("event: fin\ndata: 1");
          sortie.end();
        },
        // The database is away: it will be asked again.
        () => dire(":"),
      );
    }, rythme.souffle);
    const one = { compte, fermer: () => void sortie.end() };
    flux.add(one);
    const quitter = veille.follow(sujetsOf(request.query.sujets), ecoute);
    sortie.once("close", () => {
      clearInterval(souffle);
      quitter();
      flux.delete(one);
    });
    dire("retry: 2000");
    return reply
      .type("text/event-stream; charset=utf-8")
      .header("cache-control", "no-store")
      .header("x-accel-buffering", "no")
      .send(sortie);
  });
  return veille;
}

type Asked = FastifyRequest<{ Querystring: { sujets?: string; vu?: string } }>;

const TROP = "Trop de pages sont suivies en direct en même temps : celle-ci se lit comme d'habitude.";

const sujetsOf = (text: string | undefined): readonly Sujet[] => {
  const asked = String(text ?? "").split(",");
  return SUJETS.filter((sujet) => asked.includes(sujet));
};

async function countOpen(db: Knex): Promise<number> {
  const row = await db("alert").whereNull("closed_at").count({ ouvertes: "*" }).first();
  return Number(row?.ouvertes ?? 0);
}
