import { type ChildSpec, ELEMENTS, type ElementSpec, isElementName } from "../lheo/index.ts";
import { champ } from "./champs.ts";
import type { Cause } from "./xsdCause.ts";
import type { XsdDefect } from "./xsdProtocol.ts";

/**
 * Why the children of an element are refused. libxml2 names the child at which it stopped and what could have stood
 * there; whether one is missing, one too many, out of order or unknown is read from the table of the language.
 *
 * @returns nothing when the parent is not an element of the language
 */
export function contenu(defect: XsdDefect): readonly Cause[] | undefined {
  const { steps, siblings, children, position } = defect;
  const name = steps.at(-1)?.name ?? "";
  if (/: Missing child element/.test(defect.message)) {
    const spec = specOf(name);
    return spec && manquants(spec, children, "");
  }
  const spec = specOf(steps.at(-2)?.name);
  if (spec === undefined) return undefined;
  const rank = indexOf(spec, name);
  const child = spec.children[rank];
  if (child === undefined) return [{ code: "xsd-element-inconnu", value: name, champ: champ(spec.name) }];
  const before = siblings.slice(0, position + 1).filter((sibling) => sibling === name).length;
  if (before > child.max) return [enTrop(child, siblings)];
  const absent = manquants(spec, siblings, name);
  return absent.length > 0
    ? absent.map((cause) => ({ ...cause, parent: true }))
    : [malPlace(spec, defect, rank)];
}

const specOf = (name: string | undefined): ElementSpec | undefined =>
  name !== undefined && isElementName(name) ? ELEMENTS[name] : undefined;

const indexOf = (spec: ElementSpec, name: string): number =>
  spec.children.findIndex((child) => child.name === name);

/** The children that the language requires and that stand nowhere. */
function manquants(spec: ElementSpec, children: readonly string[], found: string): Cause[] {
  const stop = found === "" ? spec.children.length : indexOf(spec, found);
  const missing = spec.children.filter(({ name, min }) => min > 0 && !children.includes(name));
  const blamed = spec.children.slice(0, stop).some((child) => missing.includes(child));
  return !blamed
    ? []
    : missing.map(({ name }) => ({
        code: "xsd-element-manquant",
        value: "",
        attendu: champ(name),
        champ: champ(spec.name),
        at: name,
      }));
}

function enTrop({ name, max }: ChildSpec, siblings: readonly string[]): Cause {
  const count = siblings.filter((sibling) => sibling === name).length;
  return { code: "xsd-trop-d-elements", value: String(count), attendu: String(max), champ: champ(name) };
}

function malPlace(spec: ElementSpec, { siblings, position }: XsdDefect, rank: number): Cause {
  const name = siblings[position] ?? "";
  const later = siblings.slice(0, position).find((sibling) => indexOf(spec, sibling) > rank);
  const earlier = spec.children
    .slice(0, rank)
    .find((child) => child.min > 0 && !siblings.slice(0, position).includes(child.name));
  const attendu =
    later !== undefined
      ? `cet élément avant ${champ(later)}`
      : earlier !== undefined
        ? `${champ(earlier.name)} avant lui`
        : "un autre ordre";
  return { code: "xsd-element-mal-place", value: name, attendu, champ: champ(spec.name) };
}
