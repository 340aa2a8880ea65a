import { readFileSync } from "node:fs";
import { z } from "zod";

/** See fixtures/mutations/README.md. */
const FOLDER = new URL("../../fixtures/mutations/", import.meta.url);

const zPiece = z.union([
  z.string(),
  z.tuple([z.string(), z.number()]),
  z.strictObject({ de: z.number(), a: z.number() }),
]);
const zMutation = z.tuple([
  z.string(),
  z.string(),
  z.number(),
  z.number(),
  z.array(zPiece),
  z.literal([0, 1]),
  z.literal([0, 1]),
]);

export interface Mutation {
  readonly base: string;
  readonly what: string;
  readonly xml: string;
  /** Accepted by the strict reading of the official definition. */
  readonly strict: boolean;
  /** Accepted by the schema as published. */
  readonly published: boolean;
}

const bases = new Map<string, string>();

function baseOf(name: string): string {
  const text = bases.get(name) ?? readFileSync(new URL(`${name}.xml`, FOLDER), "utf8");
  bases.set(name, text);
  return text;
}

/** All mutations, each with the document that it gives. */
export function mutations(): Mutation[] {
  const json: unknown = JSON.parse(readFileSync(new URL("mutations.json", FOLDER), "utf8"));
  return z
    .array(zMutation)
    .parse(json)
    .map(([base, what, at, remove, pieces, strict, published]) => {
      const text = baseOf(base);
      const inserted = pieces.map((piece) => {
        if (typeof piece === "string") return piece;
        return Array.isArray(piece) ? piece[0].repeat(piece[1]) : text.slice(piece.de, piece.a);
      });
      const xml = text.slice(0, at) + inserted.join("") + text.slice(at + remove);
      return { base, what, xml, strict: strict === 1, published: published === 1 };
    });
}
