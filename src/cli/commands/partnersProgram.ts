import type { Command } from "commander";
import { speakFrench } from "../french.ts";

/** Declares `offre-info partners …` and `offre-info profiles …`. */
export function addPartners(program: Command): void {
  const partners = speakFrench(program.command("partners")).description(
    "destinataires : qui reçoit le fichier de quel profil, et comment",
  );
  const partner = (signature: string, description: string): Command =>
    speakFrench(partners.command(signature)).description(description);
  partner("list", "liste les destinataires")
    .option("--json", "résultat en JSON")
    .action(async (options) => (await import("./partners.ts")).listPartnersCommand(options));
  partner("show <destinataire>", "montre sa définition, telle que « set » la reprend").action(async (id) =>
    (await import("./partners.ts")).showPartnerCommand(id),
  );
  partner("set <fichier.json>", "ajoute un destinataire, ou change sa définition").action(async (file) =>
    (await import("./partners.ts")).setPartnerCommand(file),
  );

  const profils = speakFrench(program.command("profiles")).description(
    "profils : périmètre, délais, calendrier et seuils de chaque destination",
  );
  const profil = (signature: string, description: string): Command =>
    speakFrench(profils.command(signature)).description(description);
  profil("list", "liste les profils")
    .option("--json", "résultat en JSON")
    .action(async (options) => (await import("./partners.ts")).listProfilsCommand(options));
  profil("show <profil>", "montre sa définition, telle que « set » la reprend").action(async (id) =>
    (await import("./partners.ts")).showProfilCommand(id),
  );
  profil("set <fichier.json>", "ajoute un profil, ou change sa définition").action(async (file) =>
    (await import("./partners.ts")).setProfilCommand(file),
  );
}
