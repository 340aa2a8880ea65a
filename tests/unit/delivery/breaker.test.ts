import { expect, test } from "vitest";
import { BREAKER_AFTER, breakerWait } from "../../../src/delivery/index.ts";

test("a partner is left alone from the fifth failure in a row on, twice as long each time, four hours at most", () => {
  expect(BREAKER_AFTER).toBe(5);
  const minutes = (suite: number) => (breakerWait(suite) ?? 0) / 60_000;
  expect([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 99].map(minutes)).toEqual([
    0, 0, 0, 0, 15, 30, 60, 120, 240, 240, 240,
  ]);
});
