import type { Command } from "commander";
import { speakFrench } from "../french.ts";

/** Declares `offre-info deliveries …`; each command is loaded when it is called. */
export function addDeliveries(program: Command): void {
  const group = speakFrench(program.command("deliveries")).description(
    "montre les diffusions, les annule, les retient, les rejoue",
  );
  const add = (signature: string, description: string): Command =>
    speakFrench(group.command(signature)).description(description);

  filters(add("list", "liste les diffusions, les plus récentes d'abord"))
    .option("--limit <n>", "nombre montré", "50")
    .option("--apres <diffusion>", "la suite, après celle-ci")
    .option("--json", "résultat en JSON")
    .action(async (options) => (await import("./deliveries.ts")).listCommand(options));

  add(
    "show <diffusion>",
    "dit tout d'une diffusion : date et jours passés, contenu, tentatives, accusés, audit",
  )
    .option("--file [chemin]", "dit où est son fichier, ou l'y copie")
    .option("--json", "résultat en JSON")
    .action(async (id, options) => (await import("./deliveriesShow.ts")).showCommand(id, options));

  filters(
    add("replay [diffusions...]", "rejoue des diffusions, par leur nom ou par critères, après un aperçu"),
  )
    .option("--lot <n>", "donne son accord à un rejeu, ou le reprend où il en était")
    .option("--abandon", "avec --lot : abandonne ce qui n'est pas fait")
    .option("--motif <texte>", "pourquoi, pour le journal d'audit")
    .option("--yes", "ne demande pas de confirmation")
    .action(async (ids, options) => (await import("./deliveriesReplay.ts")).replayCommand(ids, options));

  const act = (signature: string, description: string): Command =>
    add(signature, description)
      .requiredOption("--motif <texte>", "pourquoi, pour le journal d'audit")
      .option("--yes", "ne demande pas de confirmation");
  const verbs = {
    cancel: "annule une diffusion qui attend",
    hold: "retient une diffusion qui attend",
    release: "libère une diffusion retenue",
  } as const;
  for (const verb of ["cancel", "hold", "release"] as const)
    act(`${verb} <diffusion>`, verbs[verb]).action(async (id, options) =>
      (await import("./deliveries.ts")).actCommand(verb, id, options),
    );
  const partners = {
    pause: "suspend les envois à un destinataire",
    resume: "reprend les envois à un destinataire",
  } as const;
  for (const verb of ["pause", "resume"] as const)
    act(`${verb} <destinataire>`, partners[verb]).action(async (id, options) =>
      (await import("./deliveries.ts")).partnerCommand(verb, id, options),
    );
}

/** The criteria that listing and replaying share. */
function filters(command: Command): Command {
  return command
    .option("--partner <destinataires>", "de ces destinataires, séparés par des virgules")
    .option("--profile <profils>", "de ces profils")
    .option("--etat <états>", "dans ces états : programmée, arrivée, abandonnée, retenue…")
    .option("--since <instant>", "créées ou tentées depuis : 24/11/2026, « 2026-11-23 20:00 », 12h, 3j")
    .option("--until <instant>", "créées ou tentées jusqu'à (un jour seul est compris)")
    .option("--issue <classes>", "dont une tentative s'est terminée ainsi : delai, temporaire, refusee…")
    .option("--session <numéro>", "dont le fichier contenait cette session");
}
