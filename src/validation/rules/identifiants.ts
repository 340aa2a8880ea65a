import { ndaDefect, siretDefect, uaiDefect } from "../../lheo/index.ts";
import type { Constats } from "./constats.ts";
import { memo } from "./memo.ts";

const defautSiret = memo((siret: string) => siretDefect(siret) ?? "");
const REPETE = /^(.)\1+$/;

/** A SIRET, of the responsable, of a formateur or of a place. Its length is the XSD's business when it is written. */
export function checkSiret(constats: Constats, siret: string, path: string): void {
  const value = siret;
  switch (defautSiret(siret)) {
    case "":
      if (siret.startsWith("MONACO")) constats.add("siret-monaco", path, { value });
      return;
    case "zeros":
      constats.add("siret-factice", path, { value });
      return;
    case "cle":
      constats.add(REPETE.test(siret) ? "siret-factice" : "siret-cle", path, { value });
      return;
    default:
      constats.add("siret-forme", path, { value });
  }
}

/** The number of déclaration d'activité. */
export function checkNda(constats: Constats, nda: string, path: string): void {
  const value = nda;
  const defect = ndaDefect(nda);
  if (REPETE.test(nda) || defect === "zeros" || nda === "12345678901") {
    constats.add("nda-factice", path, { value });
  } else if (defect === "composition") constats.add("nda-composition", path, { value });
  else if (defect !== undefined) constats.add("nda-forme", path, { value });
}

/** The number of a school, which Parcoursup and Affelnet know it by. */
export function checkUai(constats: Constats, uai: string | undefined, path: string): void {
  if (uai === undefined) return;
  const defect = uaiDefect(uai);
  if (defect === "cle") constats.add("uai-cle", path, { value: uai });
  else if (defect !== undefined) constats.add("uai-forme", path, { value: uai });
}
