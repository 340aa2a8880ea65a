import { expect, test } from "vitest";
import { ahead } from "../../../src/edition/ahead.ts";

async function* source(count: number, seen: number[], failAt = -1) {
  try {
    for (let rank = 0; rank < count; rank += 1) {
      await new Promise(setImmediate);
      if (rank === failAt) throw new Error("panne");
      seen.push(rank);
      yield rank;
    }
  } finally {
    seen.push(-1);
  }
}

test("everything comes, in order", async () => {
  const got = [];
  for await (const item of ahead(source(100, []), () => 1, 7)) got.push(item);
  expect(got).toEqual(Array.from({ length: 100 }, (_, rank) => rank));
});

test("the source runs ahead, and no further than the bound", async () => {
  const seen: number[] = [];
  let furthest = 0;
  let consumed = 0;
  for await (const _ of ahead(source(50, seen), () => 1, 5)) {
    for (let turn = 0; turn < 20; turn += 1) await new Promise(setImmediate);
    furthest = Math.max(furthest, seen.filter((rank) => rank >= 0).length - consumed);
    consumed += 1;
  }
  expect(furthest).toBe(5);
});

test("a failure of the source comes after what it gave before", async () => {
  const got: number[] = [];
  const consume = async () => {
    for await (const item of ahead(source(10, [], 3), () => 1, 100)) got.push(item);
  };
  await expect(consume()).rejects.toThrow("panne");
  expect(got).toEqual([0, 1, 2]);
});

test("a consumer that stops stops the source, which closes", async () => {
  const seen: number[] = [];
  for await (const item of ahead(source(1000, seen), () => 1, 4)) if (item === 10) break;
  expect(seen.at(-1)).toBe(-1);
  expect(seen.length).toBeLessThan(20);
});
