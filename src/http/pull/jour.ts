const JOUR = new Intl.DateTimeFormat("fr-FR", { dateStyle: "long", timeZone: "Europe/Paris" });

/** An instant as its day in Paris: `12 octobre 2026`. */
export const jour = (at: Date): string => JOUR.format(at);
