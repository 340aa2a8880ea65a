import { type Entree, keyOfCertification } from "../../feed/index.ts";
import type { CertificationVisee } from "../../published/contract/index.ts";
import { normaliseCodeBloc, normaliseReference, normaliseTextes } from "./valeurs.ts";

/** A `totale` without its blocs, or with some of them only, says no more than the certification (S101). */
export function normaliseVisee(
  visee: CertificationVisee,
  registre: Entree["certifications"],
): CertificationVisee {
  const codes = normaliseReference(visee);
  const connus = registre.get(keyOfCertification(visee) ?? "")?.blocs ?? [];
  const ecrire = (code: string): string => normaliseCodeBloc(code, visee.code_rncp);
  const blocs = visee.blocs.map(({ code, libelle }) => ({
    code: ecrire(code),
    libelle: libelle ?? normaliseTextes(connus.find((connu) => ecrire(connu.code) === ecrire(code))?.libelle),
  }));
  const tous =
    connus.length > 0 && connus.every((connu) => blocs.some(({ code }) => code === ecrire(connu.code)));
  const validation = visee.validation ?? (blocs.length === 0 ? undefined : tous ? "totale" : "partielle");
  const sansBlocs = blocs.length === 0 && codes.code_rncp === undefined;
  if (
    validation === undefined ||
    sansBlocs ||
    (validation === "totale" && blocs.length < Math.max(1, connus.length))
  )
    return { ...codes, blocs: [] };
  return { ...codes, validation, blocs };
}
