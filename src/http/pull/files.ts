import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { type Form, manifestOf, type Snapshot } from "../../snapshot/index.ts";
import { sendProblem } from "../problem.tsx";
import {
  cacheControl,
  FOR_EVER,
  type Found,
  JSON_TYPE,
  METHODS,
  REVALIDATE,
  refuse,
  sendText,
  XML,
} from "./answer.ts";
import type { PullContext } from "./context.ts";
import { prefersGzip } from "./encoding.ts";
import { currentFeed, currentFile, type Feed, feedBySha256 } from "./feed.ts";
import { type Representation, sendFile } from "./sendFile.ts";

type Request = FastifyRequest<{ Params: { profil: string; fichier?: string } }>;

/**
 * `/flux/<profil>/offre-info.xml[.gz]` for the current feed, `<sha256>.xml[.gz]` for one that never changes,
 * `manifest.json` and `SHA256SUMS` beside.
 */
export function fileRoutes(app: FastifyInstance, { db, store, trace }: PullContext): void {
  const serve = async (request: Request, reply: FastifyReply, feed: Feed, form: Form, immutable: boolean) => {
    if (!("snapshot" in feed)) return refuse(request, reply, feed);
    trace.follow(request, reply, feed, "fichier");
    return sendFile(request, reply, representationOf(store, feed, form, request, immutable));
  };
  for (const form of ["xml", "xml.gz"] as const)
    app.route({
      method: METHODS,
      url: `/flux/:profil/offre-info.${form}`,
      async handler(request: Request, reply) {
        const feed = await currentFile(db, request.params.profil, request.headers.authorization);
        return serve(request, reply, feed, form, false);
      },
    });
  app.route({
    method: METHODS,
    url: "/flux/:profil/:fichier",
    async handler(request: Request, reply) {
      const [, sha256, form] = /^([0-9a-f]{64})\.(xml|xml\.gz)$/.exec(request.params.fichier ?? "") ?? [];
      if (sha256 === undefined) return reply.callNotFound();
      const feed = await feedBySha256(db, request.params.profil, sha256, request.headers.authorization);
      try {
        return await serve(request, reply, feed, form === "xml" ? "xml" : "xml.gz", true);
      } catch (error) {
        if (!(error instanceof Error && "code" in error && error.code === "ENOENT")) throw error;
        return sendProblem(
          request,
          reply,
          410,
          "Ce flux a bien été publié, mais son fichier n'est plus conservé.",
        );
      }
    },
  });
  app.route({
    method: METHODS,
    url: "/flux/:profil/manifest.json",
    async handler(request: Request, reply) {
      const feed = await currentFeed(db, request.params.profil, request.headers.authorization);
      if (!("snapshot" in feed)) return refuse(request, reply, feed);
      const text = `${JSON.stringify(manifestOf(feed.snapshot), null, 2)}\n`;
      return sendText(request, reply, { ...aboutOf(feed), type: JSON_TYPE }, text);
    },
  });
  app.route({
    method: METHODS,
    url: "/flux/:profil/SHA256SUMS",
    async handler(request: Request, reply) {
      const feed = await currentFile(db, request.params.profil, request.headers.authorization);
      if (!("snapshot" in feed)) return refuse(request, reply, feed);
      return sendText(
        request,
        reply,
        { ...aboutOf(feed), type: "text/plain; charset=utf-8" },
        sumsOf(feed.snapshot),
      );
    },
  });
}

const aboutOf = ({ snapshot, prive }: Found) => ({ prive, lastModified: snapshot.createdAt });

function representationOf(
  store: PullContext["store"],
  { snapshot: { profil, file, createdAt }, prive }: Found,
  form: Form,
  request: FastifyRequest,
  immutable: boolean,
): Representation {
  if (file === null) throw new Error("a feed without file is never represented");
  const location = `/flux/${profil}/${file.sha256}.${form}`;
  const headers = {
    "cache-control": cacheControl(prive, immutable ? FOR_EVER : REVALIDATE),
    ...(immutable ? {} : { "content-location": location }),
    ...(form === "xml" ? { vary: "Accept-Encoding" } : {}),
  };
  const common = { lastModified: createdAt, headers };
  const gz = { path: store.pathOf(file.sha256, "xml.gz"), octets: file.octetsGz };
  if (form === "xml.gz") return { ...common, ...gz, etag: `"${file.sha256Gz}"`, type: "application/gzip" };
  // Compressed beforehand, so that a range of it means the same bytes each time.
  if (prefersGzip(request.headers["accept-encoding"]))
    return { ...common, ...gz, etag: `"${file.sha256Gz}"`, type: XML, encoding: "gzip" };
  return {
    ...common,
    path: store.pathOf(file.sha256, "xml"),
    octets: file.octets,
    etag: `"${file.sha256}"`,
    type: XML,
  };
}

function sumsOf({ file }: Snapshot): string {
  return file === null ? "" : `${file.sha256}  offre-info.xml\n${file.sha256Gz}  offre-info.xml.gz\n`;
}
