import type { SaxesTagNS } from "saxes";
import { type Defaut, type DefautKind, pathOf, type Step } from "./defaut.ts";
import { ELEMENTS, type ElementName, type ElementSpec } from "./elements.ts";
import { LheoError } from "./errors.ts";
import type { ElementValues } from "./generated/types.ts";
import { type Bindings, versionOf } from "./namespaces.ts";
import { RawCapture } from "./rawCapture.ts";
import { normaliseText } from "./text.ts";
import type { AsRead } from "./values.ts";
import { strictParser } from "./xml.ts";

/**
 * Reads one element. Tolerant: what the language has no place for is left out, what stands in another order is
 * taken, and `defauts` lists all that writing the value again would not give back. Texts are as written but for the
 * blanks before a line break (`normaliseText`); comments and processing instructions outside `extra` are ignored.
 *
 * The elements may be in the namespace of LHEO 2.3, of 2.2 (a defect), or in none, as those of a fragment are.
 *
 * @param line where the text begins in its file, for the lines of defects and errors.
 * @throws LheoError on XML that is not well-formed, a DTD, an unknown entity, or another element than `name`.
 */
export function parse<N extends ElementName>(
  name: N,
  xml: string,
  line = 1,
): { readonly value: AsRead<ElementValues[N]>; readonly defauts: readonly Defaut[] } {
  const reader = new Reader(name, xml, line);
  return { value: reader.read() as AsRead<ElementValues[N]>, defauts: reader.defauts };
}

interface Frame {
  readonly spec: ElementSpec;
  readonly bindings: Bindings;
  readonly attributes: Record<string, string> | undefined;
  readonly fields: Record<string, unknown>;
  /** Where the value goes when the element closes. */
  readonly keep: (value: unknown) => void;
  /** Items met so far, by name of child. */
  readonly counts: Map<string, number>;
  readonly steps: number;
  last: number;
  text: string;
}

/** Only `extras` nest without bound, and nobody nests them more than twice or so. */
const DEEPEST = 100;

const HINTS = new Set(["schemaLocation", "noNamespaceSchemaLocation"]);
const XSI = "http://www.w3.org/2001/XMLSchema-instance";

class Reader {
  readonly defauts: Defaut[] = [];
  readonly #parser;
  readonly #firstLine: number;
  readonly #frames: Frame[] = [];
  readonly #steps: Step[] = [];
  readonly #xml: string;
  readonly #name: ElementName;
  #namespace = "";
  #value: unknown;
  /** The element being left out: where it starts, why, and how deep we are in it. */
  #skipped:
    | { readonly start: number; readonly kind: DefautKind; readonly step: string; depth: number }
    | undefined;
  #raw: RawCapture | undefined;

  constructor(name: ElementName, xml: string, firstLine: number) {
    this.#name = name;
    this.#xml = xml;
    this.#firstLine = firstLine;
    this.#parser = strictParser({ xmlns: true }, firstLine);
    this.#parser.on("opentag", (tag) => this.#open(tag));
    this.#parser.on("closetag", () => this.#close());
    this.#parser.on("text", (text) => this.#text(text));
    // Handlers that have nothing to hear are left out: with all of them the parser's object has too many fields for
    // V8 to keep it compact, and reading takes five times as long.
    if (xml.includes("<!")) {
      this.#parser.on("cdata", (text) => this.#text(text));
      this.#parser.on("comment", () => this.#raw?.markup());
    }
    if (xml.includes("<?")) this.#parser.on("processinginstruction", () => this.#raw?.markup());
  }

  read(): unknown {
    this.#parser.write(this.#xml).close();
    return this.#value;
  }

