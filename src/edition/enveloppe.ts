import { type CivilTime, parisTime } from "../calendar/index.ts";
import { ENVELOPE } from "../lheo/index.ts";
import type { Plan } from "./sorties.ts";

/** What stands before the formations of a feed. */
export const START = Buffer.from(ENVELOPE.open());

/** What stands after them. */
export function endOf({ maintenant }: Pick<Plan, "maintenant">): Buffer {
  return Buffer.from(ENVELOPE.close([exportExtras(parisTime(maintenant))]));
}

/** `extras[@info="flux-intercarif"]`: when the file was made, in Paris. */
function exportExtras({ jour, heure }: CivilTime) {
  return {
    "@": { info: "flux-intercarif" },
    "*": [
      ["extra", { "@": { info: "date-export" }, "#": jour }],
      ["extra", { "@": { info: "heure-export" }, "#": heure }],
    ],
  } as const;
}
