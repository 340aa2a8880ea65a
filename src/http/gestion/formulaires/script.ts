import { readFileSync } from "node:fs";
import { versioned } from "../../direct/script.ts";

/** What makes forms better while one types. */
export const SCRIPT = readFileSync(new URL("./formulaire.js", import.meta.url), "utf8");

export const SCRIPT_URL = versioned("/gestion/formulaire.js", SCRIPT);
