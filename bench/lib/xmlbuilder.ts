import { ELEMENTS, type ElementName } from "../../src/lheo/index.ts";

/**
 * A value of the language in the shape that xmlbuilder2 takes: attributes by `@name`, children in the order in
 * which they must be written. A product made on xmlbuilder2 would map to this shape directly, so the time of this
 * conversion is left out of its measure.
 */
export function toXmlBuilder(name: ElementName, value: unknown): unknown {
  if (typeof value !== "object" || value === null) return value;
  const fields = value as Record<string, unknown>;
  const made: Record<string, unknown> = {};
  for (const [key, attribute] of Object.entries((fields["@"] as object | undefined) ?? {})) {
    made[`@${key}`] = attribute;
  }
  if ("#" in fields) return { ...made, "#": fields["#"] };
  if (name === "extras")
    return Object.assign(made, extrasOf(fields["*"] as readonly (readonly [string, unknown])[]));
  for (const { name: child } of ELEMENTS[name].children) {
    const content = fields[child];
    if (content === undefined) continue;
    made[child] = Array.isArray(content)
      ? content.map((one) => toXmlBuilder(child, one))
      : toXmlBuilder(child, content);
  }
  return made;
}

/** Extras hold their children as pairs; xmlbuilder2 groups them by name, which the schema allows. */
function extrasOf(pairs: readonly (readonly [string, unknown])[]): Record<string, unknown[]> {
  const grouped: Record<string, unknown[]> = {};
  for (const [name, value] of pairs) {
    grouped[name] ??= [];
    grouped[name].push(toXmlBuilder(name as ElementName, value));
  }
  return grouped;
}

/** The callback builder of xmlbuilder2, as far as it is used here. */
export interface Walker {
  ele(name: string, attributes?: Record<string, string>): Walker;
  txt(text: string): Walker;
  up(): Walker;
}

/** Writes an element by calls, depth first: how the streaming builder is meant to be used. */
export function walk(walker: Walker, name: string, value: unknown): void {
  if (Array.isArray(value)) {
    for (const one of value) walk(walker, name, one);
    return;
  }
  if (typeof value !== "object" || value === null) {
    walker.ele(name).txt(String(value)).up();
    return;
  }
  const attributes: Record<string, string> = {};
  const children: [string, unknown][] = [];
  let text: string | undefined;
  for (const [key, content] of Object.entries(value)) {
    if (key === "#") text = String(content);
    else if (key.startsWith("@")) attributes[key.slice(1)] = String(content);
    else children.push([key, content]);
  }
  walker.ele(name, attributes);
  if (text !== undefined) walker.txt(text);
  for (const [child, content] of children) walk(walker, child, content);
  walker.up();
}
