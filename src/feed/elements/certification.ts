import type { CodesCertification } from "../../published/contract/index.ts";
import { ecrireCode } from "../certifications.ts";
import type { Bati } from "../entree.ts";
import { optionnel } from "../valeurs.ts";

/** LHEO `certification` (S74–S83). */
export function buildCertification(codes: CodesCertification): Bati<"certification"> {
  return {
    "code-RNCP": ecrireCode("RNCP", codes.code_rncp),
    "code-CERTIFINFO": ecrireCode("CERTIFINFO", codes.code_certifinfo),
    "code-RS": ecrireCode("RS", codes.code_rs),
    "code-CPF": ecrireCode("CPF", codes.code_cpf),
    "reference-code-FORMACODE": optionnel(codes.code_formacode),
  };
}
