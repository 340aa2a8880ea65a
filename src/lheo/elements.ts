import type { DICTS } from "./generated/dicts.ts";
import { COMMON_ATTRIBUTES, DECLARATIONS } from "./generated/elements.ts";

export type ElementName = keyof typeof DECLARATIONS;
export type DictName = keyof typeof DICTS;
export type Kind = "sequence" | "choice" | "any" | "text" | "key" | "int" | "date";

export interface ChildSpec {
  readonly name: ElementName;
  readonly min: number;
  /** `Infinity` when there is no bound. A child with `max` 1 is a single value, any other an array. */
  readonly max: number;
}

/** What the schema says of an element. Lengths are in characters (code points), spaces included. */
export interface ElementSpec {
  readonly name: ElementName;
  /** Its French title in the definition of the language. */
  readonly title: string;
  /** `sequence` and `choice` hold elements, `any` is `extra`, the others hold a text. */
  readonly kind: Kind;
  /** In the order in which they are written; empty for a leaf. */
  readonly children: readonly ChildSpec[];
  readonly dict?: DictName;
  readonly pattern?: string;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly minValue?: number;
  readonly maxValue?: number;
  /** All that it may carry, in the order in which they are written. */
  readonly attributes: readonly string[];
  readonly requiredAttributes: readonly string[];
}

interface Declaration {
  readonly title: string;
  readonly kind: Kind;
  readonly children?: readonly (readonly [ElementName, number, number | null])[];
  readonly dict?: DictName;
  readonly pattern?: string;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly minValue?: number;
  readonly maxValue?: number;
  readonly attributes?: readonly string[];
  readonly required?: readonly string[];
}

/** The whole language: each element by name, as `xsd/lheo-2.3.xsd` declares it. */
export const ELEMENTS: Readonly<Record<ElementName, ElementSpec>> = mapDeclarations(
  DECLARATIONS satisfies Record<ElementName, Declaration>,
);

function mapDeclarations(
  declarations: Readonly<Record<ElementName, Declaration>>,
): Record<ElementName, ElementSpec> {
  const specs = Object.entries(declarations).map(([name, { attributes, required, children, ...rest }]) => [
    name,
    {
      name,
      ...rest,
      children: (children ?? []).map(([child, min, max]) => ({
        name: child,
        min,
        max: max ?? Number.POSITIVE_INFINITY,
      })),
      attributes: [...COMMON_ATTRIBUTES, ...(attributes ?? [])],
      requiredAttributes: required ?? [],
    },
  ]);
  return Object.fromEntries(specs);
}

export function isElementName(name: string): name is ElementName {
  return Object.hasOwn(DECLARATIONS, name);
}
