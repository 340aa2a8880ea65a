import type { Command } from "commander";
import { speakFrench } from "../french.ts";

/** Declares `offre-info secrets …`. */
export function addSecrets(program: Command): void {
  const group = speakFrench(program.command("secrets")).description(
    "identifiants des destinataires : mots de passe, jetons, clés, certificats",
  );
  const add = (signature: string, description: string): Command =>
    speakFrench(group.command(signature)).description(description);

  add(
    "set <destinataire> <nom>",
    "enregistre un secret, lu au clavier sans être montré ou sur l'entrée standard (offre-info secrets set rco cle_privee < fichier)",
  ).action(async (partner, nom) => (await import("./secrets.ts")).setCommand(partner, nom));

  add(
    "list [destinataire]",
    "dit quels secrets sont enregistrés, avec quelle clé et depuis quand ; jamais leur valeur",
  )
    .option("--json", "résultat en JSON")
    .action(async (partner, options) => (await import("./secrets.ts")).listCommand(partner, options));

  add("remove <destinataire> <nom>", "efface un secret").action(async (partner, nom) =>
    (await import("./secrets.ts")).removeCommand(partner, nom),
  );

  add("rotate", "chiffre de nouveau tous les secrets avec la première clé de SECRETS_KEY").action(async () =>
    (await import("./secrets.ts")).rotateCommand(),
  );
}
