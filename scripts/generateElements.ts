import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { type Declaration, readSchema, type Schema } from "./lheoSchema.ts";

/**
 * Writes the element table, the dictionaries and the types of `src/lheo/generated` from `xsd/lheo-2.3.xsd`.
 * `--check` writes nothing and exits 1 when a file differs from what the schema gives.
 */
const XSD = new URL("../xsd/lheo-2.3.xsd", import.meta.url);
const TARGET = new URL("../src/lheo/generated/", import.meta.url);
const HEADER = "// Generated from xsd/lheo-2.3.xsd by `npm run generate`. Do not edit.\n";

const quote = (text: string): string => JSON.stringify(text);
const key = (name: string): string => (/^\w+$/.test(name) && !/^\d/.test(name) ? name : quote(name));
const pascal = (name: string): string =>
  name
    .split("-")
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join("");

function elementsFile(schema: Schema): string {
  const common = commonAttributes(schema.elements);
  const line = (e: Declaration): string => {
    const own = e.attributes.filter((a) => !common.includes(a));
    const parts = [`kind: ${quote(e.kind)}`, `title: ${quote(e.title)}`];
    if (e.children !== undefined) parts.push(`children: ${JSON.stringify(e.children)}`);
    for (const name of ["dict", "pattern", "minLength", "maxLength", "minValue", "maxValue"] as const) {
      if (e[name] !== undefined) parts.push(`${name}: ${JSON.stringify(e[name])}`);
    }
    if (own.length > 0) parts.push(`attributes: ${JSON.stringify(own)}`);
    if (e.requiredAttributes.length > 0) parts.push(`required: ${JSON.stringify(e.requiredAttributes)}`);
    return `  ${key(e.name)}: { ${parts.join(", ")} },\n`;
  };
  return `${HEADER}
export const NAMESPACE = ${quote(schema.namespace)};
export const XSD_VERSION = ${quote(schema.version)};
export const COMMON_ATTRIBUTES = ${JSON.stringify(common)} as const;

/** Children are [name, least, most]; most null: no bound. */
export const DECLARATIONS = {
${schema.elements.map(line).join("")}} as const;
`;
}

/** What every element takes, in the order in which attributes are written. */
function commonAttributes(elements: readonly Declaration[]): string[] {
  const [first, ...others] = elements;
  return (first?.attributes ?? []).filter((a) => others.every((e) => e.attributes.includes(a)));
}

function dictsFile(schema: Schema): string {
  const dict = ({ name, title, labels }: Schema["dicts"][number]): string =>
    `  /** ${title}. */\n  ${quote(name)}: {\n${labels.map(([c, l]) => `    ${quote(c)}: ${quote(l)},\n`).join("")}  },\n`;
  return `${HEADER}\n/** Dictionary → code → French label. */\nexport const DICTS = {\n${schema.dicts.map(dict).join("")}} as const;\n`;
}

function typesFile(schema: Schema): string {
  const byName = new Map(schema.elements.map((e) => [e.name, e]));
  const typeOf = (name: string): string => {
    const e = byName.get(name);
    if (e?.kind === "key") return `Leaf<${pascal(e.dict ?? "")}>`;
    if (e?.kind === "any") return "Extra";
    if (e?.kind === "choice") return "Extras";
    return e?.kind === "sequence" ? pascal(name) : "Leaf";
  };
  const child = ([name, min, max]: readonly [string, number, number | null]): string => {
    const type = max === 1 ? typeOf(name) : `readonly ${typeOf(name)}[]`;
    return `  readonly ${key(name)}${min === 0 ? `?: ${type} | undefined` : `: ${type}`};\n`;
  };
  const sequences = schema.elements.filter((e) => e.kind === "sequence");
  const dicts = schema.dicts.map(
    (d) =>
      `/** ${d.title}. */\nexport type ${pascal(d.name)} = ${d.labels.map(([c]) => quote(c)).join(" | ")};\n`,
  );
  const interfaces = sequences.map(
    (e) =>
      `/** ${e.title}. */\nexport interface ${pascal(e.name)} {\n  readonly "@"?: Attributes | undefined;\n${(e.children ?? []).map(child).join("")}}\n`,
  );
  const values = schema.elements.map((e) => `  readonly ${key(e.name)}: ${typeOf(e.name)};\n`);
  return [
    HEADER,
    `import type { Attributes, Extra, Extras, Leaf } from "../values.ts";\n`,
    ...dicts,
    ...interfaces,
    `/** The type of the value of each element. */\nexport interface ElementValues {\n${values.join("")}}\n`,
  ].join("\n");
}

const schema = readSchema(readFileSync(XSD, "utf8"));
const files = {
  "elements.ts": elementsFile(schema),
  "dicts.ts": dictsFile(schema),
  "types.ts": typesFile(schema),
};

const check = process.argv.includes("--check");
const stale: string[] = [];
mkdirSync(TARGET, { recursive: true });
for (const [name, text] of Object.entries(files)) {
  const url = new URL(name, TARGET);
  if (!check) writeFileSync(url, text);
  else if (textOf(url) !== text) stale.push(fileURLToPath(url));
}
if (stale.length > 0) {
  process.stderr.write(`Not what xsd/lheo-2.3.xsd gives; run "npm run generate":\n  ${stale.join("\n  ")}\n`);
  process.exitCode = 1;
} else {
  process.stdout.write(
    `${schema.elements.length} elements, ${schema.dicts.length} dictionaries: ${check ? "up to date" : "written"}.\n`,
  );
}

function textOf(url: URL): string | undefined {
  try {
    return readFileSync(url, "utf8");
  } catch {
    return undefined;
  }
}
