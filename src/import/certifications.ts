import type * as lheo from "../lheo/index.ts";
import { type AsRead, textOf } from "../lheo/index.ts";
import type { CertificationVisee, CodesCertification } from "../published/contract/index.ts";
import { compact } from "./valeurs.ts";

/** LHEO `certification`. */
export function readCertification(certification: AsRead<lheo.Certification>): CodesCertification {
  return compact({
    code_rncp: textOf(certification["code-RNCP"]),
    code_certifinfo: textOf(certification["code-CERTIFINFO"]),
    code_rs: textOf(certification["code-RS"]),
    code_cpf: textOf(certification["code-CPF"]),
    code_formacode: textOf(certification["reference-code-FORMACODE"]),
  });
}

/** LHEO `reference-certification`. */
export function readReference(
  reference: AsRead<lheo.ReferenceCertification> | undefined,
): CodesCertification {
  return compact({
    code_rncp: textOf(reference?.["reference-code-RNCP"]),
    code_certifinfo: textOf(reference?.["reference-code-CERTIFINFO"]),
    code_rs: textOf(reference?.["reference-code-RS"]),
  });
}

/** dict-type-validation-blocs. */
const VALIDATIONS: Readonly<Record<string, CertificationVisee["validation"]>> = {
  "0": "partielle",
  "1": "totale",
  "2": "mixte",
};

/** What makes two references one; none when it names no certification. */
export function keyOfReference(reference: AsRead<lheo.ReferenceCertification>): string | undefined {
  const { code_rncp, code_certifinfo, code_rs } = readReference(reference);
  const codes = [code_rncp ?? "", code_certifinfo ?? "", code_rs ?? ""];
  return codes.every((code) => code.trim() === "") ? undefined : JSON.stringify(codes);
}

/**
 * The certifications that a session aims at: its `reference-certification`, each with its `blocs-competences`;
 * blocs of a certification that is not referred to come after. What is said of one again is not in it.
 */
export function readCertificationsVisees(session: AsRead<lheo.Session>): CertificationVisee[] {
  const visees = new Map<string, CertificationVisee>();
  for (const reference of session["reference-certification"] ?? []) {
    const key = keyOfReference(reference);
    if (key !== undefined && !visees.has(key)) visees.set(key, { ...readReference(reference), blocs: [] });
  }
  const met = new Set<string>();
  for (const groupe of session["blocs-competences"] ?? []) {
    const reference = groupe["reference-certification"] ?? {};
    const key = keyOfReference(reference);
    if (key === undefined || met.has(key)) continue;
    met.add(key);
    const blocs = (groupe["bloc-competences"] ?? []).map((bloc) => ({
      code: textOf(bloc["code-bloc"]) ?? "",
      libelle: textOf(bloc["libelle-bloc"]) ?? "",
    }));
    const validation = VALIDATIONS[textOf(groupe["validation-blocs"]) ?? ""];
    visees.set(key, compact({ ...readReference(reference), validation, blocs }));
  }
  return [...visees.values()];
}
