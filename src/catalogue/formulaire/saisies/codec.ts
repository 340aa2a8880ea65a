import type { Defaut } from "../../../lheo/index.ts";

/** Texts of the inputs of one field, by what their names have after the field's own: `""` for most. */
export type Textes = ReadonlyMap<string, readonly string[]>;

/** What was read of a field. */
export type Lu =
  | {
      /** Undefined: the field was left, or made, blank. */
      readonly valeur: unknown;
      /** What was put right in it. */
      readonly defauts?: readonly Defaut[];
    }
  /** French: what was seen and what is allowed. Nothing is stored. */
  | { readonly erreur: string };

/** Between the value of a record and what a person sees and types. */
export interface Codec {
  /** All the inputs of the field; one that is blank has an empty text. */
  format(valeur: unknown): Textes;
  /**
   * @param avant what stands in the record: what the inputs do not show of it is taken from there
   */
  parse(textes: Textes, avant: unknown): Lu;
}

/** A codec of one input with one text. */
export function simple(
  write: (valeur: unknown) => string,
  read: (texte: string, avant: unknown) => Lu,
): Codec {
  return {
    format: (valeur) => new Map([["", [valeur === undefined || valeur === null ? "" : write(valeur)]]]),
    parse: (textes, avant) => {
      const texte = (textes.get("")?.findLast((one) => one !== "") ?? "").trim();
      return texte === "" ? BLANC : read(texte, avant);
    },
  };
}

export const BLANC: Lu = { valeur: undefined };

/** Texts as they are compared: line breaks of any browser, blank ones left out. */
export function normal(textes: readonly string[]): readonly string[] {
  return textes.map((texte) => texte.replaceAll(/\r\n?/g, "\n").trim()).filter((texte) => texte !== "");
}

export const asList = (valeur: unknown): readonly unknown[] => (Array.isArray(valeur) ? valeur : []);

/** A field of something that may not be an object. */
export function fieldOf(valeur: unknown, nom: string): unknown {
  return typeof valeur === "object" && valeur !== null ? Reflect.get(valeur, nom) : undefined;
}

export const textOf = (valeur: unknown): string =>
  typeof valeur === "string" ? valeur : typeof valeur === "number" ? String(valeur) : "";
