import type { SaxesTagPlain } from "saxes";
import { strictParser } from "./xml.ts";

/** A `<formation>` cut at its actions: `before`, each `xml`, `after`, put end to end, are its very bytes. */
export interface CutFormation {
  readonly before: string;
  readonly actions: readonly CutAction[];
  readonly after: string;
}

export interface CutAction {
  /** Its own number; empty when it has none. */
  readonly numero: string;
  /** From its tag up to the next action, or to its end for the last one. */
  readonly xml: string;
}

/**
 * Cuts the text of one formation at its actions. What is inside them, or an `action` that stands elsewhere, is not
 * touched.
 *
 * @throws LheoError on XML that is not well-formed.
 */
export function cutFormation(xml: string): CutFormation {
  const parser = strictParser({ xmlns: false });
  const found: { readonly numero: string; readonly start: number }[] = [];
  let depth = 0;
  let end = 0;
  const isAction = (tag: SaxesTagPlain) => depth === 2 && localName(tag.name) === "action";
  parser.on("opentag", (tag) => {
    depth++;
    // `<` cannot stand inside a tag.
    if (isAction(tag))
      found.push({ numero: tag.attributes.numero ?? "", start: xml.lastIndexOf("<", parser.position - 1) });
  });
  parser.on("closetag", (tag) => {
    if (isAction(tag)) end = parser.position;
    depth--;
  });
  parser.write(xml).close();
  if (found.length === 0) return { before: xml, actions: [], after: "" };
  if (xml[end] === "\n") end++;
  return {
    before: xml.slice(0, found[0]?.start),
    actions: found.map(({ numero, start }, rank) => ({
      numero,
      xml: xml.slice(start, found[rank + 1]?.start ?? end),
    })),
    after: xml.slice(end),
  };
}

const localName = (name: string): string => name.slice(name.indexOf(":") + 1);
