import {
  type AsRead,
  attributeOf,
  datePrecision,
  firstDay,
  isFullDate,
  lastDay,
  type Periode,
} from "../../lheo/index.ts";
import { type Constats, texte } from "./constats.ts";

/** Is `a` surely after `b`? */
function apres(a: string, b: string): boolean {
  const premier = firstDay(a);
  const dernier = lastDay(b);
  return premier !== undefined && dernier !== undefined && premier > dernier;
}

type Role = "debut" | "fin";

/** The date of an unknown day, by role: a reader takes the other one for a real date. */
const INCONNUES: Readonly<Record<Role, string>> = { debut: "00000000", fin: "99999999" };
const CHAMPS: Readonly<Record<Role, string>> = { debut: "La date de début", fin: "La date de fin" };

/** A date that must be one; undefined when it is. What is not even written as a date is the XSD's business. */
export function checkDate(constats: Constats, date: string | undefined, path: string, champ: string): void {
  if (date !== undefined && /^\d{8}$/.test(date) && datePrecision(date) === undefined) {
    constats.add("date-impossible", path, { value: date, champ });
  }
}

/** The period of a session: real dates, in order, unknown ones written as such. */
export function checkPeriodeDeSession(
  constats: Constats,
  periode: AsRead<Periode> | undefined,
  path: string,
): void {
  if (periode === undefined) return;
  const debut = texte(periode.debut);
  const fin = texte(periode.fin);
  checkBorne(constats, debut, "debut", `${path}/debut`);
  checkBorne(constats, fin, "fin", `${path}/fin`);
  if (apres(debut, fin)) constats.add("fin-avant-debut", `${path}/fin`, { value: fin, attendu: debut });
  else if (years(debut, fin) > 10)
    constats.add("periode-trop-longue", `${path}/fin`, { value: fin, attendu: debut });
}

function checkBorne(constats: Constats, date: string, role: Role, path: string): void {
  checkDate(constats, date, path, CHAMPS[role]);
  switch (datePrecision(date)) {
    case "inconnue":
      if (date === INCONNUES[role]) constats.add(`date-${role}-inconnue`, path, { value: date });
      else constats.add("date-inconnue-mal-ecrite", path, { value: date, attendu: INCONNUES[role] });
      return;
    case "mois":
    case "annee":
      constats.add("date-partielle", path, { value: date, champ: CHAMPS[role] });
  }
}

function years(debut: string, fin: string): number {
  const [from, to] = [firstDay(debut), lastDay(fin)];
  return from === undefined || to === undefined ? 0 : (Number(to) - Number(from)) / 10_000;
}

/** Another period: enrolment, recruitment. */
export function checkPeriode(
  constats: Constats,
  periode: AsRead<Periode> | undefined,
  path: string,
  champ: string,
): void {
  if (periode === undefined) return;
  const debut = texte(periode.debut);
  const fin = texte(periode.fin);
  checkDate(constats, debut, `${path}/debut`, `${champ} : le début`);
  checkDate(constats, fin, `${path}/fin`, `${champ} : la fin`);
  if (apres(debut, fin)) {
    constats.add("periode-inversee", `${path}/fin`, { value: fin, attendu: debut, champ });
  }
}

/** Does it begin after the session has surely ended? */
export function apresSession(
  periode: AsRead<Periode> | undefined,
  session: AsRead<Periode> | undefined,
): boolean {
  const debut = texte(periode?.debut);
  return debut !== "99999999" && apres(debut, texte(session?.fin));
}

const ISO = /^(\d{4})-(\d\d)-(\d\d)(?:T[\d:.]+(?:Z|[+-]\d\d:?\d\d)?)?$/;

/**
 * `@datecrea` and `@datemaj`, typed as plain text by the language. A national reader turns them to dates: what is no
 * day stops its import, `00000000` included but on an action.
 */
export function checkSuivi(
  constats: Constats,
  element: { readonly "@"?: Readonly<Record<string, string>> | undefined } | undefined,
  path: string,
  tolere: string,
): void {
  const crea = attributeOf(element, "datecrea");
  const maj = attributeOf(element, "datemaj");
  checkJour(constats, crea, `${path}@datecrea`, "La date de création (datecrea)", tolere);
  checkJour(constats, maj, `${path}@datemaj`, "La date de mise à jour (datemaj)", tolere);
  if (crea !== undefined && maj !== undefined && apres(crea, maj)) {
    constats.add("datemaj-avant-datecrea", `${path}@datemaj`, { value: maj, attendu: crea });
  }
}

function checkJour(
  constats: Constats,
  date: string | undefined,
  path: string,
  champ: string,
  tolere: string,
): void {
  if (date === undefined || datePrecision(date) === "jour") return;
  const [, year = "", month = "", day = ""] = ISO.exec(date) ?? [];
  if (isFullDate(year + month + day)) constats.add("datemaj-format", path, { value: date, champ });
  else if (date === tolere) constats.add("datemaj-illisible", path, { value: date, champ, partners: [] });
  else constats.add("datemaj-illisible", path, { value: date, champ });
}
