import { SaxesParser } from "saxes";

/** Every text and attribute of a document by its path, with how many times it stands there. */
export type Values = ReadonlyMap<string, number>;

interface Open {
  readonly path: string;
  text: string;
}

/**
 * All that a document says, read by the bare XML reader and none of our code. A path is made of the names of
 * elements, with `@info` where there is one, so that two values are the same when a consumer would read them so;
 * texts are compared without the blanks around them and at the ends of their lines, and an empty one is no value.
 */
export function valuesOf(xml: string): Values {
  const values = new Map<string, number>();
  const count = (path: string, value: string): void => {
    const key = `${path} = ${value}`;
    values.set(key, (values.get(key) ?? 0) + 1);
  };
  const stack: Open[] = [];
  const parser = new SaxesParser({ xmlns: false });
  parser.on("opentag", ({ name, attributes }) => {
    const parent = stack.at(-1);
    const { info } = attributes;
    const step = info === undefined ? name : `${name}[${info}]`;
    const path = parent === undefined ? step : `${parent.path}/${step}`;
    for (const [attribute, value] of Object.entries(attributes)) {
      if (!attribute.startsWith("xmlns")) count(`${path}/@${attribute}`, value);
    }
    stack.push({ path, text: "" });
  });
  const text = (piece: string): void => {
    const open = stack.at(-1);
    if (open !== undefined) open.text += piece;
  };
  parser.on("text", text);
  parser.on("cdata", text);
  parser.on("closetag", () => {
    const open = stack.pop();
    if (open === undefined) return;
    const value = open.text.replace(/[ \t]+\n/g, "\n").trim();
    if (value !== "") count(open.path, value);
  });
  parser.write(xml).close();
  return values;
}

/** What the first document says and the second does not, or says fewer times. */
export function missingValues(original: Values, output: Values): string[] {
  return [...original]
    .filter(([value, times]) => (output.get(value) ?? 0) < times)
    .map(([value]) => value)
    .sort();
}
