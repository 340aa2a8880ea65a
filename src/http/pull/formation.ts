import { open } from "node:fs/promises";
import type { FastifyInstance, FastifyRequest } from "fastify";
import { formationPartie, type Offre, RAISONS, type Sommaire } from "../../snapshot/index.ts";
import { METHODS, refuse, sendPieces, XML } from "./answer.ts";
import type { PullContext } from "./context.ts";
import { jour } from "./jour.ts";
import { oneOf, type Query } from "./query.ts";

type Request = FastifyRequest<{ Params: { profil: string }; Querystring: Query }>;

/** No number of a formation is longer. */
const LONGEST = 250;

/** `/flux/<profil>/formation?num=`: a document with one formation, cut out of the very bytes of the current feed. */
export function formationRoute(app: FastifyInstance, context: PullContext): void {
  const { db, store, base, sommaires, trace } = context;
  app.route({
    method: METHODS,
    url: "/flux/:profil/formation",
    async handler(request: Request, reply) {
      const { profil } = request.params;
      const feed = await context.feeds.currentFile(profil, request.headers.authorization);
      if (!("snapshot" in feed)) return refuse(request, reply, feed);
      const num = oneOf(request.query.num)?.trim() ?? "";
      if (num === "" || num.length > LONGEST || num.includes("\0"))
        return refuse(request, reply, {
          statut: 400,
          message: "Donnez le numéro d'une formation : ?num=, comme il est écrit dans le flux.",
        });
      const { snapshot, prive } = feed;
      if (snapshot.file === null) throw new Error("a current file has a file");
      const { sha256 } = snapshot.file;
      // The number as it is in the feed, or in the catalogue: without the base.
      const numeros = base === "" ? [num] : [num, `${base}_${num}`];
      const sommaire = await sommaires.open(sha256);
      const found = await firstOf(sommaire, numeros).finally(() => sommaire.close());
      if (found === undefined) {
        const without = num.startsWith(`${base}_`) ? [num.slice(base.length + 1)] : [];
        const depart = await formationPartie(db, profil, [num, ...without]);
        return refuse(
          request,
          reply,
          depart === undefined
            ? { statut: 404, message: `Aucune formation de ce flux n'a le numéro « ${num} ».` }
            : {
                statut: 410,
                message: `La formation « ${num} » a quitté ce flux le ${jour(depart.at)} : ${RAISONS[depart.raison]} (${depart.raison}).`,
              },
        );
      }
      trace.follow(request, reply, feed, "formation");
      const { avant, apres, octets: total } = sommaire.entete;
      const parts: readonly Part[] = [
        [0, avant],
        [found.debut, found.fin],
        [apres, total],
      ];
      const octets = parts.reduce((sum, [from, to]) => sum + to - from, 0);
      return sendPieces(
        request,
        reply,
        {
          // These bytes of that file: nothing else can have this tag.
          etag: `"${sha256}.${found.debut}"`,
          lastModified: snapshot.createdAt,
          prive,
          type: XML,
          octets,
        },
        () => piecesOf(store.pathOf(sha256, "xml"), parts),
      );
    },
  });
}

async function firstOf(sommaire: Sommaire, numeros: readonly string[]): Promise<Offre | undefined> {
  for (const numero of numeros) {
    const found = await sommaire.formation(numero);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** From the first to before the second. */
type Part = readonly [from: number, to: number];

const PIECE = 64 * 1024;

/** Opens when the first piece is taken: whoever hangs up before leaves nothing open. */
async function* piecesOf(path: string, parts: readonly Part[]): AsyncGenerator<Buffer> {
  const file = await open(path, "r");
  try {
    for (const [from, to] of parts)
      for (let at = from; at < to; ) {
        const length = Math.min(PIECE, to - at);
        const { buffer, bytesRead } = await file.read(Buffer.allocUnsafe(length), 0, length, at);
        if (bytesRead === 0) throw new Error("the feed is shorter than its summary says");
        at += bytesRead;
        yield buffer.subarray(0, bytesRead);
      }
  } finally {
    await file.close();
  }
}
