import type { FastifyInstance, FastifyRequest } from "fastify";
import { parisTime } from "../../../calendar/index.ts";
import { serialise, serialiseDocument } from "../../../lheo/index.ts";
import { openLecteur, sessionsSince } from "../../../snapshot/index.ts";
import { type Found, METHODS, refuse, sendPieces, tagOf, XML } from "../answer.ts";
import type { PullContext } from "../context.ts";
import type { Query } from "../query.ts";
import { type Filtre, filtreOf, queryOf } from "./filtre.ts";
import { type Page, pageOf } from "./page.ts";
import { extrasNamed, type Liens, resumeOf } from "./resume.ts";

type Request = FastifyRequest<{ Params: { profil: string }; Querystring: Query }>;

/** `/flux/<profil>/lheo-index.xml`: offers of the current feed summed up, each with a link to the whole. */
export function lheoIndexRoute(app: FastifyInstance, context: PullContext): void {
  const { db, store, sommaires, trace, url } = context;
  app.route({
    method: METHODS,
    url: "/flux/:profil/lheo-index.xml",
    async handler(request: Request, reply) {
      const { profil } = request.params;
      const feed = await context.feeds.currentFile(profil, request.headers.authorization);
      if (!("snapshot" in feed)) return refuse(request, reply, feed);
      const filtre = filtreOf(request.query);
      if (typeof filtre === "string") return refuse(request, reply, { statut: 400, message: filtre });
      const { snapshot, prive } = feed;
      if (snapshot.file === null) throw new Error("a current file has a file");
      const { sha256 } = snapshot.file;
      const recentes =
        filtre.depuis === undefined ? undefined : await sessionsSince(db, profil, filtre.depuis);
      const sommaire = await sommaires.open(sha256);
      const page = await pageOf(sommaire, filtre, recentes).finally(() => sommaire.close());
      trace.follow(request, reply, feed, "index");
      const address = (number: number) => url(`/flux/${profil}/lheo-index.xml?${queryOf(filtre, number)}`);
      return sendPieces(
        request,
        reply,
        {
          // Weak: the same offers, whatever a later release writes beside them.
          etag: `W/"${tagOf(sha256, String(snapshot.id), url(""), queryOf(filtre, filtre.page))}"`,
          lastModified: snapshot.createdAt,
          prive,
          type: XML,
          gzip: true,
          headers: { link: linksOf(filtre, page.total, address), "x-total-count": String(page.total) },
        },
        () => piecesOf(store.pathOf(sha256, "xml"), feed, filtre, page, liensOf(context, feed)),
      );
    },
  });
}

/** RFC 8288: where the other pages are. */
function linksOf({ page, taille }: Filtre, total: number, address: (page: number) => string): string {
  const last = Math.max(1, Math.ceil(total / taille));
  const links = [
    ["first", 1],
    ...(page > 1 ? ([["prev", Math.min(page - 1, last)]] as const) : []),
    ...(page < last ? ([["next", page + 1]] as const) : []),
    ["last", last],
  ] as const;
  return links.map(([rel, number]) => `<${address(number)}>; rel="${rel}"`).join(", ");
}

/** A page for people exists of what is public; the others find the LHEO in both. */
const liensOf =
  ({ url }: PullContext, { snapshot: { profil }, prive }: Found) =>
  (formation: string, session: string | undefined): Liens => {
    const file = url(`/flux/${profil}/formation?num=${encodeURIComponent(formation)}`);
    const page = session === undefined || prive ? file : url(`/offres/${encodeURIComponent(session)}`);
    return { href: page, file };
  };

async function* piecesOf(
  path: string,
  { snapshot }: Found,
  filtre: Filtre,
  { offres, total }: Page,
  liens: (formation: string, session: string | undefined) => Liens,
): AsyncGenerator<string> {
  const { jour, heure } = parisTime(snapshot.createdAt);
  const extras = extrasNamed("FLUX-CARIF", {
    "date-export": jour,
    "heure-export": heure,
    statut: "OK",
    "nb-resultat": String(total),
  });
  const empty = serialiseDocument("lheo-index", { "resumes-offres": { extras: [extras] } });
  const inside = empty.indexOf(OPENED) + OPENED.length;
  yield empty.slice(0, inside);
  const lecteur = await openLecteur(path);
  try {
    for (const offre of offres) {
      if (offre.action === "") continue;
      const lue = await lecteur.lire(offre);
      const resume = resumeOf(offre, lue, liens(offre.formation, offre.sessions[0]), filtre.departements);
      yield serialise("resume-offre", resume);
    }
  } finally {
    await lecteur.close();
  }
  yield empty.slice(inside);
}

const OPENED = "<resumes-offres>\n";
