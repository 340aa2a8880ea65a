import { create } from "xmlbuilder2";
import type { XMLBuilder } from "xmlbuilder2/lib/interfaces.js";
import { ELEMENTS, type ElementName, type ElementValues } from "../../src/lheo/index.ts";

/**
 * The same element by xmlbuilder2, which checks that it is well-formed. It knows nothing of our serialiser; the two
 * habits of ours that it cannot have (a space before a line break, attributes in order) are given to it.
 */
export function builderXml<N extends ElementName>(name: N, value: ElementValues[N]): string {
  const root = create();
  const raws: string[] = [];
  build(root, name, value, raws);
  const xml = root.end({ headless: true, wellFormed: true, allowEmptyTags: true });
  return xml.replace(/@@(\d+)@@/g, (_mark, i: string) => raws[Number(i)] ?? "");
}

function build(parent: XMLBuilder, name: ElementName, value: unknown, raws: string[]): void {
  const spec = ELEMENTS[name];
  const node = parent.ele(name);
  if (typeof value === "string") {
    text(node, value);
    return;
  }
  const fields = value as Readonly<Record<string, unknown>>;
  const attributes = (fields["@"] ?? {}) as Readonly<Record<string, string>>;
  for (const attribute of spec.attributes) {
    if (attributes[attribute] !== undefined) node.att(attribute, attributes[attribute]);
  }
  if (spec.kind === "choice") {
    for (const [child, item] of fields["*"] as readonly [ElementName, unknown][])
      build(node, child, item, raws);
  } else if (spec.kind === "sequence") {
    for (const child of spec.children) {
      const item = fields[child.name];
      for (const one of Array.isArray(item) ? item : item === undefined ? [] : [item])
        build(node, child.name, one, raws);
    }
  } else if ("<>" in fields) {
    // xmlbuilder2 has no raw XML: a mark is put, and what it stands for afterwards.
    node.txt(`@@${raws.push(String(fields["<>"])) - 1}@@`);
  } else {
    text(node, String(fields["#"]));
  }
}

function text(node: XMLBuilder, value: string): void {
  if (value !== "") node.txt(value.replaceAll(/(?<![ \t])\n/g, " \n"));
}
