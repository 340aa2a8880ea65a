export { type Echeance, eligibleAt, visibleOn, watermark } from "./attente.ts";
export {
  addWorkingDays,
  type Calendrier,
  type Compte,
  closedBecause,
  countWorkingDays,
  type Fenetre,
  type JourSaute,
  zCalendrier,
  zFenetre,
} from "./calendrier.ts";
export {
  addDays,
  type CivilTime,
  dayNumber,
  parisInstant,
  parisTime,
  weekday,
  weekdayName,
} from "./civil.ts";
export { monotonic, type Stopwatch, stopwatch, wallClock } from "./clock.ts";
export { nextWindow } from "./fenetre.ts";
export { easter, joursFeries, ZONES, type Zone } from "./feries.ts";
