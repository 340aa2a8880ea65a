import { readFileSync, writeFileSync } from "node:fs";
import { configTable } from "../src/config/index.ts";

/**
 * Writes into the documentation what the code knows better: `npm run docs`. With `--check`, writes nothing and
 * fails when something is out of date.
 */
const file = new URL("../README.md", import.meta.url);
const text = readFileSync(file, "utf8");
const written = text.replace(
  /(<!-- config:begin[^>]*-->\n)[\s\S]*?(<!-- config:end -->)/,
  (_, begin: string, end: string) => `${begin}${configTable()}\n${end}`,
);

if (written === text) process.stdout.write("README.md is up to date.\n");
else if (process.argv.includes("--check")) {
  process.stderr.write("README.md is out of date: run npm run docs.\n");
  process.exitCode = 1;
} else {
  writeFileSync(file, written);
  process.stdout.write("README.md written.\n");
}
