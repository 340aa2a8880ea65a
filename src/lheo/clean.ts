import { cleanText, type Finding, htmlIn } from "./cleanText.ts";
import { type Defaut, type DefautKind, pathOf, type Step } from "./defaut.ts";
import { ELEMENTS, type ElementName, type ElementSpec } from "./elements.ts";
import type { ElementValues } from "./generated/types.ts";
import { isRaw } from "./raw.ts";
import { writtenLength } from "./text.ts";
import type { AsRead } from "./values.ts";

/**
 * Makes a value writable and says what is doubtful in it: `serialise` never throws on what comes back. Characters
 * that XML cannot carry are removed or replaced; HTML, lengths beyond the schema's and blank texts are kept and
 * reported; what the language has no place for is dropped and reported.
 *
 * It runs on every fragment of every feed, so a value without defect comes back as the same object, not a copy.
 */
export function clean<N extends ElementName>(
  name: N,
  value: AsRead<ElementValues[N]>,
): { readonly value: AsRead<ElementValues[N]>; readonly defauts: readonly Defaut[] } {
  const cleaner = new Cleaner();
  const spec = ELEMENTS[name];
  const empty = spec.kind === "sequence" ? {} : spec.kind === "choice" ? { "*": [] } : "";
  const cleaned = (cleaner.element(spec, value) ?? empty) as AsRead<ElementValues[N]>;
  return { value: cleaned, defauts: cleaner.defauts };
}

type Fields = Readonly<Record<string, unknown>>;

const isFields = (value: unknown): value is Fields =>
  typeof value === "object" && value !== null && !Array.isArray(value);

interface Child {
  readonly spec: ElementSpec;
  readonly many: boolean;
}

/** The children of each element by name, made ready once. */
const childrenBySpec = new Map<ElementSpec, ReadonlyMap<string, Child>>();

function childrenOf(spec: ElementSpec): ReadonlyMap<string, Child> {
  let children = childrenBySpec.get(spec);
  if (children === undefined) {
    children = new Map(
      spec.children.map(({ name, max }) => [name, { spec: ELEMENTS[name], many: max !== 1 }] as const),
    );
    childrenBySpec.set(spec, children);
  }
  return children;
}

/** One walk. The path is a stack of steps, turned to a text only for a defect. */
class Cleaner {
  readonly defauts: Defaut[] = [];
  readonly #steps: Step[] = [];

  element(spec: ElementSpec, value: unknown): unknown {
    switch (spec.kind) {
      case "sequence":
        return isFields(value) ? this.#sequence(spec, value) : this.#misshapen(value);
      case "choice":
        return isFields(value) && Array.isArray(value["*"])
          ? this.#extras(value, value["*"])
          : this.#misshapen(value);
      default:
        return this.#leaf(spec, value);
    }
  }

