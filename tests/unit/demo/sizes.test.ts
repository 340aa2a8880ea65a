import { expect, test } from "vitest";
import {
  DEMO_SIZE_NAMES,
  DEMO_SIZES,
  HEAVY_ACTION,
  HEAVY_ACTION_SESSIONS,
  spreadSessions,
} from "../../../fixtures/demo/sizes.ts";

test("the sizes are those of the issue", () => {
  expect(DEMO_SIZES.small).toMatchObject({ actions: 300, sessions: 1_200 });
  expect(DEMO_SIZES.regional).toMatchObject({ actions: 15_000, sessions: 45_000 });
  expect(DEMO_SIZES.stress).toMatchObject({ actions: 150_000, sessions: 500_000 });
});

test.each(DEMO_SIZE_NAMES)(
  "the sessions of %s are spread exactly, none of its actions is without",
  (size) => {
    const counts = spreadSessions(size);
    expect(counts.length).toBe(DEMO_SIZES[size].actions);
    expect(counts.reduce((sum, count) => sum + count, 0)).toBe(DEMO_SIZES[size].sessions);
    expect(Math.min(...counts.subarray(0, 100_000))).toBe(1);
  },
);

test("a size is the beginning of the next one", () => {
  const small = spreadSessions("small");
  const regional = spreadSessions("regional");
  expect([...regional.subarray(0, small.length)]).toEqual([...small]);
});

test("one action of stress has 5 000 sessions", () => {
  expect(spreadSessions("stress")[HEAVY_ACTION]).toBe(HEAVY_ACTION_SESSIONS);
  expect(HEAVY_ACTION_SESSIONS).toBe(5_000);
});
