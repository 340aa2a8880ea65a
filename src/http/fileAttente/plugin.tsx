import { readFile } from "node:fs/promises";
import path from "node:path";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import type { Queue } from "../../queue/index.ts";
import { sendPage } from "../pages/send.ts";
import { sendProblem } from "../problem.tsx";
import { SECURITY_HEADERS } from "../security.ts";
import { type BoardParts, boardParts } from "./board.ts";
import { SansFilePage } from "./sansFile.tsx";

const PREFIX = "/file-attente";
const ADMINISTRATOR = { config: { acces: "administrateur" } } as const;

/** The style of its notices, which its script writes into the page; another version of it may have another. */
const ITS_STYLE = "'sha256-AVTm08UMHPqpttgoudpSsvenKKfidtwuSnUVJLIuqcA='";

/** Its page names where its files are, and has a style of its own: nothing else of what ours forbid. */
const CSP = (SECURITY_HEADERS["content-security-policy"] ?? "")
  .replace("base-uri 'none'", "base-uri 'self'")
  .replace("style-src 'self'", `style-src 'self' ${ITS_STYLE}`);

const TYPES: Readonly<Record<string, string>> = {
  ".js": "text/javascript; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".json": "application/json; charset=utf-8",
  ".svg": "image/svg+xml",
  ".png": "image/png",
  ".ico": "image/x-icon",
};

/** bull-board, to look at: nothing that writes is there to be asked. */
export function fileAttente({ file }: { readonly file?: (() => Queue | undefined) | undefined }) {
  return async (app: FastifyInstance): Promise<void> => {
    let parts: BoardParts | undefined;
    /** The queue is opened after the server. */
    const open = (): BoardParts | undefined => {
      const board = file?.()?.board;
      if (board !== undefined) parts ??= boardParts(board, PREFIX);
      return parts;
    };

    const page = async ({ connexion }: FastifyRequest, reply: FastifyReply) => {
      const board = open();
      if (board === undefined) return sendPage(reply, <SansFilePage qui={connexion} />);
      return reply
        .type("text/html; charset=utf-8")
        .headers({ "cache-control": "no-store", "content-security-policy": CSP })
        .send(board.page);
    };
    app.get(PREFIX, ADMINISTRATOR, page);
    app.get(`${PREFIX}/queue/*`, ADMINISTRATOR, page);

    app.get(
      `${PREFIX}/static/*`,
      ADMINISTRATOR,
      async (request: FastifyRequest<{ Params: { "*": string } }>, reply) => {
        const found = open()?.files.get(request.params["*"]);
        if (found === undefined) return reply.callNotFound();
        return reply
          .type(TYPES[path.extname(found)] ?? "application/octet-stream")
          .header("cache-control", "private, max-age=3600")
          .send(await readFile(found));
      },
    );

    app.get(
      `${PREFIX}/api/*`,
      ADMINISTRATOR,
      async (request: FastifyRequest<{ Params: { "*": string } }>, reply) => {
        const board = open();
        const asked = board === undefined ? undefined : readOf(board, request.params["*"]);
        if (board === undefined || asked === undefined) return reply.callNotFound();
        const { status = 200, body } = await asked.handler({
          queues: board.queues,
          uiConfig: board.uiConfig,
          params: asked.params,
          query: { ...(request.query as object) },
          body: {},
          headers: {},
        });
        return reply.code(status).header("cache-control", "no-store").send(body);
      },
    );

    app.route({
      method: ["POST", "PUT", "PATCH", "DELETE"],
      url: `${PREFIX}/*`,
      ...ADMINISTRATOR,
      handler: async (request, reply) =>
        sendProblem(request, reply, 405, "La file d'attente se regarde seulement : rien n'a été fait."),
    });
  };
}

/** The handler of an address, with what stands in the place of its `:names`. */
function readOf({ reads }: BoardParts, rest: string) {
  const asked = `api/${rest}`.split("/");
  for (const { url, handler } of reads) {
    const wanted = url.slice(1).split("/");
    if (wanted.length !== asked.length) continue;
    const pairs = wanted.map((part, i) => [part, asked[i] ?? ""] as const);
    if (pairs.every(([part, given]) => part.startsWith(":") || part === given))
      return {
        handler,
        params: Object.fromEntries(
          pairs.filter(([part]) => part.startsWith(":")).map(([part, given]) => [part.slice(1), given]),
        ),
      };
  }
  return undefined;
}
