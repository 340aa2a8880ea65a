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
export const instant = (value: Date): string => INSTANT.format(value);

/** AAAAMMJJ → `lundi 2 novembre`. */
export function jourEnLettres(jour: string): string {
  return DAY.format(new Date(`${jour.slice(0, 4)}-${jour.slice(4, 6)}-${jour.slice(6, 8)}T00:00:00Z`));
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
