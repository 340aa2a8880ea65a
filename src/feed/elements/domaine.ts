import type { Action } from "../../published/contract/index.ts";
import type { Bati } from "../entree.ts";
import { codeRef, optionnels, REF_FORMACODE } from "../valeurs.ts";

/** LHEO `domaine-formation`; the first FORMACODE is the main one, and says so. */
export function buildDomaine({
  formacodes,
  nsf,
  rome,
}: Pick<Action, "formacodes" | "nsf" | "rome">): Bati<"domaine-formation"> {
  const [principal, ...autres] = formacodes;
  return {
    "code-FORMACODE":
      principal === undefined
        ? undefined
        : [
            { "@": { ref: principal.ref ?? REF_FORMACODE, tag: "principal" }, "#": principal.code },
            ...autres.map(codeRef),
          ],
    "code-NSF": optionnels(nsf),
    "code-ROME": optionnels(rome),
  };
}
