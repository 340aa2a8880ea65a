import { readdirSync } from "node:fs";
import { say } from "./lib/table.ts";

/** `npm run bench [name] [-- options]`: one file of this folder a bench, each with its peers in the same run. */
const names = readdirSync(import.meta.dirname)
  .filter((file) => file.endsWith(".ts") && file !== "run.ts")
  .map((file) => file.slice(0, -3));
const [name = "publication", ...options] = process.argv.slice(2);

if (names.includes(name)) {
  const { bench } = (await import(`./${name}.ts`)) as {
    bench: (options: readonly string[]) => Promise<void>;
  };
  await bench(options);
} else {
  say(`Banc inconnu : « ${name} ». Il y a : ${names.join(", ")}.`);
  process.exitCode = 2;
}
