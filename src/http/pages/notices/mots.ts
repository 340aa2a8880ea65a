import { CATALOGUE, type NoticeCode, ruleOf, type Severity, type Who } from "../../../notices/index.ts";

export const QUI: Readonly<Record<Who, string>> = {
  organisme: "l'organisme de formation",
  controle: "l'équipe de contrôle",
  exploitation: "l'exploitation",
  partenaire: "le partenaire",
};

export const GRAVITES: readonly Severity[] = ["bloquant", "avertissement", "information"];

/**
 * Codes of the catalogue that these words are about, what sets aside first, then what was said most.
 * @param nombre times that a code was said
 */
export function chercherRegles(
  mots: string,
  gravite: Severity | undefined,
  nombre: (code: NoticeCode) => number,
): NoticeCode[] {
  const asked = plain(mots).split(/\s+/).filter(Boolean);
  return (Object.keys(CATALOGUE) as NoticeCode[])
    .filter((code) => {
      const { titre, severity, source } = ruleOf(code);
      const text = plain(`${code} ${titre} ${source}`);
      return (gravite === undefined || severity === gravite) && asked.every((word) => text.includes(word));
    })
    .sort((a, b) => rank(a) - rank(b) || nombre(b) - nombre(a));
}

const rank = (code: NoticeCode): number => GRAVITES.indexOf(ruleOf(code).severity);

const plain = (text: string): string => text.normalize("NFD").replaceAll(/\p{M}/gu, "").toLowerCase();
