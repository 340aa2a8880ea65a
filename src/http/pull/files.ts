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
import type { Feed } from "./feed.ts";
import { type Representation, sendFile } from "./sendFile.ts";

type Request = FastifyRequest<{ Params: { profil: string; fichier?: string } }>;

/**
 * `/flux/<profil>/offre-info.xml[.gz]` for the current feed, `<sha256>.xml[.gz]` for one that never changes,
 * `manifest.json` and `SHA256SUMS` beside.
 */
export function fileRoutes(app: FastifyInstance, { feeds, store, trace }: PullContext): void {
  const serve = (request: Request, reply: FastifyReply, feed: Feed, form: Form, immutable: boolean) => {
    if (!("snapshot" in feed)) return refuse(request, reply, feed);
    const sent = sendFile(request, reply, representationOf(store, feed, form, request, immutable));
    trace.follow(request, reply, feed, "fichier");
    return sent;
  };
  for (const form of ["xml", "xml.gz"] as const)
    app.route({
      method: METHODS,
      url: `/flux/:profil/offre-info.${form}`,
      async handler(request: Request, reply) {
        const feed = await feeds.currentFile(request.params.profil, request.headers.authorization);
        return serve(request, reply, feed, form, false);
      },
    });
  app.route({
    method: METHODS,
    url: "/flux/:profil/:fichier",
    async handler(request: Request, reply) {
      const [, sha256, form] = /^([0-9a-f]{64})\.(xml|xml\.gz)$/.exec(request.params.fichier ?? "") ?? [];
      if (sha256 === undefined) return reply.callNotFound();
      const feed = await feeds.bySha256(request.params.profil, sha256, request.headers.authorization);
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
      const feed = await feeds.current(request.params.profil, request.headers.authorization);
      if (!("snapshot" in feed)) return refuse(request, reply, feed);
      const text = `${JSON.stringify(manifestOf(feed.snapshot), null, 2)}\n`;
      return sendText(request, reply, { ...aboutOf(feed), type: JSON_TYPE }, text);
    },
  });
  app.route({
    method: METHODS,
    url: "/flux/:profil/SHA256SUMS",
    async handler(request: Request, reply) {
      const feed = await feeds.currentFile(request.params.profil, request.headers.authorization);
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

/** How a snapshot is represented never changes: by its form, and by who may keep it. */
const represented = new WeakMap<Snapshot, Map<string, Representation>>();

function representationOf(
  store: PullContext["store"],
  found: Found,
  form: Form,
  request: FastifyRequest,
  immutable: boolean,
): Representation {
  const gzip = form === "xml" && prefersGzip(request.headers["accept-encoding"]);
  const key = `${form} ${gzip} ${found.prive} ${immutable}`;
  const all = represented.get(found.snapshot) ?? new Map<string, Representation>();
  const known = all.get(key) ?? represent(store, found, { form, gzip, immutable });
  represented.set(found.snapshot, all.set(key, known));
  return known;
}

function represent(
  store: PullContext["store"],
  { snapshot: { profil, file, createdAt }, prive }: Found,
  { form, gzip, immutable }: { readonly form: Form; readonly gzip: boolean; readonly immutable: boolean },
): Representation {
  if (file === null) throw new Error("a feed without file is never represented");
  const gzipped = gzip || form === "xml.gz";
  const etag = `"${gzipped ? file.sha256Gz : file.sha256}"`;
  return {
    path: store.pathOf(file.sha256, gzipped ? "xml.gz" : "xml"),
    octets: gzipped ? file.octetsGz : file.octets,
    type: form === "xml" ? XML : "application/gzip",
    // Compressed beforehand, so that a range of it means the same bytes each time.
    encoding: gzip ? "gzip" : undefined,
    etag,
    lastModified: createdAt,
    headers: {
      etag,
      "last-modified": createdAt.toUTCString(),
      "cache-control": cacheControl(prive, immutable ? FOR_EVER : REVALIDATE),
      ...(immutable ? {} : { "content-location": `/flux/${profil}/${file.sha256}.${form}` }),
      ...(form === "xml" ? { vary: "Accept-Encoding" } : {}),
    },
  };
}

function sumsOf({ file }: Snapshot): string {
  return file === null ? "" : `${file.sha256}  offre-info.xml\n${file.sha256Gz}  offre-info.xml.gz\n`;
}
