/** How values read on the pages: in French, in Paris time. */

const NUMBER = new Intl.NumberFormat("fr-FR");
const INSTANT = new Intl.DateTimeFormat("fr-FR", {
  dateStyle: "medium",
  timeStyle: "short",
  timeZone: "Europe/Paris",
});
const DAY = new Intl.DateTimeFormat("fr-FR", {
  weekday: "long",
  day: "numeric",
  month: "long",
  timeZone: "UTC",
});

export const nombre = (value: number): string => NUMBER.format(value);
/** A count with its noun, in the plural from two: `1 envoi`, `2 envois`. */
export const compte = (value: number, nom: string): string =>
  `${nombre(value)} ${nom}${value > 1 ? "s" : ""}`;
export const instant = (value: Date): string => INSTANT.format(value);

/** AAAAMMJJ → its midnight in UTC, where the names of days and months are taken. */
const dateUtc = (jour: string): Date =>
  new Date(`${jour.slice(0, 4)}-${jour.slice(4, 6)}-${jour.slice(6, 8)}T00:00:00Z`);

/** AAAAMMJJ → `lundi 2 novembre`. */
export function jourEnLettres(jour: string): string {
  return DAY.format(dateUtc(jour));
}

/** Bytes → `1,2 Mo`. */
export function taille(octets: number): string {
  if (octets < 1000) return `${octets} octets`;
  const rank = Math.min(3, Math.floor(Math.log10(octets) / 3));
  const unit = ["", "ko", "Mo", "Go"][rank] ?? "Go";
  return `${new Intl.NumberFormat("fr-FR", { maximumFractionDigits: 1 }).format(octets / 1000 ** rank)} ${unit}`;
}

/** A hash as people compare it. */
export const court = (sha256: string): string => sha256.slice(0, 12);

const SECOND = new Intl.DateTimeFormat("fr-FR", {
  dateStyle: "medium",
  timeStyle: "medium",
  timeZone: "Europe/Paris",
});

/** The same as {@link instant}, to the second. */
export const instantPrecis = (value: Date): string => SECOND.format(value);

const SECONDES = new Intl.NumberFormat("fr-FR", { maximumFractionDigits: 1 });

/** Milliseconds → `340 ms`, `1,2 s`, `4 min`, `3 h`, `2 jours`. */
export function duree(ms: number): string {
  if (ms < 1000) return `${Math.round(ms)} ms`;
  if (ms < 60_000) return `${SECONDES.format(ms / 1000)} s`;
  if (ms < 7_200_000) return `${Math.round(ms / 60_000)} min`;
  return ms < 172_800_000 ? `${Math.round(ms / 3_600_000)} h` : `${Math.round(ms / 86_400_000)} jours`;
}

/** A date of the offer, AAAAMMJJ → JJ/MM/AAAA; a partial one as far as it is known. */
export function dateLheo(date: string): string {
  const [, year = "", month = "", day = ""] = /^(\d{4})(\d\d)(\d\d)$/.exec(date) ?? [];
  if (year === "" || year === "0000" || year === "9999") return "date inconnue";
  if (month === "00") return year;
  return day === "00" ? `${month}/${year}` : `${day}/${month}/${year}`;
}

/** Plain JSON as one reads it: `ouvertes 1, resolues 0`. */
export function enClair(valeur: unknown): string {
  if (typeof valeur !== "object" || valeur === null) return String(valeur ?? "rien");
  if (Array.isArray(valeur)) return valeur.map(enClair).join(", ");
  return Object.entries(valeur)
    .map(([nom, one]) => `${nom} ${enClair(one)}`)
    .join(", ");
}

/** « 1 session », « 2 000 sessions ». */
export const compter = (n: number, un: string, plusieurs: string): string =>
  `${nombre(n)} ${n < 2 ? un : plusieurs}`;

/** A number where there is little room: `950`, `1,2 k`, `12 k`. */
const ABREGE = new Intl.NumberFormat("fr-FR", { notation: "compact", maximumSignificantDigits: 2 });
export const abrege = (value: number): string => ABREGE.format(value);

const MOIS = new Intl.DateTimeFormat("fr-FR", { month: "short", timeZone: "UTC" });

/** AAAAMMJJ → `24`. */
export const jourCourt = (jour: string): string => String(Number(jour.slice(6, 8)));
/** AAAAMMJJ → `nov.` */
export const moisCourt = (jour: string): string => MOIS.format(dateUtc(jour));

/** A coordinate of a drawing: two decimals are enough for a screen. */
export const arrondi = (value: number): number => Math.round(value * 100) / 100;
