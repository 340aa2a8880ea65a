import { datePrecision } from "../../../lheo/index.ts";
import { type Codec, simple, textOf } from "./codec.ts";

const MOIS = ["janv", "fevr", "mars", "avri", "mai", "juin", "juil", "aout", "sept", "octo", "nove", "dece"];

/** AAAAMMJJ → `04/01/2027`, `01/2027` or `2027` as far as it is known; as it is when it is no date. */
export function formatDate(date: string): string {
  const [annee, mois, jour] = [date.slice(0, 4), date.slice(4, 6), date.slice(6, 8)];
  switch (datePrecision(date)) {
    case "jour":
      return `${jour}/${mois}/${annee}`;
    case "mois":
      return `${mois}/${annee}`;
    case "annee":
      return annee;
    case "inconnue":
      return "inconnue";
    default:
      return date;
  }
}

/**
 * Reads a date as people write it: `4/1/2027`, `04.01.27`, `2027-01-04`, `4 janvier 2027`, the month or the year alone.
 * @param inconnue what the word « inconnue » stands for here
 * @returns AAAAMMJJ, or undefined when it is no date or no day that ever was
 */
export function parseDate(text: string, inconnue: "00000000" | "99999999"): string | undefined {
  const plain = text
    .trim()
    .toLowerCase()
    .normalize("NFD")
    .replaceAll(/\p{Mn}/gu, "");
  if (/^(?:date )?(?:inconnue?|non connue)$/.test(plain)) return inconnue;
  const read = inDigits(plain) ?? inWords(plain);
  return read !== undefined && datePrecision(read) !== undefined && datePrecision(read) !== "inconnue"
    ? read
    : undefined;
}

function inDigits(text: string): string | undefined {
  if (/^(?:19|20)\d{6}$/.test(text)) return text;
  const parts = text.split(/[\s/.-]+/);
  if (!parts.every((part) => /^\d{1,4}$/.test(part))) return undefined;
  const [a = "", b = "", c = ""] = parts;
  if (parts.length === 1) return a.length === 4 ? date(a, "", "") : undefined;
  if (parts.length === 2) return a.length === 4 ? date(a, b, "") : date(b, a, "");
  if (parts.length === 3) return a.length === 4 ? date(a, b, c) : date(c, b, a);
  return undefined;
}

function inWords(text: string): string | undefined {
  const [, jour = "", nom = "", annee = ""] =
    /^(?:(\d{1,2})(?:er)? )?([a-z]+)\.? (\d{2,4})$/.exec(text) ?? [];
  const rang = MOIS.findIndex((mois) => nom.length >= 3 && (nom.startsWith(mois) || mois.startsWith(nom)));
  return rang === -1 ? undefined : date(annee, String(rang + 1), jour);
}

/** A year of two digits is of this century; a month or a day that is blank is not known. */
function date(annee: string, mois: string, jour: string): string | undefined {
  const year = annee.length === 2 ? `20${annee}` : annee;
  if (year.length !== 4 || mois.length > 2 || jour.length > 2) return undefined;
  if ([mois, jour].some((part) => /^0+$/.test(part))) return undefined;
  return `${year}${mois.padStart(2, "0")}${jour.padStart(2, "0")}`;
}

export const erreurDeDate = (texte: string): string =>
  `« ${texte} » n'est pas une date. Écrivez jj/mm/aaaa (04/01/2027), ou mm/aaaa si le jour n'est pas encore fixé.`;

export function date_(inconnue: "00000000" | "99999999"): Codec {
  return simple(
    (valeur) => formatDate(textOf(valeur)),
    (texte) => {
      const valeur = parseDate(texte, inconnue);
      return valeur === undefined ? { erreur: erreurDeDate(texte) } : { valeur };
    },
  );
}
