import { expect, test } from "vitest";
import { cutFormation, LheoError } from "../../../src/lheo/index.ts";

const action = (numero: string, inside = "") => `<action numero="${numero}">\n${inside}</action>\n`;

/** An `extra` holds anything, an action included. */
const TRAP = `<extras info="x">\n<extra info="y"><action numero="1">\n</action></extra>\n</extras>\n`;

test("put end to end, the pieces are the formation", () => {
  const xml = `<formation numero="F">\n${TRAP}${action("1", TRAP)}${action("a&amp;b")}${TRAP}</formation>`;
  const { before, actions, after } = cutFormation(xml);
  expect(actions).toEqual([
    { numero: "1", xml: action("1", TRAP) },
    { numero: "a&b", xml: action("a&amp;b") },
  ]);
  expect(before + actions.map((one) => one.xml).join("") + after).toBe(xml);
});

test("a formation of others, with comments and an action without number", () => {
  const xml = `<formation><!-- <action/> --><action/>  <action\n numero='2'></action> <domaine/></formation>`;
  const { before, actions, after } = cutFormation(xml);
  expect(actions.map(({ numero }) => numero)).toEqual(["", "2"]);
  expect(before + actions.map((one) => one.xml).join("") + after).toBe(xml);
  expect(after).toBe(" <domaine/></formation>");
});

test("without action it is whole; ill-formed it is refused", () => {
  expect(cutFormation("<formation/>")).toEqual({ before: "<formation/>", actions: [], after: "" });
  expect(() => cutFormation("<formation><action></formation>")).toThrow(LheoError);
});
