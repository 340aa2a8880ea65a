import { DICTS, ELEMENTS, type ElementSpec, isElementName } from "../../lheo/index.ts";
import { type Lignes, XPATHS_ACTION, XPATHS_MODALITES, XPATHS_SESSION } from "../verification/xpaths.ts";
import type { Choix } from "./definition.ts";

/**
 * Limits and lists of the forms: read from the schema of the language at the place where each field is written, never typed by
 * hand (S59).
 */
const PLACES: ReadonlyMap<string, string> = new Map(
  [XPATHS_ACTION, XPATHS_MODALITES, XPATHS_SESSION].flatMap((lignes: Lignes, rang) =>
    lignes.map(
      ([champ, xpath]) => [keyOf(["action", "modalites", "session"][rang] ?? "", champ), xpath] as const,
    ),
  ),
);

type Genre = "action" | "modalites" | "session";

function keyOf(genre: string, champ: string): string {
  return `${genre}:${champ.replace(/\[\]$/, "")}`;
}

/** The steps of the place of a field, without ranks; none when the language has no element for it. */
function stepsOf(genre: Genre, champ: string): readonly string[] {
  const xpath = PLACES.get(keyOf(genre, champ));
  return xpath === undefined ? [] : xpath.split("/").map((step) => step.replace(/\[\]$/, ""));
}

function specOf(genre: Genre, champ: string): ElementSpec | undefined {
  const last = stepsOf(genre, champ).at(-1) ?? "";
  return isElementName(last) ? ELEMENTS[last] : undefined;
}

/** Most characters of a text; undefined when the language sets no bound. */
export function limiteDe(genre: Genre, champ: string): number | undefined {
  return specOf(genre, champ)?.maxLength;
}

/** Bounds of a whole number. */
export function bornesDe(genre: Genre, champ: string): { readonly min: number; readonly max: number } {
  const { minValue = 0, maxValue = 99_999 } = specOf(genre, champ) ?? {};
  return { min: minValue, max: maxValue };
}

/** How many the language has room for: the tightest bound on the way to it. */
export function maximumDe(genre: Genre, champ: string): number {
  const steps = stepsOf(genre, champ);
  const bounds = steps.map((step, at) => {
    const parent = steps[at - 1] ?? ROOTS[genre];
    const spec = isElementName(parent) ? ELEMENTS[parent] : undefined;
    return spec?.children.find(({ name }) => name === step)?.max ?? Number.POSITIVE_INFINITY;
  });
  const many = bounds.filter((bound) => bound !== 1);
  return Math.min(...many, ILLIMITE);
}

const ROOTS: Readonly<Record<Genre, string>> = {
  action: "formation",
  modalites: "formation",
  session: "formation",
};
/** Where the language sets no bound, the pages do. */
const ILLIMITE = 20;

/** The keys of the dictionary of a field, with their labels. */
export function choixDe(genre: Genre, champ: string, sauf: readonly string[] = []): readonly Choix[] {
  const dict = specOf(genre, champ)?.dict;
  if (dict === undefined) throw new Error(`${champ} has no dictionary`);
  return Object.entries<string>(DICTS[dict])
    .filter(([valeur]) => !sauf.includes(valeur))
    .map(([valeur, texte]) => ({ valeur, texte: texte.charAt(0).toUpperCase() + texte.slice(1) }));
}
