import fc from "fast-check";
import { expect, test } from "vitest";
import { numeros } from "../../../src/edition/numeros.ts";

test("same answers as a set of texts per output", () => {
  fc.assert(
    fc.property(
      fc.array(
        fc.record({
          kind: fc.constantFrom("formation" as const, "action" as const, "session" as const),
          numero: fc.oneof(
            fc.string({ maxLength: 4 }),
            fc.integer({ min: 0, max: 50 }).map((n) => `00${n}`),
          ),
          sortie: fc.integer({ min: 0, max: 31 }),
        }),
        { maxLength: 300 },
      ),
      (takes) => {
        const seen = new Set<string>();
        const table = numeros();
        for (const { kind, numero, sortie } of takes) {
          const key = JSON.stringify([kind, numero, sortie]);
          expect(table.take(kind, numero, sortie)).toBe(!seen.has(key));
          seen.add(key);
        }
      },
    ),
  );
});

test("half a million consecutive numbers are all told apart, then all known", () => {
  const table = numeros();
  const numero = (rank: number) => `26_20${String(rank).padStart(10, "0")}`;
  const refused = (sortie: number) => {
    let count = 0;
    for (let rank = 0; rank < 500_000; rank += 1)
      if (!table.take("session", numero(rank), sortie)) count += 1;
    return count;
  };
  expect([refused(0), refused(31), refused(0)]).toEqual([0, 0, 500_000]);
});
