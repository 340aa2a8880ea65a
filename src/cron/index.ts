/**
 * What is done at set times, in one table (`jobs.ts`). A slot is a row of `cron_run`: claimed under a lease on the clock
 * of the database, run once over any number of processes, begun again when its worker vanished, caught up after a stop.
 *
 *   slot ─ claim ─▶ en_cours ─▶ faite | a_reprendre (─▶ en_cours) | echouee        missed and not run: sautee
 */
export { DejaEnCours, runByHand } from "./byHand.ts";
export { nextSlot, slotsBefore } from "./creneaux.ts";
export type { Ending } from "./end.ts";
export type { Job, JobContext, Outils } from "./job.ts";
export { JOBS } from "./jobs.ts";
export { openOutils } from "./outils.ts";
export { type Cron, type CronOptions, startCron } from "./start.ts";
export { type CronLine, cronTable, type LastRun } from "./table.ts";
export { abandons, type Constat, partenairesArretes, retards, retenues } from "./veille/index.ts";