  #open(tag: SaxesTagNS): void {
    if (this.#skipped !== undefined) {
      this.#skipped.depth++;
      return;
    }
    if (this.#raw !== undefined) {
      this.#raw.open(tag, this.#tagStart());
      return;
    }
    const parent = this.#frames.at(-1);
    if (parent === undefined) this.#openRoot(tag);
    else this.#openChild(parent, tag);
  }

  #openRoot(tag: SaxesTagNS): void {
    if (tag.local !== this.#name) {
      throw new LheoError(`Élément ${this.#name} attendu, ${tag.name} trouvé`, { line: this.#line() });
    }
    this.#namespace = tag.uri;
    if (tag.uri !== "" && versionOf(tag.uri) !== "2.3") this.#report("espace-de-noms", tag.uri);
    this.#push(ELEMENTS[this.#name], tag, {}, (value) => {
      this.#value = value;
    });
  }

  #openChild(parent: Frame, tag: SaxesTagNS): void {
    const index = this.#isOurs(tag.uri)
      ? parent.spec.children.findIndex((child) => child.name === tag.local)
      : -1;
    const child = parent.spec.children[index];
    if (child === undefined) {
      this.#skip(this.#isOurs(tag.uri) ? "element-inconnu" : "espace-de-noms", tag.name);
      return;
    }
    const { name, max } = child;
    const rank = (parent.counts.get(name) ?? 0) + 1;
    if (max === 1 && rank > 1) {
      this.#skip("repete", name);
      return;
    }
    parent.counts.set(name, rank);
    this.#steps.push(name);
    if (max > 1) this.#steps.push(rank);
    if (parent.spec.kind === "sequence") {
      if (index < parent.last) this.#report("ordre", name);
      parent.last = Math.max(parent.last, index);
    }
    this.#push(ELEMENTS[name], tag, parent.bindings, keeper(parent, name, max > 1));
  }

  #push(spec: ElementSpec, tag: SaxesTagNS, around: Bindings, keep: Frame["keep"]): void {
    if (this.#frames.length >= DEEPEST) {
      throw new LheoError(`Plus de ${DEEPEST} éléments imbriqués, ligne ${this.#line()}`, {
        line: this.#line(),
      });
    }
    const bindings = Object.keys(tag.ns).length === 0 ? around : { ...around, ...tag.ns };
    const attributes = this.#attributes(spec, tag);
    const fields = attributes === undefined ? {} : { "@": attributes };
    const steps = this.#steps.length;
    this.#frames.push({
      spec,
      bindings,
      attributes,
      fields,
      keep,
      counts: new Map(),
      steps,
      last: -1,
      text: "",
    });
    if (spec.kind === "any") this.#raw = new RawCapture(this.#parser.position);
  }

  #attributes(spec: ElementSpec, tag: SaxesTagNS): Record<string, string> | undefined {
    let kept: Record<string, string> | undefined;
    for (const { name, local, prefix, uri, value } of Object.values(tag.attributes)) {
      if (prefix === "xmlns" || name === "xmlns" || (uri === XSI && HINTS.has(local))) continue;
      if (uri === "" && spec.attributes.includes(name)) {
        kept ??= {};
        kept[name] = value;
      } else {
        this.#steps.push(`@${name}`);
        this.#report("attribut-inconnu", value);
        this.#steps.pop();
      }
    }
    return kept;
  }

  #close(): void {
    const skipped = this.#skipped;
    if (skipped !== undefined) {
      skipped.depth--;
      if (skipped.depth === 0) this.#endSkip(skipped.start, skipped.kind, skipped.step);
      return;
    }
    if (this.#raw?.close() === false) return;
    const frame = this.#frames.pop();
    if (frame === undefined) return;
    frame.keep(this.#valueOf(frame));
    const parent = this.#frames.at(-1);
    this.#steps.length = parent?.steps ?? 0;
    this.#raw = undefined;
  }

  #valueOf(frame: Frame): unknown {
    const { spec, attributes, fields, text, bindings } = frame;
    if (spec.kind === "sequence") return fields;
    if (spec.kind === "choice") return { ...fields, "*": fields["*"] ?? [] };
    if (this.#raw?.hasMarkup === true) {
      // Names without prefix are ours unless the surroundings say otherwise; a prefixed root says nothing of them.
      const around = bindings[""] ?? "";
      const foreign = this.#isOurs(around) ? undefined : around;
      return { ...fields, "<>": this.#raw.text(this.#xml, this.#tagStart(), bindings, foreign) };
    }
    const normalised = normaliseText(text);
    return attributes === undefined ? normalised : { "@": attributes, "#": normalised };
  }

  #text(text: string): void {
    const frame = this.#frames.at(-1);
    if (frame === undefined || this.#skipped !== undefined) return;
    if (frame.spec.kind !== "sequence" && frame.spec.kind !== "choice") frame.text += text;
    else if (text.trim() !== "") this.#report("texte-inattendu", text.trim());
  }

  #skip(kind: DefautKind, step: string): void {
    this.#skipped = { start: this.#tagStart(), kind, step, depth: 1 };
  }

  #endSkip(start: number, kind: DefautKind, step: string): void {
    this.#skipped = undefined;
    this.#steps.push(step);
    this.#report(kind, this.#xml.slice(start, this.#parser.position));
    this.#steps.pop();
  }

  #isOurs(uri: string): boolean {
    return uri === this.#namespace || versionOf(uri) !== "inconnue";
  }

  /** Of the tag just read: `<` cannot stand inside a tag. */
  #tagStart(): number {
    return this.#xml.lastIndexOf("<", this.#parser.position - 1);
  }

  #line(): number {
    return this.#parser.line + this.#firstLine - 1;
  }

  #report(kind: DefautKind, value: string): void {
    this.defauts.push({ kind, path: pathOf(this.#steps), value, line: this.#line() });
  }
}

function keeper(parent: Frame, name: ElementName, many: boolean): Frame["keep"] {
  const { fields, spec } = parent;
  return (value) => {
    if (spec.kind === "choice") add(fields, "*", [name, value]);
    else if (many) add(fields, name, value);
    else fields[name] = value;
  };
}

function add(fields: Record<string, unknown>, key: string, item: unknown): void {
  const list = fields[key];
  if (Array.isArray(list)) list.push(item);
  else fields[key] = [item];
}
