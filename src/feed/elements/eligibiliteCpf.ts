import { codeCertification, type Extras } from "../../lheo/index.ts";
import type { MentionCpf } from "../cpf.ts";
import { extras } from "../extras.ts";

/** Employees and job seekers alike, everywhere, whatever the branch: since 2019 the CPF has no list any more. */
const POUR_TOUS = [
  ["public", "3"],
  ["france-entiere", "1"],
  ["inter-branche", "1"],
] as const;

/**
 * LHEO `session/extras[@info="eligibilite-cpf"]`, one for each certification, as the readers of the national feed
 * know it; `@numero` is the CPF code alone, as a number, where there is one.
 */
export function buildEligibiliteCpf({ certification, codeCpf, debut, fin }: MentionCpf): Extras {
  const numero = codeCertification("CPF", codeCpf ?? "")?.numero;
  return extras(
    "eligibilite-cpf",
    [
      ["source", `France compétences ${certification}`],
      ...(debut === undefined ? [] : [["debut-validite", debut] as const]),
      ...(fin === undefined ? [] : [["fin-validite", fin] as const]),
      ...POUR_TOUS,
    ],
    numero === undefined ? undefined : { numero },
  );
}
