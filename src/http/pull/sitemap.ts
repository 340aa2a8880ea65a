import { Readable } from "node:stream";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { countOffres, listOffres } from "../../snapshot/index.ts";
import { METHODS, XML } from "./answer.ts";
import type { PullContext } from "./context.ts";
import { publicProfils } from "./feed.ts";
import { pathOf } from "./offres/route.tsx";
import { wholeNumber } from "./query.ts";

/** What sitemaps.org allows in one file. */
const MOST_URLS = 50_000;
const NAMESPACE = "http://www.sitemaps.org/schemas/sitemap/0.9";
const DECLARATION = '<?xml version="1.0" encoding="UTF-8"?>\n';

/** `/robots.txt`, `/sitemap.xml` and the files that it lists: every public page, and since when it reads so. */
export function sitemapRoutes(app: FastifyInstance, { db, url }: PullContext): void {
  async function* urlsetOf(page: number): AsyncGenerator<string> {
    yield `${DECLARATION}<urlset xmlns="${NAMESPACE}">\n`;
    const some = { sauter: (page - 1) * MOST_URLS, taille: MOST_URLS };
    for await (const offres of listOffres(db, await publicProfils(db), some))
      yield offres.map(({ session, at }) => urlOf(url(pathOf(session)), at)).join("");
    yield "</urlset>\n";
  }
  app.route({
    method: METHODS,
    url: "/robots.txt",
    handler: async (request, reply) =>
      send(
        request,
        reply,
        "text/plain; charset=utf-8",
        `User-agent: *\nAllow: /offres/\nDisallow: /flux/\n\nSitemap: ${url("/sitemap.xml")}\n`,
      ),
  });
  app.route({
    method: METHODS,
    url: "/sitemap.xml",
    async handler(request, reply) {
      const pages = await pagesOf(db);
      const items = Array.from(
        { length: pages },
        (_, rank) => `<sitemap><loc>${escaped(url(`/sitemap/${rank + 1}.xml`))}</loc></sitemap>\n`,
      );
      const text = `${DECLARATION}<sitemapindex xmlns="${NAMESPACE}">\n${items.join("")}</sitemapindex>\n`;
      return send(request, reply, XML, text);
    },
  });
  app.route({
    method: METHODS,
    url: "/sitemap/:fichier",
    async handler(request: FastifyRequest<{ Params: { fichier: string } }>, reply) {
      const [, rank = ""] = /^(\d{1,5})\.xml$/.exec(request.params.fichier) ?? [];
      const page = wholeNumber(rank, 1, 99_999);
      if (page === undefined) return reply.callNotFound();
      if (page > (await pagesOf(db))) return reply.callNotFound();
      reply.type(XML).header("cache-control", AN_HOUR);
      if (request.method === "HEAD") return reply.send();
      return reply.send(Readable.from(urlsetOf(page), { objectMode: false }));
    },
  });
}

async function pagesOf(db: PullContext["db"]): Promise<number> {
  const profils = await publicProfils(db);
  return Math.max(1, Math.ceil((await countOffres(db, profils)) / MOST_URLS));
}

const urlOf = (address: string, at: Date): string =>
  `<url><loc>${escaped(address)}</loc><lastmod>${at.toISOString()}</lastmod></url>\n`;

/** An hour late is soon enough for a search engine, and spares the database. */
const AN_HOUR = "public, max-age=3600";

function send(request: FastifyRequest, reply: FastifyReply, type: string, text: string): FastifyReply {
  reply
    .type(type)
    .header("cache-control", AN_HOUR)
    .header("content-length", String(Buffer.byteLength(text)));
  return request.method === "HEAD" ? reply.send() : reply.send(text);
}

const escaped = (text: string): string =>
  text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll("'", "&apos;").replaceAll('"', "&quot;");
