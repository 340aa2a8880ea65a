import { fileURLToPath } from "node:url";
import { runContender } from "./lib/process.ts";
import { say, table } from "./lib/table.ts";

/** Which way of calling xmlbuilder2 is the fastest: `publication` takes that one as its peer. */
const MANNERS = ["create", "create-ele", "fragment", "convert", "createCB", "fragmentCB", "offre-info"];

export async function bench(): Promise<void> {
  say("Sérialisation de formations de démonstration, une par une, chaque façon dans son processus.\n");
  const lines: string[][] = [];
  for (const manner of MANNERS) {
    const { octets, secondes } = await runContender("api", [manner]);
    lines.push([manner, `${(octets / 1e6 / secondes).toFixed(2)} M car/s`]);
  }
  table(["façon", "débit"], lines);
  say(`\nVoir ${fileURLToPath(new URL("contenders/api.ts", import.meta.url))}`);
}
