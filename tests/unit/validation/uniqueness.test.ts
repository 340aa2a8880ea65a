import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { createUniqueness } from "../../../src/validation/index.ts";
import { NumberSet } from "../../../src/validation/rules/numberSet.ts";

describe("numbers across a feed", () => {
  test("a formation and an action are unique in the feed", () => {
    const seen = createUniqueness();
    expect(seen.formation("F1")).toEqual([]);
    expect(seen.action("A1", ["S1"])).toEqual([]);
    expect(seen.formation("F1", { action: "F1", line: 40 })).toMatchObject([
      { code: "numero-formation-en-double", severity: "bloquant", path: "@numero", value: "F1", line: 40 },
    ]);
    expect(seen.action("A1", ["S2"], { rang: 3 })).toMatchObject([
      { code: "numero-action-en-double", path: "action[3]/@numero", value: "A1" },
    ]);
  });

  test("a session is unique in its action, and better so in the feed", () => {
    const seen = createUniqueness();
    expect(seen.action("A1", ["S1", "S2", "S1"])).toMatchObject([
      { code: "numero-session-en-double", severity: "bloquant", path: "action/session[3]/@numero" },
    ]);
    expect(seen.action("A2", ["S2"])).toMatchObject([
      { code: "numero-session-partage", severity: "avertissement" },
    ]);
  });

  test("a formation, an action and a session may have the same number; an absent one is no duplicate", () => {
    const seen = createUniqueness();
    expect([
      ...seen.formation("1"),
      ...seen.action("1", ["1"]),
      ...seen.formation(""),
      ...seen.formation(""),
    ]).toEqual([]);
    expect(seen.action("", ["", ""])).toEqual([]);
  });
});

describe("the set of numbers", () => {
  test("answers as a Set of strings", () => {
    fc.assert(
      fc.property(fc.array(fc.string({ maxLength: 6 }), { maxLength: 300 }), (texts) => {
        const ours = new NumberSet();
        const set = new Set<string>();
        for (const text of texts) {
          expect(ours.add(text)).toBe(!set.has(text));
          set.add(text);
        }
      }),
    );
  });

  test("does not take one of half a million sequential numbers for another", () => {
    const set = new NumberSet();
    let added = 0;
    for (let i = 0; i < 500_000; i++) if (set.add(`75_${String(i).padStart(8, "0")}`)) added++;
    expect(added).toBe(500_000);
    expect(set.add("75_00012345")).toBe(false);
  });
});
