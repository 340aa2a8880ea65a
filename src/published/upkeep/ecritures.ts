import { daysInMonth } from "../../lheo/index.ts";

/** The dates of LHEO whose first possible day is this one: itself, its month or its year when it begins them. */
export function ecrituresDuPremierJour(jour: string): readonly string[] {
  return [
    jour,
    ...(jour.endsWith("01") ? [`${jour.slice(0, 6)}00`] : []),
    ...(jour.endsWith("0101") ? [`${jour.slice(0, 4)}0000`] : []),
  ];
}

/** The dates of LHEO whose last possible day is this one: itself, its month or its year when it ends them. */
export function ecrituresDuDernierJour(jour: string): readonly string[] {
  const [annee, mois, jourDuMois] = [jour.slice(0, 4), jour.slice(4, 6), jour.slice(6)];
  return [
    jour,
    ...(Number(jourDuMois) === daysInMonth(Number(annee), Number(mois)) ? [`${annee}${mois}00`] : []),
    ...(jour.endsWith("1231") ? [`${annee}0000`] : []),
  ];
}
