import { type AsRead, attributeOf, type Extras, type Leaf, textOf } from "../lheo/index.ts";
import type { CodeRef } from "../published/contract/index.ts";

/** A leaf as a document gives it, or none. */
export type Feuille = AsRead<Leaf> | undefined;

/** The texts of a repeated leaf; `undefined` when there is none, for the fields where none means not said. */
export function readTextes(leaves: readonly Feuille[] | undefined): string[] | undefined {
  return leaves?.map((leaf) => textOf(leaf) ?? "");
}

/** dict-boolean; anything but `0` and `1` is left to be kept as it stands. */
export function readBooleen(leaf: Feuille): boolean | undefined {
  const text = textOf(leaf);
  if (text === "1") return true;
  return text === "0" ? false : undefined;
}

/** A whole number written in the one way that we would write it; any other (`007`, `12,5`) is kept as it stands. */
export function readEntier(leaf: Feuille): number | undefined {
  const text = textOf(leaf);
  return text !== undefined && /^(0|[1-9]\d{0,14})$/.test(text) ? Number(text) : undefined;
}

/** Codes of a thesaurus, each with the version that it says; one that says none stays without. */
export function readCodesRef(leaves: readonly Feuille[] | undefined): CodeRef[] | undefined {
  return leaves?.map((leaf) => ({ code: textOf(leaf) ?? "", ref: attributeOf(leaf, "ref") ?? "" }));
}

/** Is it the one that the source shows first? */
export function isPrincipal(value: Parameters<typeof attributeOf>[0]): boolean {
  return attributeOf(value, "tag") === "principal";
}

/** The text of the first `extras[@info="…"]/extra[@info="…"]`. */
export function readExtra(
  list: readonly Extras[] | undefined,
  info: string,
  nom: string = info,
): string | undefined {
  for (const extras of list ?? []) {
    if (attributeOf(extras, "info") !== info) continue;
    for (const [kind, extra] of extras["*"]) {
      if (kind !== "extra" || attributeOf(extra, "info") !== nom) continue;
      if (typeof extra === "string" || "#" in extra) return textOf(extra);
    }
  }
  return undefined;
}

/** The record without its absent fields, as JSON keeps it. */
export function compact<T extends object>(record: T): T {
  return Object.fromEntries(
    Object.entries(record).filter(([, value]) => value !== undefined && value !== null),
  ) as T;
}
