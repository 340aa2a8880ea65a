import { readFileSync, writeFileSync } from "node:fs";
import { RECORDS, type RecordKind } from "../src/published/contract/index.ts";
import { sourceFields } from "../src/published/index.ts";

/**
 * Writes the columns of the `source_*` views into docs/sync.md, from the schemas of the contract. `--check` writes
 * nothing and exits 1 when the page is not up to date.
 */

const PAGE = new URL("../docs/sync.md", import.meta.url);
const [START, END] = ["<!-- colonnes:debut -->", "<!-- colonnes:fin -->"];

const WORDS: Readonly<Record<string, string>> = {
  string: "text",
  boolean: "boolean",
  array: "jsonb or array",
  object: "jsonb",
  integer: "integer",
  number: "integer",
};

function table(): string {
  const rows = (Object.keys(RECORDS) as RecordKind[]).map((kind) => {
    const columns = sourceFields(kind).map(({ name, types, required }) => {
      const type = types.map((one) => WORDS[one] ?? one).join(" or ");
      return `\`${name}\`${required ? "\\*" : ""}${type === "text" ? "" : ` (${type})`}`;
    });
    return `| \`source_${kind}\` | ${columns.join(", ")} |`;
  });
  return ["| view | columns (text where nothing is said) |", "|---|---|", ...rows].join("\n");
}

const page = readFileSync(PAGE, "utf8");
const start = page.indexOf(START);
const end = page.indexOf(END);
if (start < 0 || end < start) throw new Error(`docs/sync.md must hold ${START} … ${END}`);
const expected = `${page.slice(0, start + START.length)}\n${table()}\n${page.slice(end)}`;

if (!process.argv.includes("--check")) writeFileSync(PAGE, expected);
else if (page !== expected) {
  process.stderr.write("docs/sync.md is not up to date: run npx tsx scripts/generateSyncDoc.ts\n");
  process.exitCode = 1;
}
