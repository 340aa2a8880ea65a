import type { Command } from "commander";
import { speakFrench } from "../french.ts";

/** Declares `offre-info receipts …`; each command is loaded when it is called. */
export function addReceipts(program: Command): void {
  const group = speakFrench(program.command("receipts")).description(
    "accusés des partenaires : ce qu'ils ont reçu, et ce qu'ils ont fait de chaque session",
  );
  const add = (signature: string, description: string): Command =>
    speakFrench(group.command(signature)).description(description);

  add("show <diffusion>", "montre les accusés d'une diffusion : comptes, sessions refusées, que faire")
    .option("--max <n>", "nombre de sessions montrées", "50")
    .option("--json", "résultat en JSON")
    .action(async (id, options) => (await import("./receipts.ts")).showCommand(id, options));

  add("take <partenaire> <fichier>", "lit un accusé que le partenaire a envoyé autrement (courriel, portail)")
    .option("--etape <etape>", "reception ou traitement, quand le nom du fichier ne le dit pas")
    .option("--json", "résultat en JSON")
    .action(async (partner, file, options) =>
      (await import("./receipts.ts")).takeCommand(partner, file, options),
    );

  add(
    "format <partenaire> [fichier]",
    "montre comment sont lus les accusés d'un partenaire, ou l'enregistre depuis un fichier JSON",
  ).action(async (partner, file) => (await import("./receipts.ts")).formatCommand(partner, file));
}
