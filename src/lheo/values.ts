/** Attributes of an element, by name as written (`numero`, `ref`, `datemaj`...). */
export type Attributes = Readonly<Record<string, string>>;

/**
 * An element that holds a text: the text as written, or the text beside its attributes. `V` narrows the text to the
 * codes of a dictionary.
 */
export type Leaf<V extends string = string> = V | { readonly "@": Attributes; readonly "#": V };

/** A container of extensions: `extras` and `extra` in the order in which they stand. */
export interface Extras {
  readonly "@"?: Attributes | undefined;
  readonly "*": readonly Extension[];
}
export type Extension = readonly ["extras", Extras] | readonly ["extra", Extra];

/** An extension: a text, or any XML. */
export type Extra = Leaf | RawExtra;

/**
 * Inner XML kept as it was written. It stands on its own: each prefix it uses is declared in it, and names without
 * prefix are LHEO's unless it says otherwise.
 */
export interface RawExtra {
  readonly "@"?: Attributes | undefined;
  readonly "<>": string;
}

/**
 * A value as a document gives it: any child may be missing and a code may be none of its dictionary. What we build
 * has the exact type; what we read has this one.
 */
export type AsRead<T> = T extends string
  ? string
  : T extends { readonly "#": string }
    ? { readonly "@": Attributes; readonly "#": string }
    : T extends Extras | RawExtra
      ? T
      : T extends readonly (infer Item)[]
        ? readonly AsRead<Item>[]
        : T extends object
          ? { readonly [K in keyof T]?: K extends "@" ? Attributes | undefined : AsRead<T[K]> | undefined }
          : T;

/** The text of a leaf, whether it has attributes or not; undefined for an absent one. */
export function textOf(leaf: Leaf | undefined): string | undefined {
  return typeof leaf === "object" ? leaf["#"] : leaf;
}

/** One attribute of a value of any shape. */
export function attributeOf(
  value: string | { readonly "@"?: Attributes | undefined } | undefined,
  name: string,
): string | undefined {
  return typeof value === "object" ? value["@"]?.[name] : undefined;
}
