import type { Periode } from "../../published/contract/index.ts";
import type { Bati } from "../entree.ts";

/** LHEO `periode`: dates as given, partial (`20261000`) or unknown (`00000000`, `99999999`) ones included (S105). */
export function buildPeriode({ debut, fin }: Periode): Bati<"periode"> {
  return { debut, fin };
}
