import { NAMESPACE } from "./generated/elements.ts";

export type LheoVersion = "2.3" | "2.2" | "inconnue";

export const NAMESPACES = { "2.3": NAMESPACE, "2.2": "http://www.lheo.org/2.2" } as const;

export function versionOf(namespace: string): LheoVersion {
  if (namespace === NAMESPACES["2.3"]) return "2.3";
  return namespace === NAMESPACES["2.2"] ? "2.2" : "inconnue";
}

/** Prefix → namespace; the default one under `""`. */
export type Bindings = Readonly<Record<string, string>>;

/**
 * The declarations that a piece of XML needs to mean the same elsewhere: those of its surroundings whose prefix it
 * mentions and does not declare itself. A mention is looked for in the text, for a prefix may stand in a value too
 * (`xsi:type="xs:date"`); one too many does no harm.
 */
export function missingDeclarations(xml: string, around: Bindings, own: Bindings): string {
  let out = "";
  for (const [prefix, uri] of Object.entries(around)) {
    if (prefix === "" || prefix === "xml" || prefix === "xmlns" || Object.hasOwn(own, prefix)) continue;
    if (xml.includes(`${prefix}:`)) out += ` xmlns:${prefix}="${quoted(uri)}"`;
  }
  return out;
}

export function defaultDeclaration(uri: string): string {
  return ` xmlns="${quoted(uri)}"`;
}

const quoted = (uri: string): string =>
  uri.replaceAll("&", "&amp;").replaceAll('"', "&quot;").replaceAll("<", "&lt;");
