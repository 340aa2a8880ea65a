import { DICTS, type DictName, ELEMENTS, isElementName } from "../lheo/index.ts";
import type { XsdStep } from "./xsdProtocol.ts";

/** How an element is named to a human: its title in the language, and its name. */
export function champ(name: string): string {
  return isElementName(name) ? `« ${ELEMENTS[name].title} » (${name})` : `« ${name} »`;
}

/** The codes of a dictionary with their labels, on one line. */
export function codesPossibles(dict: DictName): string {
  return Object.entries(DICTS[dict])
    .map(([code, label]) => `${code} (${label.length > 50 ? `${label.slice(0, 50).trimEnd()}…` : label})`)
    .join(", ");
}

/** `action[2]/session[1]/periode/debut`: a rank where the language allows several, as in the paths of `Defaut`. */
export function pathOfSteps(steps: readonly XsdStep[]): string {
  return steps.map((step, i) => nameWithRank(steps[i - 1]?.name, step)).join("/");
}

function nameWithRank(parent: string | undefined, { name, rank }: XsdStep): string {
  const child =
    parent !== undefined && isElementName(parent)
      ? ELEMENTS[parent].children.find((candidate) => candidate.name === name)
      : undefined;
  const several = child !== undefined && child.max > 1;
  return several || rank > 1 ? `${name}[${rank}]` : name;
}

/** Plural of a count: `1 caractère`, `51 caractères`. */
export function caracteres(count: number | string): string {
  return `${count} caractère${Number(count) > 1 ? "s" : ""}`;
}
