import type { Leaf } from "../../lheo/index.ts";
import type { Action } from "../../published/contract/index.ts";
import type { Bati } from "../entree.ts";
import { codeRef, optionnels } from "../valeurs.ts";

/** LHEO `domaine-formation`; the first FORMACODE is the main one, and says so. */
export function buildDomaine({
  formacodes,
  nsf,
  rome,
}: Pick<Action, "formacodes" | "nsf" | "rome">): Bati<"domaine-formation"> {
  const [principal, ...autres] = formacodes;
  return {
    "code-FORMACODE":
      principal === undefined ? undefined : [buildPrincipal(principal), ...autres.map(codeRef)],
    "code-NSF": optionnels(nsf),
    "code-ROME": optionnels(rome),
  };
}

function buildPrincipal({ tag, ...code }: Action["formacodes"][number]): Leaf {
  const leaf = codeRef(code);
  const [ref, texte] = typeof leaf === "string" ? [{}, leaf] : [leaf["@"], leaf["#"]];
  return { "@": { ...ref, tag: tag ?? "principal" }, "#": texte };
}
