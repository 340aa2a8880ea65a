import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

const HTMX = createRequire(import.meta.url).resolve("htmx.org/dist/htmx.min.js");
const OURS = new URL("./navigateur.js", import.meta.url);

/** What keeps pages up to date in a browser: htmx, and what is ours. */
export const SCRIPT = [HTMX, OURS].map((file) => readFileSync(file, "utf8")).join("\n");

/** Where a script is, these very bytes of it: kept by browsers for good. */
export const versioned = (chemin: string, script: string): string =>
  `${chemin}?v=${createHash("sha256").update(script).digest("hex").slice(0, 12)}`;

export const SCRIPT_URL = versioned("/direct.js", SCRIPT);

/** Nothing of the address bar, of styles nor of faults is changed behind the reader's back. */
export const HTMX_CONFIG = JSON.stringify({
  history: false,
  includeIndicatorCSS: false,
  noSwap: ["204", "304", "4xx", "5xx"],
});
