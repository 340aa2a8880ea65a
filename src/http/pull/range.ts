/** Which bytes are asked for. */
export type Range =
  /** All of them: nothing was asked, or nothing that we answer otherwise. */
  | { readonly kind: "whole" }
  /** Both ends included. */
  | { readonly kind: "part"; readonly start: number; readonly end: number }
  | { readonly kind: "unsatisfiable" };

const WHOLE: Range = { kind: "whole" };

/**
 * Reads a `Range` header (RFC 9110, 14.1.2) over a representation of `size` bytes. Several ranges at once are answered
 * by the whole, which is allowed; what is not understood is ignored.
 */
export function parseRange(header: string | undefined, size: number): Range {
  const specs = /^bytes=(.+)$/i
    .exec(header?.trim() ?? "")?.[1]
    ?.split(",")
    .map((spec) => spec.trim());
  if (specs === undefined) return WHOLE;
  const parts = specs.filter((spec) => spec !== "").map((spec) => partOf(spec, size));
  if (parts.length === 0 || parts.includes("malformed")) return WHOLE;
  const found = parts.filter((part) => typeof part === "object");
  const [first] = found;
  if (first === undefined) return { kind: "unsatisfiable" };
  return found.length > 1 ? WHOLE : { kind: "part", ...first };
}

function partOf(spec: string, size: number): { start: number; end: number } | "malformed" | "outside" {
  const [, from, to] = /^(\d*)-(\d*)$/.exec(spec) ?? [];
  if (from === undefined || to === undefined || (from === "" && to === "")) return "malformed";
  if (from === "") {
    const length = Math.min(Number(to), size);
    return length === 0 ? "outside" : { start: size - length, end: size - 1 };
  }
  const start = Number(from);
  const end = to === "" ? size - 1 : Number(to);
  if (to !== "" && end < start) return "malformed";
  return start >= size ? "outside" : { start, end: Math.min(end, size - 1) };
}
