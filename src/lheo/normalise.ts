import { ELEMENTS, type ElementName } from "./elements.ts";
import type { ElementValues } from "./generated/types.ts";
import { parse } from "./parse.ts";
import { normaliseText } from "./text.ts";
import type { AsRead, Extra } from "./values.ts";

/**
 * The one form among those that are written alike; it is the form that `parse` gives, so
 * `parse(name, serialise(name, value)).value` equals `normalise(name, value)`:
 *
 * - each text is `normaliseText` of itself;
 * - an absent child, an empty list, an absent attribute, an element without attribute have no key;
 * - a leaf without attribute is its text;
 * - raw XML of an `extra` has `\n` for line breaks, and is a text when it holds nothing else.
 *
 * @throws LheoError on raw XML that is not well-formed.
 */
export function normalise<N extends ElementName>(
  name: N,
  value: AsRead<ElementValues[N]>,
): AsRead<ElementValues[N]> {
  return element(name, value) as AsRead<ElementValues[N]>;
}

function element(name: ElementName, value: unknown): unknown {
  if (typeof value === "string") return normaliseText(value);
  const fields = value as Readonly<Record<string, unknown>>;
  const attributes = present(fields["@"] as Readonly<Record<string, unknown>> | undefined);
  const own = attributes === undefined ? {} : { "@": attributes };
  const spec = ELEMENTS[name];
  if (spec.kind === "choice") {
    const list = fields["*"] as readonly (readonly [ElementName, unknown])[];
    return { ...own, "*": list.map(([child, item]) => [child, element(child, item)]) };
  }
  if (spec.kind === "sequence") {
    const children = spec.children.map(
      (child) => [child.name, childValue(child.name, fields[child.name])] as const,
    );
    return { ...own, ...present(Object.fromEntries(children)) };
  }
  const content = "<>" in fields ? rawContent(String(fields["<>"])) : normaliseText(String(fields["#"]));
  if (typeof content !== "string") return { ...own, ...content };
  return attributes === undefined ? content : { ...own, "#": content };
}

function childValue(name: ElementName, value: unknown): unknown {
  if (!Array.isArray(value)) return value === undefined ? undefined : element(name, value);
  return value.length === 0 ? undefined : value.map((item: unknown) => element(name, item));
}

/** Whether it is more than a text is for the reader to say. */
function rawContent(raw: string): Extra {
  return parse("extra", `<extra>${raw}</extra>`).value;
}

function present(fields: Readonly<Record<string, unknown>> | undefined): Record<string, unknown> | undefined {
  const entries = Object.entries(fields ?? {}).filter(([, value]) => value !== undefined);
  return entries.length === 0 ? undefined : Object.fromEntries(entries);
}
