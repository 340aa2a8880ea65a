import type { SaxesTagPlain } from "saxes";
import { XmlDecoder } from "./decode.ts";
import { EnvelopeKeeper } from "./envelopeKeeper.ts";
import { LheoError } from "./errors.ts";
import {
  type Bindings,
  defaultDeclaration,
  type LheoVersion,
  missingDeclarations,
  NAMESPACES,
  versionOf,
} from "./namespaces.ts";
import { strictParser } from "./xml.ts";

export type SplitEvent = SplitRoot | SplitFormation | SplitEnd;

export interface SplitRoot {
  readonly kind: "root";
  /** Local name: `lheo`; anything else has no formation for us, and the caller decides. */
  readonly root: string;
  /** As it was written. */
  readonly openTag: string;
  readonly namespace: string;
  readonly version: LheoVersion;
  /** `UTF-8`, or the other encoding that the file was decoded from. */
  readonly encoding: string;
}

export interface SplitFormation {
  readonly kind: "formation";
  /**
   * As it was written, with the declarations of prefixes that it needs from its surroundings: it means the same in
   * any document whose default namespace is its own, see `wrapFormation`.
   */
  readonly xml: string;
  /** Of its first character, from 1. */
  readonly line: number;
}

export interface SplitEnd {
  readonly kind: "end";
  readonly formations: number;
  /** The root without its formations but the first, to check the rest by; empty when it is not `lheo`. */
  readonly envelope: string;
  /** Line of the file for a line of the envelope. */
  readonly fileLine: (line: number) => number;
}

/** A formation longer than this is no formation. */
const MOST = 64 * 1024 * 1024;

/**
 * Reads an LHEO file of any size, one formation in memory at a time. The file is well-formed up to what has been
 * yielded, and as a whole once `end` has come.
 *
 * @throws LheoError with its line on XML that is not well-formed, a DTD, an encoding that we cannot read.
 */
export async function* splitFormations(
  source: AsyncIterable<Uint8Array | string> | Iterable<Uint8Array | string>,
): AsyncGenerator<SplitEvent> {
  const splitter = new Splitter();
  try {
    for await (const chunk of source) {
      splitter.write(chunk);
      yield* splitter.events.splice(0);
    }
    splitter.end();
  } catch (error) {
    // What was read before a fault is given first, wherever the chunks were cut.
    yield* splitter.events.splice(0);
    throw error;
  }
  yield* splitter.events.splice(0);
}

/** A document of one formation, to be checked alone: its first line is the first line of the formation. */
export function wrapFormation(xml: string, version: LheoVersion = "2.3"): string {
  const namespace = version === "inconnue" ? "" : defaultDeclaration(NAMESPACES[version]);
  return `<lheo${namespace}><offres>${xml}</offres></lheo>`;
}

class Splitter {
  readonly events: SplitEvent[] = [];
  readonly #decoder = new XmlDecoder();
  readonly #parser = strictParser({ xmlns: false });
  readonly #envelope = new EnvelopeKeeper();
  /** Text from position `#base` on: the formation being read, or what stands outside since the last one. */
  #buffer = "";
  #base = 0;
  #depth = 0;
  #path: string[] = [];
  #bindings: Bindings = {};
  #formation: { readonly start: number; readonly line: number; readonly tag: SaxesTagPlain } | undefined;
  #formations = 0;
  #isLheo = false;

  constructor() {
    this.#parser.on("opentag", (tag) => this.#open(tag));
    this.#parser.on("closetag", () => this.#close());
  }

  write(chunk: Uint8Array | string): void {
    this.#feed(typeof chunk === "string" ? chunk : this.#decode(() => this.#decoder.write(chunk)));
  }

