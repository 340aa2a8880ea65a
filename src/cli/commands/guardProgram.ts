import type { Command } from "commander";
import { speakFrench } from "../french.ts";

/** Declares `offre-info guard …`. */
export function addGuard(program: Command): void {
  const group = speakFrench(program.command("guard")).description(
    "flux retenus parce que trop de sessions en disparaîtraient sans cause enregistrée",
  );
  const add = (signature: string, description: string): Command =>
    speakFrench(group.command(signature)).description(description);
  add("list", "dit quels flux sont retenus, et pourquoi")
    .option("--json", "résultat en JSON")
    .action(async (options) => (await import("./guard.ts")).guardList(options));
  add("show <profil>", "montre ce qui disparaîtrait, par organisme")
    .option("--all", "toutes les sessions")
    .option("--csv", "toutes les sessions, pour un tableur")
    .option("--json", "résultat en JSON")
    .action(async (profil, options) => (await import("./guard.ts")).guardShow(profil, options));
  const verbs = {
    release: "laisse disparaître ce qui est retenu",
    refuse: "n'accepte rien de ce qui est retenu, et fait juger de nouveau",
  } as const;
  for (const verb of ["release", "refuse"] as const)
    add(`${verb} <profil>`, verbs[verb])
      .requiredOption("--motif <texte>", "pourquoi, pour le journal d'audit")
      .option("--yes", "ne demande pas de confirmation")
      .action(async (profil, options) => (await import("./guard.ts")).guardDecide(verb, profil, options));
}
