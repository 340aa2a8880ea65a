import type { FastifyInstance, FastifyRequest } from "fastify";
import {
  type Evolution,
  keptSnapshot,
  RAISONS,
  readEvolutions,
  type Snapshot,
  snapshotById,
} from "../../snapshot/index.ts";
import { JSON_TYPE, METHODS, refuse, sendText } from "./answer.ts";
import type { PullContext } from "./context.ts";
import { type Cursor, readCursor, writeCursor } from "./cursor.ts";
import type { Refus } from "./feed.ts";
import { oneOf, type Query, wholeNumber } from "./query.ts";

type Request = FastifyRequest<{ Params: { profil: string }; Querystring: Query }>;

const USUAL = 1_000;
const LARGEST = 5_000;

interface Ask {
  readonly depuis: string;
  readonly taille: number;
  readonly cursor: Cursor | undefined;
}

/**
 * `/flux/<profil>/changements?depuis=<sha256>`: what came, changed or left since a feed that the partner has, a page at a
 * time. LHEO itself has no word for what is gone.
 */
export function changementsRoute(app: FastifyInstance, context: PullContext): void {
  const { db, base, trace } = context;
  app.route({
    method: METHODS,
    url: "/flux/:profil/changements",
    async handler(request: Request, reply) {
      const { profil } = request.params;
      const feed = await context.feeds.current(profil, request.headers.authorization);
      if (!("snapshot" in feed)) return refuse(request, reply, feed);
      const ask = askOf(request.query);
      if ("statut" in ask) return refuse(request, reply, ask);
      const avant = await keptSnapshot(db, profil, ask.depuis);
      const apres = await endOf(context, feed.snapshot, ask.cursor);
      if (avant?.id == null || apres?.id == null || avant.id > apres.id)
        return refuse(request, reply, avant === undefined ? GONE : CURSOR);
      const page = await readEvolutions(db, {
        profil,
        base,
        depuis: avant.id,
        jusqua: apres.id,
        apres: ask.cursor?.apres ?? "",
        taille: ask.taille,
      });
      const cursor =
        page.apres === undefined ? undefined : writeCursor({ jusqua: apres.id, apres: page.apres });
      const body = {
        profil,
        since: feedOf(avant),
        until: feedOf(apres),
        changes: page.evolutions.map((one) => writtenOf(one, context, profil)),
        next: cursor === undefined ? null : nextOf(context, profil, ask, cursor),
      };
      trace.follow(request, reply, feed, "changements");
      return sendText(
        request,
        reply,
        { prive: feed.prive, lastModified: apres.createdAt, type: JSON_TYPE },
        `${JSON.stringify(body)}\n`,
      );
    },
  });
}

const GONE: Refus = {
  statut: 410,
  message:
    "Ce flux de départ n'est pas connu ici, ou n'est plus conservé : prenez le fichier entier (offre-info.xml), puis les changements depuis son empreinte.",
};
const CURSOR: Refus = {
  statut: 400,
  message: "suite : cette suite n'est pas de ces changements ; reprenez l'adresse que donne « next ».",
};

function askOf(query: Query): Ask | Refus {
  const depuis = oneOf(query.depuis) ?? "";
  if (!/^[0-9a-f]{64}$/.test(depuis))
    return {
      statut: 400,
      message:
        "depuis : attendu l'empreinte sha256 du fichier que vous avez, 64 caractères de 0 à 9 et de a à f.",
    };
  const taille = wholeNumber(oneOf(query.taille) ?? String(USUAL), 1, LARGEST);
  if (taille === undefined) return { statut: 400, message: `taille : attendu un nombre de 1 à ${LARGEST}.` };
  const suite = oneOf(query.suite);
  if (suite === undefined) return { depuis, taille, cursor: undefined };
  const cursor = readCursor(suite);
  return cursor === undefined ? CURSOR : { depuis, taille, cursor };
}

/** The feed up to which changes are told: the current one, or that of the page before. */
async function endOf(
  { db }: PullContext,
  current: Snapshot,
  cursor: Cursor | undefined,
): Promise<Snapshot | undefined> {
  if (cursor === undefined || cursor.jusqua === current.id) return current;
  const snapshot = await snapshotById(db, cursor.jusqua);
  return snapshot?.profil === current.profil ? snapshot : undefined;
}

const feedOf = ({ file, createdAt }: Snapshot) => ({
  sha256: file?.sha256 ?? null,
  at: createdAt.toISOString(),
});

const CHANGES = { creee: "created", modifiee: "updated", supprimee: "deleted" } as const;

function writtenOf(one: Evolution, { url }: PullContext, profil: string) {
  const { genre, formation, action, session, at, raison } = one;
  const common = { change: CHANGES[genre], formation, action, session, at: at.toISOString() };
  return raison === undefined
    ? { ...common, href: url(`/flux/${profil}/formation?num=${encodeURIComponent(formation)}`) }
    : { ...common, reason: raison, reason_label: RAISONS[raison] };
}

function nextOf({ url }: PullContext, profil: string, { depuis, taille }: Ask, suite: string): string {
  const query = new URLSearchParams({ depuis, taille: String(taille), suite });
  return url(`/flux/${profil}/changements?${query}`);
}
