import { daysInMonth, isFullDate } from "../../lheo/index.ts";
import type { Lieu, Voie } from "../../published/contract/index.ts";
import type { BrouillonSession } from "../contenu.ts";
import { parseDate } from "./saisies/index.ts";

/** A session to be, before it is created. */
export interface Plan {
  readonly periodes: readonly { readonly debut: string; readonly fin: string }[];
  readonly lieux: readonly Lieu[];
  readonly voies: readonly Voie[];
}

/**
 * One session for each date, place and voie d'accès (S90, S91): the rest of each is that of the model.
 * @param modele a session to copy, or nothing
 */
export function fabriquer(
  modele: BrouillonSession,
  { periodes, lieux, voies }: Plan,
): readonly BrouillonSession[] {
  const base = copieDe(modele);
  return voies.flatMap((voie) =>
    lieux.flatMap((lieu) => periodes.map((periode) => ({ ...base, voie, lieux: [lieu], ...periode }))),
  );
}

/**
 * Dates of sessions, one a line: « 04/01/2027 au 18/06/2027 », or one day alone.
 * @returns the periods in the order of the lines, or the first line that is none
 */
export function parsePeriodes(
  texte: string,
): { readonly periodes: Plan["periodes"] } | { readonly erreur: string } {
  const periodes: { debut: string; fin: string }[] = [];
  for (const line of texte.split(/\r\n?|\n/)) {
    const plain = line.trim().replace(/^du\s+/i, "");
    if (plain === "") continue;
    const [first = "", last = first, ...others] = plain.split(/\s+(?:au|à|-|–|→|>)\s+|\s*[;→]\s*|\t+/i);
    const [debut, fin] = [parseDate(first, "00000000"), parseDate(last, "99999999")];
    if (debut === undefined || fin === undefined || others.length > 0)
      return {
        erreur: `« ${line.trim()} » n'est pas une période. Écrivez une ligne par session : 04/01/2027 au 18/06/2027.`,
      };
    periodes.push({ debut, fin });
  }
  return { periodes };
}

/** A session for the year after, with the same days (S106): the 29 February becomes the 28. */
export function reconduire(contenu: BrouillonSession): BrouillonSession {
  const { debut, fin } = contenu;
  return {
    ...copieDe(contenu),
    ...(debut === undefined ? {} : { debut: anneeSuivante(debut) }),
    ...(fin === undefined ? {} : { fin: anneeSuivante(fin) }),
  };
}

/** Does a session run the whole year round, and so is to be opened again for the next one? */
export function estPermanente({ type_entree, debut, fin }: BrouillonSession): boolean {
  if (type_entree !== "permanentes" && type_entree !== "sequencees") return false;
  return debut !== undefined && fin !== undefined && isFullDate(debut) && isFullDate(fin) && debut <= fin;
}

/** The same day a year later; a date of which no year is known stays. */
function anneeSuivante(date: string): string {
  if (date === "00000000" || date === "99999999") return date;
  const annee = Number(date.slice(0, 4)) + 1;
  const [mois, jour] = [Number(date.slice(4, 6)), Number(date.slice(6, 8))];
  if (mois === 0) return `${annee}${date.slice(4)}`;
  const last = Math.min(jour, daysInMonth(annee, mois));
  return `${annee}${date.slice(4, 6)}${String(last).padStart(2, "0")}`;
}

/** Without what belongs to the one session: numbers of others, their dates, its meetings and its enrolment. */
function copieDe(contenu: BrouillonSession): BrouillonSession {
  const {
    numero_lheo: _,
    numero_action_lheo: __,
    datecrea: ___,
    datemaj: ____,
    periode_inscription: _____,
    tel_quel: ______,
    ...reste
  } = contenu;
  return reste;
}
