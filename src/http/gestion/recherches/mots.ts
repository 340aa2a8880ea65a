import type { CertificationTrouvee } from "../../../catalogue/index.ts";
import { dateLheo } from "../../pages/format.ts";

/** The national search of certifications, to check one in (S80). */
export const RECHERCHE_NATIONALE =
  "https://reseau.intercariforef.org/formations/recherche-certifications.html";

/** The day that goes with the state of its registration. */
export function jourDeLEnregistrement({
  enregistrement,
  debut_validite,
  fin_validite,
}: Pick<CertificationTrouvee, "enregistrement" | "debut_validite" | "fin_validite">): string {
  if (enregistrement === "a_venir") return `le ${dateLheo(debut_validite ?? "")}`;
  if (fin_validite === null) return "";
  return `${enregistrement === "echue" ? "le" : "jusqu'au"} ${dateLheo(fin_validite)}`;
}

const HABILITATIONS: Readonly<Record<CertificationTrouvee["habilitation"], string>> = {
  habilite: "habilité",
  non_declaree: "non déclaré",
  sans_declaration: "sans déclaration",
};

/** May the organisme prepare for it, as the register says. */
export const motDeLHabilitation = ({ habilitation }: Pick<CertificationTrouvee, "habilitation">): string =>
  HABILITATIONS[habilitation];

/** The codes that it is known by, on one line. */
export function codesDe({
  code_rncp,
  code_rs,
  code_certifinfo,
}: Pick<CertificationTrouvee, "code_rncp" | "code_rs" | "code_certifinfo">): string {
  return [code_rncp, code_rs, code_certifinfo === null ? null : `Certif Info ${code_certifinfo}`]
    .filter((code) => code !== null)
    .join(" · ");
}
