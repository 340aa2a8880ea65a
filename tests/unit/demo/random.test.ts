import { expect, test } from "vitest";
import { Random } from "../../../fixtures/demo/random.ts";

test("the same seed draws the same sequence, another seed another one", () => {
  const draw = (...seed: (string | number)[]) => {
    const random = new Random(...seed);
    return Array.from({ length: 20 }, () => random.int(0, 1_000_000));
  };
  expect(draw("session", 12, 3)).toEqual(draw("session", 12, 3));
  expect(draw("session", 12, 3)).not.toEqual(draw("session", 1, 23));
  expect(draw("session", 12, 3)).not.toEqual(draw("action", 12, 3));
});

test("draws stay within their bounds and reach them", () => {
  const random = new Random("bornes");
  const drawn = new Set(Array.from({ length: 500 }, () => random.int(3, 6)));
  expect([...drawn].sort()).toEqual([3, 4, 5, 6]);
});

test("a sample has no member twice, and never more than there are", () => {
  const random = new Random("tirage");
  expect(new Set(random.sample([1, 2, 3, 4, 5], 3)).size).toBe(3);
  expect(random.sample(["a", "b"], 9).sort()).toEqual(["a", "b"]);
});

test("a weight of zero is never drawn", () => {
  const random = new Random("poids");
  const drawn = new Set(Array.from({ length: 300 }, () => random.weighted({ oui: 3, jamais: 0, non: 1 })));
  expect([...drawn].sort()).toEqual(["non", "oui"]);
});
