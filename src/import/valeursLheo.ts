/** A text or an attribute, and the elements that lead to it, without ranks: `action/session/@numero`. */
export interface Valeur {
  readonly path: string;
  readonly value: string;
}

type Champs = Readonly<Record<string, unknown>>;

const isChamps = (value: unknown): value is Champs =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/**
 * Every value of an LHEO element, blanks apart. Extensions have their `@info` in the path, so that the same words under another
 * name are another value.
 */
export function valuesOf(value: object): Valeur[] {
  const values: Valeur[] = [];
  walk("", value, values);
  return values;
}

function walk(path: string, value: unknown, values: Valeur[]): void {
  if (typeof value === "string") {
    if (value.trim() !== "") values.push({ path, value });
    return;
  }
  if (!isChamps(value)) return;
  const attributes = isChamps(value["@"]) ? value["@"] : {};
  const { info } = attributes;
  const named = path !== "" && typeof info === "string";
  const here = named ? `${path}[@info="${info}"]` : path;
  for (const [name, attribute] of Object.entries(attributes)) {
    if (typeof attribute === "string" && !(named && name === "info"))
      values.push({ path: sous(here, `@${name}`), value: attribute });
  }
  for (const [name, child] of Object.entries(value)) {
    if (name === "@") continue;
    if (name === "#" || name === "<>") walk(here, child, values);
    else if (name === "*") walkExtensions(here, child, values);
    else if (Array.isArray(child)) for (const item of child) walk(sous(here, name), item, values);
    else walk(sous(here, name), child, values);
  }
}

function walkExtensions(path: string, entries: unknown, values: Valeur[]): void {
  for (const entry of Array.isArray(entries) ? entries : []) {
    if (!Array.isArray(entry)) continue;
    const [name, value]: unknown[] = entry;
    if (typeof name === "string") walk(sous(path, name), value, values);
  }
}

const sous = (path: string, name: string): string => (path === "" ? name : `${path}/${name}`);
const keyOf = ({ path, value }: Valeur): string => `${path}\n${value}`;

/** The values of the first that the second has not, or has fewer times. */
export function missingFrom(original: readonly Valeur[], output: readonly Valeur[]): Valeur[] {
  const counts = new Map<string, number>();
  for (const valeur of output) counts.set(keyOf(valeur), (counts.get(keyOf(valeur)) ?? 0) + 1);
  return original.filter((valeur) => {
    const left = counts.get(keyOf(valeur)) ?? 0;
    counts.set(keyOf(valeur), left - 1);
    return left <= 0;
  });
}
