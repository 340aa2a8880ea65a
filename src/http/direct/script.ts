import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

const HTMX = createRequire(import.meta.url).resolve("htmx.org/dist/htmx.min.js");
const OURS = new URL("./navigateur.js", import.meta.url);

/** What keeps pages up to date in a browser: htmx, and what is ours. */
export const SCRIPT = [HTMX, OURS].map((file) => readFileSync(file, "utf8")).join("\n");

const version = createHash("sha256").update(SCRIPT).digest("hex").slice(0, 12);

/** Of these very bytes: kept by browsers for good. */
export const SCRIPT_URL = `/direct.js?v=${version}`;

/** Nothing of the address bar, of styles nor of faults is changed behind the reader's back. */
export const HTMX_CONFIG = JSON.stringify({
  history: false,
  includeIndicatorCSS: false,
  noSwap: ["204", "304", "4xx", "5xx"],
});
