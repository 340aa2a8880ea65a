import { userInfo } from "node:os";
import { createInterface } from "node:readline/promises";
import type { Acted } from "../delivery/index.ts";
import { EXIT, Failure, say } from "./output.ts";

/** Who is at this terminal, for the audit. */
export function acteur(): string {
  try {
    return `console:${userInfo().username}`;
  } catch {
    // An account without a name in the system: a container.
    return `console:uid-${process.getuid?.() ?? "inconnu"}`;
  }
}

/** Asks for a `oui`, on a terminal or from a pipe; anything else, or nothing, leaves things as they are. */
export async function agree(question: string, yes: boolean): Promise<boolean> {
  if (yes) return true;
  const input = createInterface({ input: process.stdin, output: process.stderr });
  try {
    const closed = new Promise<string>((resolve) => input.once("close", () => resolve("")));
    const answer = await Promise.race([input.question(`${question} (oui/non) `), closed]);
    if (/^o(ui)?$/i.test(answer.trim())) return true;
  } finally {
    input.close();
  }
  say("Rien n'a été fait.");
  process.exitCode = EXIT.negative;
  return false;
}

/** What an act did; refused, its reason ends the command. */
export function done<T>(acted: Acted<T>): T {
  if ("refused" in acted) throw new Failure(acted.refused, EXIT.negative);
  return acted.done;
}
