import {
  type CronLine,
  cronTable,
  DejaEnCours,
  type Ending,
  JOBS,
  type Job,
  openOutils,
  runByHand,
} from "../../cron/index.ts";
import { horloge } from "../../db/index.ts";
import { openDatabase, readContext, withDatabase } from "../context.ts";
import { acteur } from "../operateur.ts";
import { EXIT, Failure, instant, print, printJson, table } from "../output.ts";

/** `offre-info cron list`. */
export async function cronList(options: { json?: true }): Promise<void> {
  await withDatabase(openDatabase(readContext()), async ({ db }) => {
    const lines = await cronTable(db, JOBS, await horloge(db));
    if (options.json === true) return printJson(lines);
    print(
      table(
        ["tâche", "dernier passage", "résultat", "prochain", "ce qu'elle fait"],
        lines.map((line) => [
          line.id,
          line.derniere?.debut === null || line.derniere === null ? "jamais" : instant(line.derniere.debut),
          resultOf(line),
          instant(line.prochaine),
          line.description,
        ]),
      ),
    );
  });
}

const WORDS = { en_cours: "en cours", a_reprendre: "échec, à reprendre", faite: "faite", echouee: "échec" };

function resultOf({ derniere }: CronLine): string {
  if (derniere === null) return "";
  const why =
    derniere.erreur === null || derniere.etat === "faite" ? "" : ` : ${derniere.erreur.slice(0, 80)}`;
  return `${WORDS[derniere.etat]}${derniere.manuel ? " (à la main)" : ""}${why}`;
}

/** `offre-info cron run`: exit 1 when the job failed. */
export async function cronRun(id: string, options: { json?: true }): Promise<void> {
  const job = findJob(id);
  const context = readContext();
  await withDatabase(openDatabase(context), async ({ db }) => {
    const ending = await run(job, await openOutils(db, context));
    if (options.json === true) printJson(ending);
    else print(describe(job, ending));
    if (!("bilan" in ending)) process.exitCode = EXIT.negative;
  });
}

function findJob(id: string): Job {
  const job = JOBS.find((one) => one.id === id);
  if (job !== undefined) return job;
  throw new Failure(
    `Tâche « ${id} » inconnue. Tâches : ${JOBS.map((one) => one.id).join(", ")}.`,
    EXIT.usage,
  );
}

async function run(job: Job, outils: Parameters<typeof runByHand>[1]): Promise<Ending> {
  try {
    return await runByHand(job, outils, { acteur: acteur(), signal: new AbortController().signal });
  } catch (error) {
    if (error instanceof DejaEnCours) throw new Failure(error.message, EXIT.negative);
    throw error;
  }
}

function describe({ id }: Job, ending: Ending): string {
  if ("erreur" in ending) return `La tâche « ${id} » a échoué : ${ending.erreur}`;
  if ("interrompue" in ending) return `La tâche « ${id} » a été interrompue.`;
  const done = Object.entries(ending.bilan).map(([name, value]) => `  ${name} : ${JSON.stringify(value)}`);
  return [`La tâche « ${id} » est faite.`, ...done].join("\n");
}
