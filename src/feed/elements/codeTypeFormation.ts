import type { Action } from "../../published/contract/index.ts";
import { ecrireCode } from "../certifications.ts";
import type { Bati } from "../entree.ts";

/** LHEO `code-type-formation`: CPF or ELU code of a training that leads to no certification. */
export function buildCodeTypeFormation({
  code_cpf,
  code_elu,
}: Action["codes_type_formation"][number]): Bati<"code-type-formation"> {
  return { "code-CPF": ecrireCode("CPF", code_cpf), "code-ELU": ecrireCode("ELU", code_elu) };
}