  #sequence(spec: ElementSpec, fields: Fields): Fields {
    const children = childrenOf(spec);
    let changed: Record<string, unknown> | undefined;
    for (const key in fields) {
      const value = fields[key];
      if (value === undefined) continue;
      const cleaned =
        key === "@" ? this.#attributes(spec, value) : this.#child(children.get(key), key, value);
      if (cleaned === value) continue;
      changed ??= { ...fields };
      changed[key] = cleaned;
    }
    return changed ?? fields;
  }

  #child(child: Child | undefined, key: string, value: unknown): unknown {
    if (child === undefined) return this.#unknown(key, value);
    const { spec, many } = child;
    const steps = this.#steps;
    steps.push(key);
    const cleaned = !many
      ? this.element(spec, value)
      : Array.isArray(value)
        ? this.#items(spec, value)
        : this.#misshapen(value);
    steps.pop();
    return cleaned;
  }

  #items(spec: ElementSpec, items: readonly unknown[]): readonly unknown[] {
    let changed: unknown[] | undefined;
    for (let i = 0; i < items.length; i++) {
      this.#steps.push(i + 1);
      const cleaned = this.element(spec, items[i]);
      this.#steps.pop();
      if (cleaned === items[i]) continue;
      changed ??= [...items];
      changed[i] = cleaned;
    }
    return changed?.filter((item) => item !== undefined) ?? items;
  }

  #extras(fields: Fields, list: readonly unknown[]): unknown {
    const attributes = fields["@"] === undefined ? undefined : this.#attributes(ELEMENTS.extras, fields["@"]);
    const counts = { extras: 0, extra: 0 };
    const cleaned = list.map((entry: unknown) => {
      const [name, value]: unknown[] = Array.isArray(entry) ? entry : [undefined, entry];
      if (name !== "extras" && name !== "extra") return this.#unknown(String(name), value);
      counts[name]++;
      this.#steps.push(name, counts[name]);
      const item = this.element(ELEMENTS[name], value);
      this.#steps.length -= 2;
      if (item === value) return entry;
      return item === undefined ? undefined : [name, item];
    });
    const others = Object.keys(fields).filter(
      (key) => key !== "@" && key !== "*" && fields[key] !== undefined,
    );
    for (const key of others) this.#unknown(key, fields[key]);
    const same =
      attributes === fields["@"] && others.length === 0 && cleaned.every((entry, i) => entry === list[i]);
    if (same) return fields;
    const kept = { "*": cleaned.filter((entry) => entry !== undefined) };
    return attributes === undefined ? kept : { "@": attributes, ...kept };
  }

  #leaf(spec: ElementSpec, value: unknown): unknown {
    if (typeof value === "string") return this.#text(spec, value);
    if (!isFields(value)) return this.#misshapen(value);
    const raw = spec.kind === "any" ? value["<>"] : undefined;
    const text = typeof raw === "string" ? raw : value["#"];
    if (typeof text !== "string") return this.#misshapen(value);
    const cleaned = text === raw ? this.#raw(text) : { "#": this.#text(spec, text) };
    const attributes = value["@"] === undefined ? undefined : this.#attributes(spec, value["@"]);
    const same =
      attributes === value["@"] && ("#" in cleaned ? cleaned["#"] === value["#"] : cleaned["<>"] === raw);
    if (same && Object.keys(value).length === (attributes === undefined ? 1 : 2)) return value;
    return { ...(attributes === undefined ? undefined : { "@": attributes }), ...cleaned };
  }

  #text(spec: ElementSpec, text: string): string {
    const cleaned = cleanText(text, this.#found);
    if (spec.kind !== "text" && spec.kind !== "any") return cleaned;
    const html = htmlIn(cleaned);
    if (html !== undefined) this.#report("html", html);
    const { minLength = 0, maxLength = Number.POSITIVE_INFINITY } = spec;
    // Counting is for texts near a bound: characters are no more than units, unless line breaks add their space.
    const fits = cleaned.length <= maxLength && (cleaned.length * 2 <= maxLength || !cleaned.includes("\n"));
    if (!fits || cleaned.length < minLength * 2) {
      const length = writtenLength(cleaned);
      if (length > maxLength) this.#report("trop-long", cleaned, String(maxLength));
      if (length < minLength) this.#report("trop-court", cleaned, String(minLength));
    }
    if (cleaned !== "" && cleaned.charCodeAt(0) <= 0xa0 && cleaned.trim() === "")
      this.#report("texte-blanc", cleaned);
    return cleaned;
  }

  #raw(raw: string): { readonly "<>": string } | { readonly "#": string } {
    const cleaned = cleanText(raw, this.#found);
    if (isRaw(cleaned)) return { "<>": cleaned };
    this.#report("brut-mal-forme", cleaned);
    return { "#": cleaned };
  }

  #attributes(spec: ElementSpec, attributes: unknown): unknown {
    if (!isFields(attributes)) return this.#misshapen(attributes);
    let changed: Record<string, unknown> | undefined;
    for (const name in attributes) {
      const value = attributes[name];
      if (value === undefined) continue;
      this.#steps.push(`@${name}`);
      const cleaned = this.#attribute(spec, name, value);
      this.#steps.pop();
      if (cleaned === value) continue;
      changed ??= { ...attributes };
      if (cleaned === undefined) delete changed[name];
      else changed[name] = cleaned;
    }
    return changed ?? attributes;
  }

  #attribute(spec: ElementSpec, name: string, value: unknown): string | undefined {
    if (typeof value !== "string") return this.#misshapen(value);
    if (spec.attributes.includes(name)) return cleanText(value, this.#found);
    return this.#report("attribut-inconnu", value);
  }

  #unknown(key: string, value: unknown): undefined {
    this.#steps.push(key);
    this.#report("element-inconnu", shown(value));
    this.#steps.pop();
  }

  #misshapen(value: unknown): undefined {
    return this.#report("forme", shown(value));
  }

  readonly #found = (finding: Finding): void => {
    this.#report(finding.kind, finding.value, finding.attendu);
  };

  #report(kind: DefautKind, value: string, attendu?: string): undefined {
    const path = pathOf(this.#steps);
    this.defauts.push(attendu === undefined ? { kind, path, value } : { kind, path, value, attendu });
  }
}

const shown = (value: unknown): string =>
  typeof value === "string" ? value : (JSON.stringify(value) ?? String(value));
