import type { Command } from "commander";
import { speakFrench } from "../french.ts";

/** `offre-info offre …`: what the published offer asks someone to do. */
export function addOffre(program: Command): void {
  const offre = speakFrench(program.command("offre")).description("état de l'offre publiée");
  speakFrench(offre.command("alertes"))
    .description(
      "actions sans session, sessions terminées qui vont disparaître, certifications et habilitations qui se terminent",
    )
    .option("--jours <n>", "sessions qui disparaissent dans ce délai", "14")
    .option("--max <n>", "lignes montrées par tableau", "30")
    .option("--json", "résultat en JSON")
    .action(async (options) => (await import("./offreAlertes.ts")).offreAlertes(options));
}
