import { createHash } from "node:crypto";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import type { Knex } from "knex";
import { type Form, manifestOf, type Snapshot, type Store } from "../../snapshot/index.ts";
import { sendProblem } from "../problem.tsx";
import { precondition } from "./conditional.ts";
import { prefersGzip } from "./encoding.ts";
import { currentFeed, currentFile, type Feed, feedBySha256 } from "./feed.ts";
import { type Representation, sendFile } from "./sendFile.ts";

export interface PullOptions {
  readonly db: Knex;
  readonly store: Pick<Store, "pathOf">;
}

type Request = FastifyRequest<{ Params: { profil: string; fichier?: string } }>;

const METHODS = ["GET", "HEAD"];
const XML = "application/xml; charset=utf-8";
/** The same address, other bytes tomorrow: kept, but asked about each time. */
const REVALIDATE = "no-cache";
/** This address will never mean other bytes. */
const FOR_EVER = "max-age=31536000, immutable";

/**
 * Feeds that partners come and take: `/flux/<profil>/offre-info.xml[.gz]` for the current one, `<sha256>.xml[.gz]` for one
 * that never changes, `manifest.json` and `SHA256SUMS` beside.
 */
export function pull({ db, store }: PullOptions) {
  return async (app: FastifyInstance): Promise<void> => {
    const file = (form: Form) => async (request: Request, reply: FastifyReply) => {
      const feed = await currentFile(db, request.params.profil, request.headers.authorization);
      return serve(request, reply, feed, form, false);
    };
    const serve = async (
      request: Request,
      reply: FastifyReply,
      feed: Feed,
      form: Form,
      immutable: boolean,
    ) => {
      if (!("snapshot" in feed)) return refuse(request, reply, feed);
      return sendFile(request, reply, representationOf(store, feed, form, request, immutable));
    };
    app.route({ method: METHODS, url: "/flux/:profil/offre-info.xml", handler: file("xml") });
    app.route({ method: METHODS, url: "/flux/:profil/offre-info.xml.gz", handler: file("xml.gz") });
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
        return sendText(request, reply, feed, text, "application/json; charset=utf-8");
      },
    });
    app.route({
      method: METHODS,
      url: "/flux/:profil/SHA256SUMS",
      async handler(request: Request, reply) {
        const feed = await currentFile(db, request.params.profil, request.headers.authorization);
        if (!("snapshot" in feed)) return refuse(request, reply, feed);
        return sendText(request, reply, feed, sumsOf(feed.snapshot), "text/plain; charset=utf-8");
      },
    });
  };
}

/** A feed that may be served. */
type Found = Extract<Feed, { snapshot: Snapshot }>;

/** A restricted feed is kept by its partner alone, never by a proxy on the way. */
const cacheControl = (prive: boolean, how: string): string => `${prive ? "private" : "public"}, ${how}`;

function refuse(
  request: FastifyRequest,
  reply: FastifyReply,
  { statut, message }: Extract<Feed, { statut: number }>,
) {
  if (statut === 401) reply.header("www-authenticate", 'Basic realm="offre-info", charset="UTF-8"');
  return sendProblem(request, reply, statut, message);
}

function representationOf(
  store: PullOptions["store"],
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

function sendText(
  request: FastifyRequest,
  reply: FastifyReply,
  { snapshot: { createdAt: lastModified }, prive }: Found,
  text: string,
  type: string,
): FastifyReply {
  const etag = `"${createHash("sha256").update(text).digest("hex").slice(0, 32)}"`;
  const verdict = precondition(request.headers, { etag, lastModified });
  if (verdict === "failed")
    return sendProblem(request, reply, 412, "Le document n'est plus celui que votre demande suppose.");
  reply.headers({
    etag,
    "last-modified": lastModified.toUTCString(),
    "cache-control": cacheControl(prive, REVALIDATE),
  });
  if (verdict === "not-modified") return reply.code(304).send();
  reply.type(type).header("content-length", String(Buffer.byteLength(text)));
  return request.method === "HEAD" ? reply.send() : reply.send(text);
}
