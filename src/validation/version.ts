import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { CATALOGUE, ruleOf } from "../notices/index.ts";

/**
 * The set of rules, kept with each snapshot: a hash of the code of the rules and of what each notice blocks, so that
 * no change of either can be forgotten.
 */
export const RULES_VERSION = `regles-${digest()}`;

function digest(): string {
  const folder = new URL("./rules/", import.meta.url);
  const hash = createHash("sha256");
  for (const file of readdirSync(folder).sort()) {
    hash.update(file).update(readFileSync(new URL(file, folder), "utf8").replaceAll("\r\n", "\n"));
  }
  for (const code of Object.keys(CATALOGUE).sort() as (keyof typeof CATALOGUE)[]) {
    const { severity, bloquantPour = [] } = ruleOf(code);
    hash.update(`${code} ${severity} ${bloquantPour.join(",")}\n`);
  }
  return hash.digest("hex").slice(0, 12);
}
