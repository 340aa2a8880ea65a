import { dayNumber, dayOf } from "./civil.ts";

/** Where the public holidays are those of a partner: the law differs by territory (code du travail, L3133-1, L3134-13, L3422-2). */
export const ZONES = [
  "metropole",
  "alsace-moselle",
  "guadeloupe",
  "martinique",
  "guyane",
  "reunion",
  "mayotte",
  "saint-barthelemy",
  "saint-martin",
  "saint-pierre-et-miquelon",
] as const;
export type Zone = (typeof ZONES)[number];

const FIXED: readonly (readonly [string, string])[] = [
  ["0101", "jour de l'An"],
  ["0501", "fête du Travail"],
  ["0508", "victoire de 1945"],
  ["0714", "fête nationale"],
  ["0815", "Assomption"],
  ["1101", "Toussaint"],
  ["1111", "armistice de 1918"],
  ["1225", "Noël"],
];

/** Days after Easter Sunday. */
const MOVABLE: readonly (readonly [number, string])[] = [
  [1, "lundi de Pâques"],
  [39, "Ascension"],
  [50, "lundi de Pentecôte"],
];

const ABOLITION = "abolition de l'esclavage";
const ZONE_FIXED: Partial<Record<Zone, readonly (readonly [string, string])[]>> = {
  "alsace-moselle": [["1226", "Saint-Étienne"]],
  guadeloupe: [["0527", ABOLITION]],
  martinique: [["0522", ABOLITION]],
  guyane: [["0610", ABOLITION]],
  reunion: [["1220", ABOLITION]],
  mayotte: [["0427", ABOLITION]],
  "saint-barthelemy": [["1009", ABOLITION]],
  "saint-martin": [["0528", ABOLITION]],
};
const ZONE_MOVABLE: Partial<Record<Zone, readonly (readonly [number, string])[]>> = {
  "alsace-moselle": [[-2, "Vendredi saint"]],
};

/** Easter Sunday of a year of the Gregorian calendar, `AAAAMMJJ` (Meeus, Jones and Butcher). */
export function easter(year: number): string {
  const a = year % 19;
  const b = Math.floor(year / 100);
  const c = year % 100;
  const d = Math.floor((b - Math.floor((b + 8) / 25) + 1) / 3);
  const h = (19 * a + b - Math.floor(b / 4) - d + 15) % 30;
  const l = (32 + 2 * (b % 4) + 2 * Math.floor(c / 4) - h - (c % 4)) % 7;
  const m = Math.floor((a + 11 * h + 22 * l) / 451);
  const n = h + l - 7 * m + 114;
  const month = String(Math.floor(n / 31)).padStart(2, "0");
  return `${year}${month}${String((n % 31) + 1).padStart(2, "0")}`;
}

const known = new Map<string, ReadonlyMap<string, string>>();

/** Public holidays of a year in a zone: `AAAAMMJJ` → French name. Today's law, whatever the year. */
export function joursFeries(year: number, zone: Zone): ReadonlyMap<string, string> {
  const key = `${zone} ${year}`;
  const found = known.get(key);
  if (found !== undefined) return found;
  const sunday = dayNumber(easter(year));
  const made = new Map<string, string>([
    ...[...FIXED, ...(ZONE_FIXED[zone] ?? [])].map(([day, nom]) => [`${year}${day}`, nom] as const),
    ...[...MOVABLE, ...(ZONE_MOVABLE[zone] ?? [])].map(
      ([after, nom]) => [dayOf(sunday + after), nom] as const,
    ),
  ]);
  known.set(key, made);
  return made;
}
