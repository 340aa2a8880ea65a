import type { Command } from "commander";
import { speakFrench } from "../french.ts";

/** Declares `offre-info audit …`. */
export function addAudit(program: Command): void {
  const group = speakFrench(program.command("audit")).description("le journal des actes, et sa vérification");
  speakFrench(group.command("verify"))
    .description("vérifie que rien n'a été modifié, retiré ni glissé dans le journal")
    .option("--from <n>", "ligne de départ", "1")
    .option("--ancre <n:hash>", "tête notée lors d'une vérification passée")
    .option("--json", "résultat en JSON")
    .action(async (options) => (await import("./audit.ts")).verifyCommand(options));
  speakFrench(group.command("list"))
    .description("les derniers actes")
    .option("--objet <type:id>", "seulement sur cet objet : diffusion:…, partenaire:…, rejeu:…")
    .option("--acteur <acteur>", "seulement de cette personne : console:<compte>")
    .option("--avant <n>", "la suite, avant cette ligne")
    .option("--limit <n>", "nombre montré", "50")
    .option("--json", "résultat en JSON")
    .action(async (options) => (await import("./audit.ts")).listCommand(options));
}
