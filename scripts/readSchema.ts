import { SaxesParser } from "saxes";

/** An element of an XML document, as little of it as the generator needs. */
export interface Node {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: Node[];
  text: string;
}

/** @throws Error on XML that is not well-formed. */
export function readXml(xml: string): Node {
  const document: Node = { name: "", attributes: {}, children: [], text: "" };
  const open = [document];
  const top = (): Node => open.at(-1) ?? document;
  const parser = new SaxesParser();
  parser.on("opentag", (tag) => {
    const node: Node = { name: tag.name, attributes: tag.attributes, children: [], text: "" };
    top().children.push(node);
    open.push(node);
  });
  parser.on("text", (text) => {
    top().text += text;
  });
  parser.on("closetag", () => open.pop());
  parser.write(xml).close();
  return only(document, document.children);
}

/** Every descendant of that name, document order. */
export function descendants(node: Node, name: string): Node[] {
  return node.children.flatMap((child) => [
    ...(child.name === name ? [child] : []),
    ...descendants(child, name),
  ]);
}

/** @throws Error when there is not exactly one. */
export function only<T>(where: Node, found: readonly T[]): T {
  const [first] = found;
  if (first === undefined || found.length !== 1) {
    throw new Error(`${where.name} ${where.attributes.name ?? ""}: one expected, ${found.length} found`);
  }
  return first;
}
