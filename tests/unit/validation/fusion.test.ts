import { expect, test } from "vitest";
import { notice } from "../../../src/notices/index.ts";
import { fusionner } from "../../../src/validation/index.ts";

const xsd = notice("xsd-longueur", { path: "action[4]/session[1]/periode/debut", session: "S1" });
const regle = notice("date-impossible", { path: "action/session[1]/periode/debut", session: "S1" });

test("a place that was spoken of is not spoken of again, whatever the rank of the action in its slice", () => {
  expect(fusionner([xsd], [regle])).toEqual([xsd]);
});

test("the same place of another session is another place", () => {
  const other = { ...regle, session: "S2" };
  expect(fusionner([xsd], [other])).toEqual([xsd, other]);
});

test("one check may say two things of one place", () => {
  const second = notice("date-partielle", { path: regle.path, session: "S1" });
  expect(fusionner([], [regle, second])).toEqual([regle, second]);
});
