import type { Knex } from "knex";
import { type Alerte, closeAlert, openAlert } from "../../alert/index.ts";
import { parisTime } from "../../calendar/index.ts";
import { addDays } from "../../lheo/index.ts";
import { type Echeance, readEcheances } from "../../published/index.ts";
import type { Job } from "../job.ts";

/** Weeks before a certification, or the right of an OF to it, is over, and until it is renewed or no longer used. */
export const certifications: Job = {
  id: "certifications",
  description:
    "Alerte des semaines à l'avance quand une certification, ou l'habilitation d'un organisme, se termine alors que des actions l'annoncent",
  horaire: "30 6 * * *",
  rattrapage: "dernier",
  async run({ db, maintenant, alertExpiryWeeks }) {
    const { jour } = parisTime(maintenant);
    const horizon = addDays(jour, 7 * Math.max(0, ...alertExpiryWeeks));
    const echeances = await readEcheances(db, horizon);
    const alertes = echeances.flatMap((echeance) => alerteDe(echeance, jour, alertExpiryWeeks) ?? []);
    return db.transaction((trx) => rappeler(trx, alertes));
  },
};

interface Rappel extends Alerte {
  readonly code: (typeof CODES)[number];
  readonly detail: Readonly<Record<string, unknown>> & { readonly semaines: number };
}

/** The last step, once it is over. */
const TERMINEE = -1;

const CODES = ["certification-expire", "habilitation-expire"] as const;

/** The alert of an end at this day; undefined when none of the steps is reached. Pure. */
function alerteDe(echeance: Echeance, jour: string, weeks: readonly number[]): Rappel | undefined {
  const { genre, certification, intitule, organisme, fin, actions, organismes, exemples } = echeance;
  const terminee = fin < jour;
  const reached = weeks.filter((week) => fin <= addDays(jour, 7 * week)).sort((a, b) => a - b);
  const semaines = terminee ? TERMINEE : reached[0];
  if (semaines === undefined) return undefined;
  const quand = `${terminee ? "est terminée depuis" : "se termine"} le ${enFrancais(fin)}`;
  const quoi =
    genre === "certification"
      ? `La certification ${certification}${intitule === undefined ? "" : ` (${intitule})`} ${quand}`
      : `L'habilitation de l'organisme ${organisme} pour ${certification} ${quand}`;
  const qui = genre === "certification" ? ` de ${compte(organismes, "organisme")}` : "";
  const cle = organisme === undefined ? certification : `${organisme}|${certification}`;
  return {
    cle: `${genre}-expire:${cle}`,
    code: `${genre}-expire`,
    message: `${quoi} ; ${compte(actions, "action")}${qui} l'annonce${actions > 1 ? "nt" : ""}.`,
    detail: { semaines, certification, fin, actions, organismes, exemples },
  };
}

const enFrancais = (jour: string): string => `${jour.slice(6)}/${jour.slice(4, 6)}/${jour.slice(0, 4)}`;
const compte = (nombre: number, nom: string): string => `${nombre} ${nom}${nombre > 1 ? "s" : ""}`;

/**
 * Brings the alerts to what is true now. At each new step the alert is closed and opened again in one transaction, which
 * whoever sends them tells as one message: the reminder.
 */
async function rappeler(
  trx: Knex.Transaction,
  alertes: readonly Rappel[],
): Promise<{ readonly ouvertes: number; readonly rappels: number; readonly resolues: number }> {
  const open: { cle: string; semaines: number | null }[] = await trx("alert")
    .whereIn("code", CODES)
    .whereNull("closed_at")
    .select("cle", trx.raw("(detail->>'semaines')::int AS semaines"));
  const steps = new Map(open.map(({ cle, semaines }) => [cle, semaines]));
  const done = { ouvertes: 0, rappels: 0, resolues: 0 };
  for (const alerte of alertes) {
    const step = steps.get(alerte.cle) ?? undefined;
    const rappel = step !== undefined && alerte.detail.semaines < step;
    if (rappel) await closeAlert(trx, alerte.cle);
    const opened = await openAlert(trx, alerte);
    if (rappel) done.rappels += 1;
    else if (opened) done.ouvertes += 1;
  }
  const wanted = new Set(alertes.map(({ cle }) => cle));
  for (const { cle } of open) if (!wanted.has(cle) && (await closeAlert(trx, cle))) done.resolues += 1;
  return done;
}
