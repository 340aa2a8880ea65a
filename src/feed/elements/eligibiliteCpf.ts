import { codeCertification, type Extras } from "../../lheo/index.ts";
import type { TelQuel } from "../../published/contract/index.ts";
import type { MentionCpf } from "../cpf.ts";
import { extras } from "../extras.ts";
import { attributsDe, estChamps, estListe, lireChemin } from "../telQuel/index.ts";

/** Employees and job seekers alike, everywhere, whatever the branch: since 2019 the CPF has no list any more. */
const POUR_TOUS = [
  ["public", "3"],
  ["france-entiere", "1"],
  ["inter-branche", "1"],
] as const;

const INFO = "eligibilite-cpf";

const numeroDe = (codeCpf: string | undefined): string | undefined =>
  codeCertification("CPF", codeCpf ?? "")?.numero;

/**
 * Does a session imported with mentions of its own already carry this one? By the CPF code where both give it; a mention
 * without a code is taken for the same, since two that say one thing are worse than one.
 */
export function estDejaPortee({ codeCpf }: MentionCpf, telQuel: TelQuel): boolean {
  const numero = numeroDe(codeCpf);
  return telQuel.some(({ chemin, elements }) => {
    const [pas, ...suite] = lireChemin(chemin);
    if (pas?.nom !== "session" || pas.rang !== 1 || suite.length > 0 || !estListe(elements?.extras))
      return false;
    return elements.extras.some((item) => {
      if (!estChamps(item)) return false;
      const { info, numero: autre } = attributsDe(item);
      if (info !== INFO) return false;
      return numero === undefined || numeroDe(autre) === undefined || numeroDe(autre) === numero;
    });
  });
}

/**
 * LHEO `session/extras[@info="eligibilite-cpf"]`, one for each certification, as the readers of the national feed
 * know it; `@numero` is the CPF code alone, as a number, where there is one.
 */
export function buildEligibiliteCpf({ certification, codeCpf, debut, fin }: MentionCpf): Extras {
  const numero = numeroDe(codeCpf);
  return extras(
    INFO,
    [
      ["source", `France compétences ${certification}`],
      ...(debut === undefined ? [] : [["debut-validite", debut] as const]),
      ...(fin === undefined ? [] : [["fin-validite", fin] as const]),
      ...POUR_TOUS,
    ],
    numero === undefined ? undefined : { numero },
  );
}
