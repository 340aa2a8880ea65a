import type { SaxesTagNS } from "saxes";
import { type Bindings, defaultDeclaration, missingDeclarations } from "./namespaces.ts";

/**
 * The inside of an `extra` while it is read: whether it is more than a text, and where its outermost elements are,
 * to which the declarations of their surroundings are added so that the inside stands on its own.
 */
export class RawCapture {
  /** An element, a comment or a processing instruction was met: a text alone will not do. */
  hasMarkup = false;
  readonly #start: number;
  readonly #outermost: { readonly nameEnd: number; readonly own: Bindings }[] = [];
  #depth = 0;

  /** @param start of the inside, in the text read. */
  constructor(start: number) {
    this.#start = start;
  }

  markup(): void {
    this.hasMarkup = true;
  }

  open(tag: SaxesTagNS, tagStart: number): void {
    this.hasMarkup = true;
    if (this.#depth === 0) this.#outermost.push({ nameEnd: tagStart + 1 + tag.name.length, own: tag.ns });
    this.#depth++;
  }

  /** Is it the `extra` itself that closes? */
  close(): boolean {
    this.#depth--;
    return this.#depth < 0;
  }

  /**
   * The inside, with the declarations it lacks; line breaks are `\n`, as XML reads them.
   *
   * @param foreign namespace of names without prefix, when it is not LHEO's.
   */
  text(xml: string, end: number, around: Bindings, foreign: string | undefined): string {
    const inside = xml.slice(this.#start, end);
    let out = "";
    let from = this.#start;
    for (const { nameEnd, own } of this.#outermost) {
      const added = missingDeclarations(inside, around, own);
      const byDefault = foreign === undefined || Object.hasOwn(own, "") ? "" : defaultDeclaration(foreign);
      out += xml.slice(from, nameEnd) + byDefault + added;
      from = nameEnd;
    }
    return (out + xml.slice(from, end)).replaceAll("\r\n", "\n").replaceAll("\r", "\n");
  }
}
