import type { Command } from "commander";
import { speakFrench } from "../french.ts";

/** Declares `offre-info catalogue …`. */
export function addCatalogue(program: Command): void {
  const group = speakFrench(program.command("catalogue")).description(
    "fiches des organismes et leur contrôle",
  );
  speakFrench(group.command("adopt"))
    .description(
      "ouvre une fiche pour chaque formation publiée qui n'en a pas : après un import, ou la démonstration",
    )
    .option("--origine <origine...>", "d'où viennent les formations à reprendre", ["import"])
    .option("--json", "résultat en JSON")
    .action(async (options) => (await import("./catalogue.ts")).adopt(options));
}
