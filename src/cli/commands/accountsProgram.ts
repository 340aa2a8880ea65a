import type { Command } from "commander";
import { speakFrench } from "../french.ts";

/** Declares `offre-info accounts …` and `offre-info keys …`. */
export function addAccounts(program: Command): void {
  const accounts = speakFrench(program.command("accounts")).description("comptes des personnes");
  const account = (signature: string, description: string): Command =>
    speakFrench(accounts.command(signature)).description(description);
  account(
    "create <identifiant>",
    "crée un compte ; le mot de passe est lu au clavier sans être montré ou sur l'entrée standard",
  )
    .option("--role <role>", "membre (d'une structure), lecteur, opérateur ou administrateur", "lecteur")
    .option("--nom <nom>", "nom affiché")
    .action(async (id, options) => (await import("./accounts.ts")).createCommand(id, options));
  account("list", "dit qui a un compte")
    .option("--json", "résultat en JSON")
    .action(async (options) => (await import("./accounts.ts")).listCommand(options));
  account("password <identifiant>", "donne un autre mot de passe").action(async (id) =>
    (await import("./accounts.ts")).passwordCommand(id),
  );
  account("role <identifiant> <role>", "change le rôle d'un compte, et ferme ses connexions").action(
    async (id, role) => (await import("./accounts.ts")).roleCommand(id, role),
  );
  account("close <identifiant>", "ferme un compte, et ses connexions").action(async (id) =>
    (await import("./accounts.ts")).openCommand(id, false),
  );
  account("open <identifiant>", "rouvre un compte").action(async (id) =>
    (await import("./accounts.ts")).openCommand(id, true),
  );

  const keys = speakFrench(program.command("keys")).description(
    "clés avec lesquelles un destinataire vient prendre son flux",
  );
  const key = (signature: string, description: string): Command =>
    speakFrench(keys.command(signature)).description(description);
  key("create <destinataire>", "crée une clé ; elle n'est montrée qu'une fois")
    .option("--nom <nom>", "à quoi elle sert", "flux")
    .action(async (partner, options) => (await import("./accounts.ts")).createKeyCommand(partner, options));
  key("list [destinataire]", "dit quelles clés existent et quand elles ont servi ; jamais leur valeur")
    .option("--json", "résultat en JSON")
    .action(async (partner, options) => (await import("./accounts.ts")).listKeysCommand(partner, options));
  key("rotate <numero>", "crée une clé à la place d'une autre, qui ouvre encore quelques jours")
    .option("--jours <n>", "jours de recouvrement", "7")
    .action(async (id, options) => (await import("./accounts.ts")).rotateKeyCommand(id, options));
  key("revoke <numero>", "révoque une clé").action(async (id) =>
    (await import("./accounts.ts")).revokeKeyCommand(id),
  );
}
