import { ELEMENTS, type ElementName, type ElementSpec } from "./elements.ts";
import { LheoError } from "./errors.ts";
import { escapeAttribute, escapeText } from "./escape.ts";
import type { ElementValues } from "./generated/types.ts";
import { checkRaw } from "./raw.ts";
import type { AsRead, Attributes, Extras } from "./values.ts";

/** An element of the table made ready for writing. */
interface Plan {
  readonly name: ElementName;
  readonly kind: ElementSpec["kind"];
  readonly open: string;
  readonly close: string;
  readonly children: readonly PlannedChild[];
  readonly byName: ReadonlyMap<string, PlannedChild>;
  readonly attributes: readonly string[];
}

interface PlannedChild {
  readonly name: ElementName;
  readonly index: number;
  readonly many: boolean;
  readonly plan: Plan;
}

type Fields = Readonly<Record<string, unknown>>;

const plans = new Map<ElementName, Plan>();

function planOf(name: ElementName): Plan {
  const known = plans.get(name);
  if (known !== undefined) return known;
  const spec = ELEMENTS[name];
  const children: PlannedChild[] = [];
  const byName = new Map<string, PlannedChild>();
  const { kind, attributes } = spec;
  const plan = { name, kind, open: `<${name}`, close: `</${name}>\n`, children, byName, attributes };
  plans.set(name, plan);
  for (const [index, child] of spec.children.entries()) {
    const planned = { name: child.name, index, many: child.max > 1, plan: planOf(child.name) };
    children.push(planned);
    byName.set(child.name, planned);
  }
  return plan;
}

/**
 * Writes one element, one child a line, children in the order of the language whatever the order of the keys. The
 * text starts with `<name` and ends with a line break, so that elements are joined by concatenation.
 *
 * What the schema would refuse otherwise (a missing child, an unknown code, a length) is written as given: the XSD
 * and the rules judge it.
 *
 * @throws LheoError on a child or an attribute that the language does not have, on a character that XML forbids,
 *   and on raw XML that is not well-formed: a file that cannot be read is never written.
 */
export function serialise<N extends ElementName>(name: N, value: AsRead<ElementValues[N]>): string {
  return writeElement(planOf(name), value);
}

/**
 * What stands before and after the run of children `child`, so that they are written once and put together:
 * `before + items.map((item) => serialise(child, item)).join("") + after` is `serialise` of the whole.
 *
 * @throws LheoError as `serialise`.
 */
export function serialiseAround<N extends ElementName>(
  name: N,
  value: AsRead<ElementValues[N]>,
  child: keyof ElementValues[N] & ElementName,
): { readonly before: string; readonly after: string } {
  const plan = planOf(name);
  const at = plan.byName.get(child)?.index ?? -1;
  const fields = value as Fields;
  checkChildren(plan, fields);
  return {
    before: `${openTag(plan, fields["@"] as Attributes | undefined)}\n${writeChildren(plan, fields, 0, at)}`,
    after: `${writeChildren(plan, fields, at + 1, plan.children.length)}${plan.close}`,
  };
}

function writeElement(plan: Plan, value: unknown): string {
  switch (plan.kind) {
    case "sequence":
      return writeSequence(plan, value as Fields);
    case "choice":
      return writeExtras(plan, value as Extras);
    default:
      return writeLeaf(plan, value);
  }
}

function writeLeaf(plan: Plan, value: unknown): string {
  if (typeof value === "string") return `${plan.open}>${escapeText(value)}${plan.close}`;
  const leaf = value as { "@"?: Attributes; "#"?: unknown; "<>"?: unknown } | null;
  const text = leaf?.["#"];
  if (typeof text === "string") return openTag(plan, leaf?.["@"]) + escapeText(text) + plan.close;
  const raw = leaf?.["<>"];
  if (plan.kind === "any" && typeof raw === "string") {
    checkRaw(raw);
    return openTag(plan, leaf?.["@"]) + raw + plan.close;
  }
  throw new LheoError(`${plan.name} : un texte est attendu, reçu ${JSON.stringify(value)?.slice(0, 80)}`);
}

/** Builders make their keys in order, so one pass over the keys is enough; any other order takes the table. */
function writeSequence(plan: Plan, fields: Fields): string {
  let out = `${openTag(plan, fields["@"] as Attributes | undefined)}\n`;
  let last = -1;
  for (const key in fields) {
    const value = fields[key];
    if (value === undefined || key === "@") continue;
    const child = plan.byName.get(key);
    if (child === undefined) throw unknownChild(plan, key);
    if (child.index < last) {
      checkChildren(plan, fields);
      out = `${openTag(plan, fields["@"] as Attributes | undefined)}\n`;
      return out + writeChildren(plan, fields, 0, plan.children.length) + plan.close;
    }
    last = child.index;
    out += writeChild(plan, child, value);
  }
  return out + plan.close;
}

function writeChildren(plan: Plan, fields: Fields, from: number, to: number): string {
  let out = "";
  for (const child of plan.children.slice(from, to)) {
    const value = fields[child.name];
    if (value !== undefined) out += writeChild(plan, child, value);
  }
  return out;
}

function writeChild(plan: Plan, child: PlannedChild, value: unknown): string {
  if (!child.many) return writeElement(child.plan, value);
  if (!Array.isArray(value)) throw new LheoError(`${plan.name} : ${child.name} est une liste`);
  let out = "";
  for (const item of value) out += writeElement(child.plan, item);
  return out;
}

function writeExtras(plan: Plan, extras: Extras): string {
  let out = `${openTag(plan, extras["@"])}\n`;
  for (const [name, value] of extras["*"]) {
    const child = plan.byName.get(name);
    if (child === undefined) throw unknownChild(plan, name);
    out += writeElement(child.plan, value);
  }
  return out + plan.close;
}

function openTag(plan: Plan, attributes: Attributes | undefined): string {
  if (attributes === undefined) return `${plan.open}>`;
  let out = plan.open;
  let left = Object.keys(attributes).length;
  for (const name of plan.attributes) {
    if (left === 0) break;
    const value = attributes[name];
    if (value === undefined) continue;
    out += ` ${name}="${escapeAttribute(value)}"`;
    left--;
  }
  if (left > 0) checkAttributes(plan, attributes);
  return `${out}>`;
}

function checkAttributes(plan: Plan, attributes: Attributes): void {
  const unknown = Object.keys(attributes).find(
    (name) => attributes[name] !== undefined && !plan.attributes.includes(name),
  );
  if (unknown !== undefined) throw new LheoError(`${plan.name} : attribut ${unknown} inconnu de LHEO 2.3`);
}

function checkChildren(plan: Plan, fields: Fields): void {
  const unknown = Object.keys(fields).find(
    (key) => key !== "@" && fields[key] !== undefined && !plan.byName.has(key),
  );
  if (unknown !== undefined) throw unknownChild(plan, unknown);
}

const unknownChild = (plan: Plan, name: string): LheoError =>
  new LheoError(`${plan.name} : élément ${name} inconnu à cette place en LHEO 2.3`);
