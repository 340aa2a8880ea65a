import { NAMESPACE } from "./generated/elements.ts";
import type { Lheo, LheoIndex, LheoPlus } from "./generated/types.ts";
import { serialise, serialiseAround } from "./serialise.ts";
import type { AsRead, Attributes, Extras } from "./values.ts";

const DECLARATION = `<?xml version="1.0" encoding="UTF-8"?>\n`;

interface Roots {
  readonly lheo: Lheo;
  readonly "lheo-index": LheoIndex;
  readonly "lheo-plus": LheoPlus;
}

/** What stands around the formations of a feed; `open() + formations + close()` is a whole document. */
export const ENVELOPE = {
  /**
   * XML declaration, `<lheo>` with the namespace of LHEO 2.3 as its default one, `<offres>`.
   *
   * @throws LheoError on an attribute that `lheo` does not have.
   */
  open(attributes?: Attributes): string {
    const { before } = serialiseAround("lheo", { "@": attributes }, "offres");
    return `${DECLARATION}${withNamespace("lheo", before)}<offres>\n`;
  },
  /** `</offres>`, the extras of the document, `</lheo>`. */
  close(extras: readonly Extras[] = []): string {
    return `</offres>\n${serialiseAround("lheo", { extras }, "offres").after}`;
  },
} as const;

/**
 * Writes a whole document held in memory.
 *
 * @throws LheoError as `serialise`.
 */
export function serialiseDocument<R extends keyof Roots>(root: R, value: AsRead<Roots[R]>): string {
  return DECLARATION + withNamespace(root, serialise<keyof Roots>(root, value));
}

const withNamespace = (root: string, xml: string): string =>
  `<${root} xmlns="${NAMESPACE}"${xml.slice(root.length + 1)}`;
