import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";

/** `docs/guide.md`: each of the 150 items of the guide is somewhere, and something shows it. */
const ROOT = new URL("../../", import.meta.url);
const ITEMS = 150;

interface Ligne {
  readonly item: string;
  readonly what: string;
  readonly where: string;
  readonly test: string;
}

const lignes: readonly Ligne[] = readFileSync(new URL("docs/guide.md", ROOT), "utf8")
  .split("\n")
  .filter((line) => /^\| S\d/.test(line))
  .map((line) => {
    const [, item = "", what = "", where = "", found = ""] = line.split("|").map((cell) => cell.trim());
    return { item, what, where, test: found };
  });

const isOut = ({ where }: Ligne): boolean => where === "out of scope";
const pathsIn = (cell: string): readonly string[] =>
  [...cell.matchAll(/`([^`]+)`/g)].map(([, path = ""]) => path);
const done = lignes.filter((ligne) => !isOut(ligne));

test("has a row for each item, once and in order", () => {
  expect(lignes.map(({ item }) => item)).toEqual(Array.from({ length: ITEMS }, (_, rank) => `S${rank + 1}`));
  expect(lignes.filter(({ what }) => what === "")).toEqual([]);
});

test("leaves nothing for later", () => {
  expect(
    lignes.filter(({ where, test: found }) => /missing/i.test(`${where} ${found}`)).map(({ item }) => item),
  ).toEqual([]);
});

test("says where each item lives, and which test shows it", () => {
  const without = done.filter(
    ({ where, test: found }) => pathsIn(where).length === 0 || pathsIn(found).length === 0,
  );
  expect(without.map(({ item }) => item)).toEqual([]);
  const other = done.flatMap(({ item, test: found }) =>
    pathsIn(found)
      .filter((path) => !/^tests\/.+\.test\.ts$/.test(path))
      .map((path) => `${item} ${path}`),
  );
  expect(other).toEqual([]);
});

test("names files that exist", () => {
  const paths = done.flatMap(({ item, where, test: found }) =>
    [...pathsIn(where), ...pathsIn(found)].map((path) => ({ item, path })),
  );
  const gone = paths.filter(({ path }) => !existsSync(fileURLToPath(new URL(path, ROOT))));
  expect(gone.map(({ item, path }) => `${item} ${path}`)).toEqual([]);
});

test("gives a reason for each item that is out of scope", () => {
  expect(lignes.filter(isOut).filter(({ test: reason }) => reason.split(" ").length < 6)).toEqual([]);
});

test("an item is cited by the code that it is said to live in, or by its test", () => {
  // What people are told in another file, or cannot be pointed at in one line of code.
  const silent = done.filter(({ item, where, test: found }) => {
    const texts = [...pathsIn(where), ...pathsIn(found)].map((path) =>
      readFileSync(new URL(path, ROOT), "utf8"),
    );
    return !texts.some((text) => cites(text, Number(item.slice(1))));
  });
  expect(silent.map(({ item }) => item)).toEqual([]);
});

/** `S27`, or a range that it is in: `S25–S28`. */
function cites(text: string, number: number): boolean {
  if (new RegExp(`\\bS${number}\\b`).test(text)) return true;
  return [...text.matchAll(/\bS(\d+)\s*(?:–|-|to|à)\s*S(\d+)\b/g)].some(
    ([, from = "", to = ""]) => Number(from) <= number && number <= Number(to),
  );
}
