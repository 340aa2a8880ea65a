import { type SaxesOptions, SaxesParser } from "saxes";
import { LheoError } from "./errors.ts";

/**
 * A parser that stops at the first fault and refuses a DTD: no entity of a document is ever expanded, and XML 1.1
 * is read by the rules of 1.0.
 */
export function strictParser<const O extends SaxesOptions>(options: O, firstLine = 1): SaxesParser<O> {
  const parser = new SaxesParser<O>({ ...options, defaultXMLVersion: "1.0", forceXMLVersion: true });
  const at = () => ({ line: parser.line + firstLine - 1, column: parser.column + 1 });
  parser.on("error", (error) => {
    const detail = error.message.replace(/^\d+:\d+: /, "").replace(/\.$/, "");
    const { line, column } = at();
    throw new LheoError(`XML mal formé, ligne ${line}, colonne ${column} : ${french(detail)}`, {
      line,
      column,
    });
  });
  parser.on("doctype", () => {
    throw new LheoError(`DOCTYPE refusé, ligne ${at().line} : un fichier LHEO n'en a pas`, at());
  });
  return parser;
}

/** The faults that are met in practice, in French; the others as the parser says them. */
function french(detail: string): string {
  const [, kind = "", name = ""] = /^([a-z ]+): "?(.+?)"?$/.exec(detail) ?? [];
  return NAMED[kind]?.(name) ?? FRENCH[detail] ?? detail;
}

const NAMED: Readonly<Record<string, (name: string) => string>> = {
  "unclosed tag": (name) => `l'élément ${name} n'est pas fermé`,
  "unmatched closing tag": (name) => `la balise </${name}> ne ferme aucun élément ouvert`,
  "unbound namespace prefix": (name) => `le préfixe ${name} n'est pas déclaré`,
  "duplicate attribute": (name) => `l'attribut ${name} est écrit deux fois`,
};

const FRENCH: Readonly<Record<string, string>> = {
  "unexpected close tag": "cette balise de fin ne ferme pas l'élément ouvert en dernier",
  "undefined entity": "entité inconnue (seules &amp; &lt; &gt; &apos; &quot; existent)",
  "disallowed character": "caractère interdit",
  "disallowed character in entity name": "« & » doit s'écrire &amp;",
  "disallowed character in tag name": "« < » doit s'écrire &lt;",
  "disallowed character in attribute name": "nom d'attribut illisible",
  "unquoted attribute value": "la valeur de l'attribut n'est pas entre guillemets",
  "text data outside of root node": "texte hors de l'élément racine",
  "documents may contain only one root": "un seul élément racine est permis",
  "document must contain a root element": "le document est vide",
};
