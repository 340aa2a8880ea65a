import type { CodesCertification } from "../../published/contract/index.ts";
import { ecrireCode } from "../certifications.ts";
import type { Bati } from "../entree.ts";

/**
 * LHEO `reference-certification`: the codes, written as `certification` writes them, so that one is a copy of the
 * other (S99). Undefined when none of the three codes is there: an empty reference refers to nothing.
 */
export function buildReferenceCertification(
  codes: Pick<CodesCertification, "code_rncp" | "code_certifinfo" | "code_rs">,
): Bati<"reference-certification"> | undefined {
  const reference = {
    "reference-code-RNCP": ecrireCode("RNCP", codes.code_rncp),
    "reference-code-CERTIFINFO": ecrireCode("CERTIFINFO", codes.code_certifinfo),
    "reference-code-RS": ecrireCode("RS", codes.code_rs),
  };
  return Object.values(reference).some((code) => code !== undefined) ? reference : undefined;
}

/** Those of a list, empty references left out; undefined when none is left. */
export function buildReferences(
  list: readonly CodesCertification[],
): readonly Bati<"reference-certification">[] | undefined {
  if (list.length === 0) return undefined;
  const references = list.map(buildReferenceCertification).filter((reference) => reference !== undefined);
  return references.length === 0 ? undefined : references;
}
