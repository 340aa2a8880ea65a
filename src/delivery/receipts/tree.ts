import { XMLParser, XMLValidator } from "fast-xml-parser";
import type { Remarques } from "./remarques.ts";

/** A value of a JSON or XML document and where it hangs. */
export interface Node {
  readonly value: unknown;
  readonly parent: Node | undefined;
}

const MARKUP = new XMLParser({
  ignoreAttributes: false,
  attributeNamePrefix: "@",
  removeNSPrefix: true,
  parseTagValue: false,
  parseAttributeValue: false,
  htmlEntities: true,
});

/** The root of an XML document: an object whose only key is the root element. No DTD, so no entity of its own. */
export function xmlRoot(text: string, remarques: Remarques): Node | undefined {
  const dtd = /<!(DOCTYPE|ENTITY)/i.exec(text);
  if (dtd !== null) {
    remarques.cut(
      lineAt(text, dtd.index),
      "Le fichier contient une DTD ou une entité, ce qui n'est jamais lu : demandez au destinataire un XML sans DOCTYPE.",
    );
    return undefined;
  }
  try {
    const valid = XMLValidator.validate(text);
    if (valid !== true) {
      remarques.cut(
        `ligne ${valid.err.line}`,
        "Le fichier n'est pas du XML bien formé (coupé en route, ou balise mal fermée) : redemandez-le.",
      );
      return undefined;
    }
    return { value: MARKUP.parse(text), parent: undefined };
  } catch {
    // Names that would touch prototypes, and nesting without end.
    remarques.cut("racine", "Ce XML n'a pas une forme que l'on accepte de lire : redemandez le fichier.");
    return undefined;
  }
}

export function jsonRoot(text: string, remarques: Remarques): Node | undefined {
  try {
    return { value: JSON.parse(text), parent: undefined };
  } catch (error) {
    const at = /position (\d+)/.exec(error instanceof Error ? error.message : "")?.[1];
    remarques.cut(
      at === undefined ? "début" : lineAt(text, Number(at)),
      "Le fichier n'est pas du JSON complet (coupé en route, ou virgule de trop) : redemandez-le.",
    );
    return undefined;
  }
}

function lineAt(text: string, index: number): string {
  return `ligne ${text.slice(0, index).split("\n").length}`;
}

/** All nodes at a path, in order: `a/b/@c`, `..` goes up, `*` is any child, a leading `/` starts from the root. */
export function* nodesAt(from: Node, path: string): Generator<Node> {
  yield* walk(path.startsWith("/") ? rootOf(from) : from, path.split("/").filter(Boolean));
}

function* walk(node: Node, steps: readonly string[]): Generator<Node> {
  const [step, ...rest] = steps;
  if (Array.isArray(node.value)) {
    // A list right inside a list is nothing that we know: not followed, it could nest without end.
    for (const value of node.value)
      if (!Array.isArray(value)) yield* walk({ value, parent: node.parent }, steps);
  } else if (step === undefined) yield node;
  else if (step === "." || step === "..") {
    const next = step === "." ? node : node.parent;
    if (next !== undefined) yield* walk(next, rest);
  } else if (typeof node.value === "object" && node.value !== null) {
    const entries = step === "*" ? Object.entries(node.value) : own(node.value, step);
    for (const [, value] of entries) yield* walk({ value, parent: node }, rest);
  }
}

function own(value: object, name: string): [string, unknown][] {
  return Object.hasOwn(value, name) ? [[name, (value as Record<string, unknown>)[name]]] : [];
}

function rootOf(node: Node): Node {
  return node.parent === undefined ? node : rootOf(node.parent);
}

/** The first text at a path; an element with attributes gives what is between its tags. */
export function textAt(from: Node, path: string): string | undefined {
  for (const { value } of nodesAt(from, path)) {
    if (typeof value === "string") return value;
    if (typeof value === "number" || typeof value === "boolean") return String(value);
    const inner = typeof value === "object" && value !== null ? own(value, "#text")[0]?.[1] : undefined;
    if (typeof inner === "string") return inner;
  }
  return undefined;
}
