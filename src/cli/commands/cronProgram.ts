import type { Command } from "commander";
import { speakFrench } from "../french.ts";

/** Declares `offre-info cron …` and `offre-info alerts …`. */
export function addCron(program: Command): void {
  const cron = speakFrench(program.command("cron")).description("les tâches programmées");
  speakFrench(cron.command("list"))
    .description("chaque tâche, son dernier passage et le prochain")
    .option("--json", "résultat en JSON")
    .action(async (options) => (await import("./cron.ts")).cronList(options));
  speakFrench(cron.command("run <tache>"))
    .description("lance une tâche tout de suite, sans toucher à son horaire")
    .option("--json", "résultat en JSON")
    .action(async (job, options) => (await import("./cron.ts")).cronRun(job, options));

  const alerts = speakFrench(program.command("alerts")).description("les alertes, et leur envoi");
  speakFrench(alerts.command("list"))
    .description("les alertes ouvertes")
    .option("--all", "aussi celles qui sont terminées")
    .option("--json", "résultat en JSON")
    .action(async (options) => (await import("./alerts.ts")).alertsList(options));
  speakFrench(alerts.command("test"))
    .description("envoie un message d'essai par chaque canal réglé")
    .action(async () => (await import("./alerts.ts")).alertsTest());
}
