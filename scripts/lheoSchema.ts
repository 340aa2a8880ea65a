import { descendants, type Node, only, readXml } from "./readSchema.ts";

/** One element of the language as `xsd/lheo-2.3.xsd` declares it. */
export interface Declaration {
  readonly name: string;
  readonly title: string;
  readonly kind: "sequence" | "choice" | "any" | "text" | "key" | "int" | "date";
  /** Name, least, most (null: no bound), in order. */
  readonly children?: readonly (readonly [string, number, number | null])[];
  readonly dict?: string;
  readonly pattern?: string;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly minValue?: number;
  readonly maxValue?: number;
  readonly attributes: readonly string[];
  readonly requiredAttributes: readonly string[];
}

export interface Dictionary {
  readonly name: string;
  readonly title: string;
  readonly labels: readonly (readonly [code: string, label: string])[];
}

export interface Schema {
  readonly namespace: string;
  readonly version: string;
  readonly elements: readonly Declaration[];
  readonly dicts: readonly Dictionary[];
}

/**
 * Reads the constructs that the schema uses, and refuses the rest: a construct that would be overlooked would make
 * the table lie.
 *
 * @throws Error naming the declaration that is not understood.
 */
export function readSchema(xsd: string): Schema {
  const schema = readXml(xsd);
  const named = (kind: string) =>
    new Map(schema.children.filter((n) => n.name === kind).map((n) => [attribute(n, "name"), n]));
  const simpleTypes = named("xs:simpleType");
  const complexTypes = named("xs:complexType");
  const groups = named("xs:attributeGroup");
  const find = (map: ReadonlyMap<string, Node>, name: string): Node => {
    const node = map.get(name);
    if (node === undefined) throw new Error(`type or group ${name}: not declared`);
    return node;
  };

  function attributesOf(node: Node): { name: string; required: boolean }[] {
    return node.children.flatMap((child) => {
      if (child.name === "xs:attributeGroup") return attributesOf(find(groups, attribute(child, "ref")));
      if (child.name !== "xs:attribute") return [];
      return [{ name: attribute(child, "name"), required: child.attributes.use === "required" }];
    });
  }

  function contentOf(type: Node): Omit<Declaration, "name" | "title" | "attributes" | "requiredAttributes"> {
    if (descendants(type, "xs:any").length > 0) return { kind: "any" };
    const model = only(
      type,
      type.children.filter((n) => !n.name.startsWith("xs:attribute")),
    );
    if (model.name === "xs:sequence" || model.name === "xs:choice") {
      const bounds = model.name === "xs:choice" ? model.attributes : undefined;
      const children = model.children.map((n) => childOf(n, bounds ?? n.attributes));
      return { kind: model.name === "xs:choice" ? "choice" : "sequence", children };
    }
    const extension = only(type, descendants(type, "xs:extension"));
    const base = attribute(extension, "base");
    return restrictionOf(base, only(type, descendants(find(simpleTypes, base), "xs:restriction")));
  }

  function declarationOf(element: Node): Declaration {
    const typeName = element.attributes.type;
    const type =
      typeName === undefined
        ? only(
            element,
            element.children.filter((n) => n.name === "xs:complexType"),
          )
        : find(complexTypes, typeName);
    const holder = descendants(type, "xs:extension")[0] ?? type;
    const attributes = attributesOf(holder);
    return {
      name: attribute(element, "name"),
      title: documentation(element),
      ...contentOf(type),
      attributes: attributes.map((a) => a.name),
      requiredAttributes: attributes.filter((a) => a.required).map((a) => a.name),
    };
  }

  return {
    namespace: attribute(schema, "targetNamespace"),
    version: attribute(schema, "version"),
    elements: schema.children.filter((n) => n.name === "xs:element").map(declarationOf),
    dicts: [...simpleTypes.values()]
      .filter((n) => attribute(n, "name").startsWith("dict-"))
      .map(dictionaryOf),
  };
}

function childOf(node: Node, bounds: Node["attributes"]): [string, number, number | null] {
  if (node.name !== "xs:element") throw new Error(`${node.name} in a content model: not understood`);
  const max = bounds.maxOccurs ?? "1";
  return [attribute(node, "ref"), Number(bounds.minOccurs ?? 1), max === "unbounded" ? null : Number(max)];
}

function restrictionOf(
  type: string,
  restriction: Node,
): Omit<Declaration, "name" | "title" | "attributes" | "requiredAttributes"> {
  if (type.startsWith("dict-")) return { kind: "key", dict: type };
  const facets = restriction.children;
  const facet = (name: string): number | undefined => {
    const value = facets.find((n) => n.name === `xs:${name}`)?.attributes.value;
    return value === undefined ? undefined : Number(value);
  };
  if (attribute(restriction, "base") === "xs:integer") {
    return { kind: "int", minValue: facet("minInclusive") ?? 0, maxValue: facet("maxInclusive") ?? 0 };
  }
  if (facets.every((n) => n.name === "xs:pattern")) {
    return { kind: "date", pattern: `^(?:${facets.map((n) => attribute(n, "value")).join("|")})$` };
  }
  const length = facet("length");
  const maxLength = length ?? facet("maxLength");
  if (maxLength === undefined) throw new Error(`type ${type}: no length`);
  return { kind: "text", minLength: length ?? facet("minLength") ?? 0, maxLength };
}

function dictionaryOf(type: Node): Dictionary {
  const codes = descendants(type, "xs:enumeration");
  return {
    name: attribute(type, "name"),
    title: documentation(type),
    labels: codes.map((n) => [attribute(n, "value"), documentation(n)]),
  };
}

function documentation(node: Node): string {
  const annotation = only(
    node,
    node.children.filter((n) => n.name === "xs:annotation"),
  );
  return only(node, annotation.children).text;
}

function attribute(node: Node, name: string): string {
  const value = node.attributes[name];
  if (value === undefined) throw new Error(`${node.name} without ${name}`);
  return value;
}
