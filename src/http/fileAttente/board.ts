import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { createBullBoard } from "@bull-board/api";
import type { BullBoardQueues, IServerAdapter } from "@bull-board/api/typings/app";
import type { Board } from "../../queue/index.ts";

type ApiRoute = Parameters<IServerAdapter["setApiRoutes"]>[0][number];

/** What bull-board asks of a web server, reduced to what only reads. */
export interface BoardParts {
  /** Its page, whose addresses are all below `prefix`. */
  readonly page: string;
  /** Files by what stands after `static/`. */
  readonly files: ReadonlyMap<string, string>;
  /** Addresses of its data, all of them read by GET. */
  readonly reads: readonly { readonly url: string; readonly handler: ApiRoute["handler"] }[];
  readonly queues: BullBoardQueues;
  readonly uiConfig: Parameters<IServerAdapter["setUIConfig"]>[0];
}

/**
 * Takes bull-board apart: its own adapters would register what writes as well, and a page that loads fonts from
 * elsewhere.
 * @param prefix where it is mounted, without a slash at the end
 */
export function boardParts(board: Board, prefix: string): BoardParts {
  let dir = "";
  let queues: BullBoardQueues = new Map();
  let uiConfig: BoardParts["uiConfig"] = {};
  let routes: readonly ApiRoute[] = [];
  const adapter: IServerAdapter = {
    setQueues(given) {
      queues = given;
      return adapter;
    },
    setViewsPath(given) {
      dir = given;
      return adapter;
    },
    setStaticPath: () => adapter,
    setEntryRoute: () => adapter,
    setErrorHandler: () => adapter,
    setApiRoutes(given) {
      routes = given;
      return adapter;
    },
    setUIConfig(given) {
      uiConfig = given;
      return adapter;
    },
  };
  createBullBoard({
    queues: [board],
    serverAdapter: adapter,
    options: {
      uiConfig: {
        boardTitle: "File d'attente",
        hideRedisDetails: true,
        showMetrics: false,
        locale: { lng: "fr-FR" },
        boardLogo: { path: "", width: 0, height: 0 },
        miscLinks: [{ text: "Retour au site", url: "/" }],
      },
    },
  });
  return {
    page: pageOf(readFileSync(path.join(dir, "index.ejs"), "utf8"), prefix, uiConfig),
    files: filesOf(path.join(dir, "static")),
    reads: routes.flatMap(({ method, route, handler }) =>
      [method].flat().every((one) => one === "get") ? [route].flat().map((url) => ({ url, handler })) : [],
    ),
    queues,
    uiConfig,
  };
}

/** Its own page around its own scripts and styles. */
function pageOf(template: string, prefix: string, uiConfig: BoardParts["uiConfig"]): string {
  const own = template.match(
    /<script defer src="static\/[^"]+"><\/script>|<link href="static\/[^"]+" rel="stylesheet">/g,
  );
  const config = JSON.stringify(uiConfig).replaceAll("<", "\\u003c");
  return `<!doctype html>
<html lang="fr">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<base href="${prefix}/">
<title>File d'attente · offre-info</title>
<link rel="icon" id="fav-logo" href="data:,">
</head>
<body>
<script id="__UI_CONFIG__" type="application/json">${config}</script>
<div id="root"></div>
${(own ?? []).join("\n")}
</body>
</html>
`;
}

function filesOf(dir: string): ReadonlyMap<string, string> {
  const names = readdirSync(dir, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return new Map(
    names.map((entry) => {
      const file = path.join(entry.parentPath, entry.name);
      return [path.relative(dir, file).split(path.sep).join("/"), file];
    }),
  );
}
