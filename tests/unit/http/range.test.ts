import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { parseRange } from "../../../src/http/pull/range.ts";

describe("ranges over 100 bytes", () => {
  test.each([
    ["bytes=0-9", { kind: "part", start: 0, end: 9 }],
    ["bytes=90-", { kind: "part", start: 90, end: 99 }],
    ["bytes=-10", { kind: "part", start: 90, end: 99 }],
    ["bytes=-1000", { kind: "part", start: 0, end: 99 }],
    ["bytes=50-1000", { kind: "part", start: 50, end: 99 }],
    ["BYTES=99-99", { kind: "part", start: 99, end: 99 }],
    ["bytes= 0-9 ,", { kind: "part", start: 0, end: 9 }],
    // One of several that stands alone inside the file.
    ["bytes=0-9,200-", { kind: "part", start: 0, end: 9 }],
  ])("%s", (header, expected) => expect(parseRange(header, 100)).toEqual(expected));

  test.each(["bytes=100-", "bytes=100-200", "bytes=-0", "bytes=200-,300-"])("%s is outside", (header) =>
    expect(parseRange(header, 100)).toEqual({ kind: "unsatisfiable" }),
  );

  test.each([
    undefined,
    "",
    "bytes",
    "bytes=",
    "bytes=,",
    "bytes=a-b",
    "bytes=9-0",
    "bytes=--1",
    "octets=0-9",
    "bytes=0-9,20-29",
    "bytes=1.5-2",
  ])("%j is answered by the whole", (header) => expect(parseRange(header, 100)).toEqual({ kind: "whole" }));
});

test("a part is always inside the file and never empty", () => {
  const piece = fc.oneof(
    fc.tuple(fc.nat(3000), fc.nat(3000)).map(([a, b]) => `${a}-${b}`),
    fc.nat(3000).map((n) => `${n}-`),
    fc.nat(3000).map((n) => `-${n}`),
    fc.string({ maxLength: 5 }),
  );
  const header = fc.array(piece, { minLength: 1, maxLength: 3 }).map((pieces) => `bytes=${pieces.join(",")}`);
  fc.assert(
    fc.property(header, fc.integer({ min: 1, max: 2000 }), (text, size) => {
      const range = parseRange(text, size);
      if (range.kind !== "part") return;
      expect(range.start).toBeGreaterThanOrEqual(0);
      expect(range.end).toBeGreaterThanOrEqual(range.start);
      expect(range.end).toBeLessThan(size);
    }),
  );
});

test("one range takes the bytes that counting them one by one takes", () => {
  const bound = fc.oneof(fc.nat(60), fc.constant(Number.MAX_SAFE_INTEGER), fc.constant(1e300));
  fc.assert(
    fc.property(fc.option(bound), fc.option(bound), fc.integer({ min: 1, max: 50 }), (from, to, size) => {
      const digits = (n: number | null) => (n === null ? "" : BigInt(n).toString());
      const range = parseRange(`bytes=${digits(from)}-${digits(to)}`, size);
      const all = Array.from({ length: size }, (_, at) => at);
      const wanted = all.filter((at) =>
        from === null ? at >= size - (to ?? 0) : at >= from && (to === null || at <= to),
      );
      if ((from === null && to === null) || (from !== null && to !== null && to < from))
        expect(range).toEqual({ kind: "whole" });
      else if (range.kind === "part") expect(all.slice(range.start, range.end + 1)).toEqual(wanted);
      else expect([range.kind, wanted]).toEqual(["unsatisfiable", []]);
    }),
    { numRuns: 1_000 },
  );
});
