import type { Echeance } from "./attente.ts";
import { type Calendrier, closedBecause, type Fenetre, type JourSaute } from "./calendrier.ts";
import { addDays, parisInstant, parisTime, weekday } from "./civil.ts";

/** Days looked at before giving up on a calendar that never opens. */
const HORIZON = 400;

/** Why this window does not open on this day, or undefined when it does. */
function windowClosedBecause(jour: string, fenetre: Fenetre, calendrier: Calendrier): string | undefined {
  if (fenetre.jours === undefined) return closedBecause(jour, calendrier);
  if (calendrier.fermetures.includes(jour)) return "fermeture du destinataire";
  return fenetre.jours.includes(weekday(jour)) ? undefined : "pas de fenêtre ce jour-là";
}

/** First instant of the window opened on `jour` that is not before `instant`, if any. */
function openingOn(jour: string, fenetre: Fenetre, instant: Date): Date | undefined {
  const overnight = fenetre.fin <= fenetre.debut;
  const from = parisInstant(jour, fenetre.debut);
  const to = parisInstant(overnight ? addDays(jour, 1) : jour, fenetre.fin);
  if (instant < from) return from;
  return instant < to ? instant : undefined;
}

/**
 * The first instant, not before `instant`, at which the partner takes files.
 * @returns `instant` itself when a window is open or when the calendar has none; each day passed over is explained
 * @throws RangeError when no window opens in the next 400 days
 */
export function nextWindow(instant: Date, calendrier: Calendrier): Echeance {
  const { fenetres } = calendrier;
  if (fenetres === undefined) return { at: instant, explain: [] };
  const explain: JourSaute[] = [];
  const today = parisTime(instant).jour;
  // From yesterday: a window over midnight may still be open.
  for (let ahead = -1; ahead <= HORIZON; ahead += 1) {
    const jour = addDays(today, ahead);
    const closed = fenetres.map((fenetre) => windowClosedBecause(jour, fenetre, calendrier));
    const found = fenetres
      .filter((_, rank) => closed[rank] === undefined)
      .map((fenetre) => openingOn(jour, fenetre, instant))
      .filter((at) => at !== undefined)
      .sort((a, b) => a.getTime() - b.getTime())[0];
    if (found !== undefined) return { at: found, explain };
    const raison = closed.find((reason) => reason !== undefined) ?? "fenêtre passée";
    if (ahead >= 0) explain.push({ jour, raison });
  }
  throw new RangeError(
    `no window of this calendar opens in the ${HORIZON} days after ${instant.toISOString()}`,
  );
}
