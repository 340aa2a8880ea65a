import { createHash } from "node:crypto";
import { canonicalJson } from "./canonical.ts";

/** A row of the audit, as it is kept. */
export interface Ligne {
  /** 1, 2, 3… */
  readonly id: number;
  readonly at: Date;
  readonly acteur: string;
  readonly acte: string;
  readonly objet_type: string;
  readonly objet_id: string;
  readonly motif: string | null;
  readonly detail: Readonly<Record<string, unknown>>;
  /** Hash of the row before; null for the first. */
  readonly precedent: string | null;
  readonly hash: string;
}

export const SELECT = [
  "id",
  "at",
  "acteur",
  "acte",
  "objet_type",
  "objet_id",
  "motif",
  "detail",
  "precedent",
  "hash",
] as const;

/** Hexadecimal SHA-256 of the canonical JSON of a row, its own hash left out. Anyone can compute it again elsewhere. */
export function hashOf(row: Omit<Ligne, "hash">): string {
  const { id, at, acteur, acte, objet_type, objet_id, motif, detail, precedent } = row;
  const said = { id, at: at.toISOString(), acteur, acte, objet_type, objet_id, motif, detail, precedent };
  return createHash("sha256").update(canonicalJson(said)).digest("hex");
}
