/** What the main thread and the XSD worker say to each other, and what comes out of it. */

/** `stricte` is `xsd/lheo-2.3.xsd`; `publiee` what the published XSD accepts, see `xsdSchema.ts`. */
export type Lecture = "stricte" | "publiee";

/** One step of a path: an element and its rank, from 1, among its siblings of the same name. */
export interface XsdStep {
  readonly name: string;
  readonly rank: number;
}

/** What libxml2 says of one place, with what it takes to say it in French. */
export interface XsdDefect {
  /** `xml`: not well-formed, so nothing was compared with the schema. */
  readonly kind: "xml" | "xsd";
  /** As libxml2 says it, on one line. */
  readonly message: string;
  /** From 1, in the fragment; 0 when unknown. */
  readonly line: number;
  readonly column: number;
  /** From the document's root; empty for XML that is not well-formed. */
  readonly steps: readonly XsdStep[];
  /** Text of the element, or what stands between its elements; cut to 1 000 units. */
  readonly value: string;
  /** Attributes of the element. */
  readonly attributes: Readonly<Record<string, string>>;
  /** Names of the element's children, and of its parent's: namespace in braces when it is not LHEO's. */
  readonly children: readonly string[];
  readonly siblings: readonly string[];
  /** Rank of the element, from 0, among `siblings`. */
  readonly position: number;
  /** Numbers of the elements around it, `@numero`. */
  readonly numbers: {
    readonly formation?: string;
    readonly action?: string;
    readonly session?: string;
  };
}

export interface WorkerData {
  readonly schemas: Readonly<Record<Lecture, string>>;
  /** What opens and closes the document that fragments are put in. */
  readonly head: string;
  readonly tail: string;
}

/** A document, in UTF-8, from 0 to `length` of `buffer`. */
interface Work {
  readonly id: number;
  readonly lecture: Lecture;
  readonly buffer: ArrayBuffer;
  readonly length: number;
}

/** `head`, the fragments one after the other, `tail`. */
export interface LotWork extends Work {
  readonly kind: "lot";
  /** End of each fragment in the buffer. */
  readonly ends: readonly number[];
}

export interface DocumentWork extends Work {
  readonly kind: "document";
}

export type WorkerRequest = LotWork | DocumentWork;

export type WorkerReply =
  | { readonly kind: "ready" }
  | {
      readonly kind: "done";
      readonly id: number;
      /** Fragments that have defects, by rank from 0; the others have none. */
      readonly failures: readonly (readonly [rank: number, defects: readonly XsdDefect[]])[];
      /** Given back, to be used again. */
      readonly buffer: ArrayBuffer;
      /** Bytes outside the JavaScript heap: the wasm memory, which never shrinks. */
      readonly memory: number;
    };
