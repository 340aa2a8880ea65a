import { readFileSync } from "node:fs";

/** One line of what the partners saw, in the order they saw it; the file is written before they answer. */
export type Line =
  | {
      readonly step: "request";
      readonly at: number;
      readonly partner: string;
      readonly key: string;
      readonly epoch: number;
    }
  /** All bytes came, and are those that the digest announced. */
  | (Request & { readonly step: "received"; readonly sha256: string; readonly marks: readonly string[] })
  /** The partner said yes, and its answer left whole. */
  | (Request & { readonly step: "accepted"; readonly sha256: string })
  /** The partner said no for good. */
  | (Request & { readonly step: "refused"; readonly status: number });

interface Request {
  readonly at: number;
  readonly partner: string;
  readonly key: string;
  readonly epoch: number;
}

/** What the partners wrote down, but for a last line that is not whole. */
export function readRecord(file: string): Line[] {
  return readFileSync(file, "utf8")
    .split("\n")
    .filter((line) => line.endsWith("}"))
    .map((line) => JSON.parse(line) as Line);
}

/** What tells one version of a record from another, readable in the bytes: `[A3 v7]`. */
export const markOf = (numero: string, version: number): string => `[${numero} v${version}]`;

export function marksIn(xml: string): string[] {
  return [...new Set(xml.match(/\[\w+ v\d+\]/g) ?? [])];
}
