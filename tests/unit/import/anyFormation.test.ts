import fc, { type Arbitrary } from "fast-check";
import { expect, test } from "vitest";
import { lireFormation } from "../../../src/import/index.ts";
import { type AsRead, clean, type Formation, serialise } from "../../../src/lheo/index.ts";
import type { Notice } from "../../../src/notices/index.ts";
import { feedOf } from "../../support/importedFeed.ts";
import { arbitraryElement } from "../../support/lheoArbitrary.ts";
import { missingValues, valuesOf } from "../../support/lheoValues.ts";

/** Any formation that the schema takes, numbered; its texts are ones that XML can hold and nobody has to mend. */
const formationArbitrary: Arbitrary<AsRead<Formation>> = arbitraryElement("formation").map((formation) => {
  const { value } = clean("formation", formation);
  const organisme = value["organisme-formation-responsable"];
  return {
    ...value,
    "@": { ...value["@"], numero: "F1" },
    "organisme-formation-responsable": { ...organisme, "@": { ...organisme?.["@"], numero: "O1" } },
    action: (value.action ?? []).map((action, a) => ({
      ...action,
      "@": { ...action["@"], numero: `A${a}` },
      session: (action.session ?? []).map((session, s) => ({
        ...session,
        "@": { ...session["@"], numero: `S${a}${s}` },
      })),
    })),
  };
});

/** Is the value, which notices show cut, among those that they tell? */
function isTold(missing: string, notices: readonly Notice[]): boolean {
  const value = missing.slice(missing.indexOf(" = ") + 3).trim();
  return notices.some((notice) => {
    const shown = notice.value.replace(/…$/, "").trim();
    return notice.value.trim() === value || (shown.length > 100 && value.startsWith(shown));
  });
}

test("every value of any formation of the language is written again, or told", () => {
  fc.assert(
    fc.property(formationArbitrary, (formation) => {
      const xml = serialise("formation", formation);
      const { offre, notices } = lireFormation(xml);
      if (offre === undefined) throw new Error(`refused: ${JSON.stringify(notices)}`);
      const missing = missingValues(valuesOf(xml), valuesOf(feedOf(offre)));
      expect(missing.filter((value) => !isTold(value, notices))).toEqual([]);
    }),
    { numRuns: 150 },
  );
}, 90_000);