  end(): void {
    this.#feed(this.#decode(() => this.#decoder.end()));
    const line = this.#lineAt(this.#base);
    this.#parser.close();
    if (this.#isLheo) this.#envelope.outside(this.#buffer, line);
    const { text, fileLine } = this.#envelope;
    this.events.push({ kind: "end", formations: this.#formations, envelope: text, fileLine });
  }

  #decode(read: () => string): string {
    try {
      return read();
    } catch (error) {
      if (!(error instanceof LheoError)) throw error;
      throw new LheoError(`${error.message} (après la ligne ${this.#parser.line})`, {
        line: this.#parser.line,
      });
    }
  }

  #feed(text: string): void {
    if (text === "") return;
    this.#buffer += text;
    this.#parser.write(text);
    if (!this.#isLheo) this.#forget(this.#base + this.#rootFrom());
    if (this.#buffer.length > MOST) {
      throw new LheoError("Plus de 64 Mio sans formation complète : ce fichier n'est pas une offre LHEO", {
        line: this.#parser.line,
      });
    }
  }

  /** Where the tag of the root may have begun, or the end when it has not, or has been read: `<` cannot stand in it. */
  #rootFrom(): number {
    const end = this.#buffer.length;
    if (this.#path.length > 0) return end;
    const from = this.#buffer.lastIndexOf("<");
    return from === -1 || /[!?]/.test(this.#buffer.charAt(from + 1)) ? end : from;
  }

  #open(tag: SaxesTagPlain): void {
    this.#depth++;
    if (this.#depth > 3) return;
    this.#path.length = this.#depth - 1;
    this.#path.push(localName(tag.name));
    if (this.#depth < 3) this.#bindings = { ...this.#bindings, ...declared(tag) };
    if (this.#depth === 1) this.#openRoot(tag);
    else if (this.#depth === 3 && this.#path.join("/") === "lheo/offres/formation") this.#openFormation(tag);
  }

  #openRoot(tag: SaxesTagPlain): void {
    const start = this.#tagStart();
    const root = localName(tag.name);
    const namespace = this.#bindings[tag.name.slice(0, -root.length - 1)] ?? "";
    this.#isLheo = root === "lheo";
    this.events.push({
      kind: "root",
      root,
      openTag: this.#text(start, this.#parser.position),
      namespace,
      version: versionOf(namespace),
      encoding: this.#decoder.encoding,
    });
    // What stands before it was forgotten chunk by chunk: half a comment must not begin the envelope.
    if (this.#isLheo) this.#forget(start);
  }

  #openFormation(tag: SaxesTagPlain): void {
    const start = this.#tagStart();
    const line = this.#lineAt(start);
    this.#envelope.outside(this.#text(this.#base, start), this.#lineAt(this.#base));
    this.#forget(start);
    this.#formation = { start, line, tag };
  }

  #close(): void {
    this.#depth--;
    const formation = this.#formation;
    if (this.#depth !== 2 || formation === undefined) return;
    const { start, line, tag } = formation;
    const end = this.#parser.position;
    const xml = this.#text(start, end);
    // The parser closes what is open before it says that the closing tag is another's.
    if (!tag.isSelfClosing && !xml.slice(xml.lastIndexOf("<")).startsWith(`</${tag.name}`)) return;
    this.#formation = undefined;
    this.#formations++;
    if (this.#formations === 1) this.#envelope.formation(xml);
    this.events.push({ kind: "formation", xml: this.#selfContained(xml, tag), line });
    this.#forget(end);
  }

  #selfContained(xml: string, tag: SaxesTagPlain): string {
    const own = declared(tag);
    const around = this.#bindings[""] ?? "";
    const prefixed = tag.name.includes(":");
    const byDefault =
      prefixed && versionOf(around) === "inconnue" && !Object.hasOwn(own, "")
        ? defaultDeclaration(around)
        : "";
    const added = byDefault + missingDeclarations(xml, this.#bindings, own);
    if (added === "") return xml;
    const nameEnd = 1 + tag.name.length;
    return xml.slice(0, nameEnd) + added + xml.slice(nameEnd);
  }

  /** Of the tag just read: `<` cannot stand inside a tag. */
  #tagStart(): number {
    return this.#base + this.#buffer.lastIndexOf("<", this.#parser.position - this.#base - 1);
  }

  #text(from: number, to: number): string {
    return this.#buffer.slice(from - this.#base, to - this.#base);
  }

  #forget(before: number): void {
    this.#buffer = this.#buffer.slice(before - this.#base);
    this.#base = before;
  }

  /** Line of a place that is not far before the parser's. */
  #lineAt(position: number): number {
    return this.#parser.line - lineBreaks(this.#text(position, this.#parser.position));
  }
}

/** As the parser counts them. */
function lineBreaks(text: string): number {
  return text.match(/\r\n?|\n/g)?.length ?? 0;
}

const localName = (name: string): string => name.slice(name.indexOf(":") + 1);

function declared(tag: SaxesTagPlain): Bindings {
  const entries = Object.entries(tag.attributes).flatMap(([name, value]) => {
    if (name === "xmlns") return [["", value]];
    return name.startsWith("xmlns:") ? [[name.slice(6), value]] : [];
  });
  return Object.fromEntries(entries);
}
