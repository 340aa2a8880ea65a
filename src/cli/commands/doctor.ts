import { showConfig } from "../../config/index.ts";
import { type Check, examine } from "../../doctor/index.ts";
import { readContext } from "../context.ts";
import { EXIT, print, printJson } from "../output.ts";

/** `offre-info doctor`: exit 1 when something is wrong. */
export async function doctor(options: { json?: true }): Promise<void> {
  const checks = await examine(readContext().config);
  const settings = showConfig(process.env);
  if (options.json === true) printJson({ controles: checks, reglages: settings });
  else {
    for (const check of checks) print(describe(check));
    print("\nRéglages :");
    for (const { cle, valeur } of settings) print(`  ${cle.padEnd(14)} ${valeur}`);
  }
  if (checks.some(({ ok }) => !ok)) process.exitCode = EXIT.negative;
}

function describe({ ok, what, seen, remedy }: Check): string {
  const line = `${ok ? "✓" : "✗"} ${what} : ${seen}`;
  return remedy === undefined ? line : `${line}\n    → ${remedy}`;
}
