import { Command } from "commander";
import { addAccounts } from "./commands/accountsProgram.ts";
import { addAudit } from "./commands/auditProgram.ts";
import { addCatalogue } from "./commands/catalogueProgram.ts";
import { addCron } from "./commands/cronProgram.ts";
import { addDeliveries } from "./commands/deliveriesProgram.ts";
import { addGuard } from "./commands/guardProgram.ts";
import { addOffre } from "./commands/offreProgram.ts";
import { addPartners } from "./commands/partnersProgram.ts";
import { addReceipts } from "./commands/receiptsProgram.ts";
import { addReferentiel } from "./commands/referentielProgram.ts";
import { addSecrets } from "./commands/secretsProgram.ts";
import { addStructures } from "./commands/structuresProgram.ts";
import { speakFrench } from "./french.ts";

const VERSION = "0.1.0";

/** A command is loaded when it is called: `--help` must not pay for a database driver. */
export function buildProgram(): Command {
  const program = speakFrench(new Command("offre-info"));
  program
    .usage("<commande> [options]")
    .description(
      "Publie l'offre de formation d'un Carif-Oref en flux Offre Info (LHEO 2.3) et la diffuse aux partenaires.",
    )
    .version(VERSION, "-V, --version", "affiche la version");

  const add = (signature: string, description: string): Command =>
    speakFrench(program.command(signature)).description(description);

  add("start", "démarre tout : base, offre de démonstration, édition, diffusion, site")
    .option("--demo", "charge l'offre de démonstration même si DATABASE_URL est donnée")
    .action(async (options) => (await import("./commands/start.ts")).start(options));

  add("migrate", "met le schéma de la base à jour").action(async () =>
    (await import("./commands/migrate.ts")).migrateCommand(),
  );

  add("demo", "charge l'offre de démonstration (base embarquée, ou --demo pour une autre)")
    .option("--size <taille>", "small (300 actions), regional (15 000) ou stress (150 000)", "small")
    .option("--demo", "accepte une base qui n'est pas la base embarquée")
    .option("--json", "résultat en JSON")
    .action(async (options) => (await import("./commands/demo.ts")).demo(options));

  add("import <fichier>", "reprend un fichier LHEO 2.2 ou 2.3 dans l'offre publiée")
    .option("--essai", "n'écrit rien : montre ce qui serait repris")
    .option("--json", "résultat en JSON")
    .action(async (file, options) => (await import("./commands/import.ts")).importFile(file, options));

  add("feed", "écrit le flux d'un profil dans un dossier")
    .requiredOption("--profile <profil>", "profil de diffusion (rco, kairos, francetravail…)")
    .requiredOption("--out <dossier>", "dossier de sortie")
    .option(
      "--demo <taille>",
      "sur une base jetable avec l'offre de démonstration : small, regional ou stress",
    )
    .option("--json", "résultat en JSON")
    .action(async (options) => (await import("./commands/feed.ts")).feed(options));

  add(
    "session <numero>",
    "dit pour chaque profil si une session est dans le flux, à partir de quand, ou pourquoi non",
  )
    .option("--json", "résultat en JSON")
    .action(async (numero, options) => (await import("./commands/session.ts")).session(numero, options));

  add("sync", "lit les vues source_* de l'agence et met l'offre publiée à jour")
    .option("--schema <nom>", "schéma qui contient les vues")
    .option("--force", "accepte un retrait massif")
    .option("--json", "résultat en JSON")
    .action(async (options) => (await import("./commands/sync.ts")).syncCommand(options));

  add("validate <fichier>", "vérifie un fichier : XSD publié, puis règles Offre Info")
    .option("--published-only", "seulement le XSD publié")
    .option("--profile <profil>", "ajoute ce que ce profil refuse")
    .option("--max <n>", "nombre de notices montrées", "100")
    .option("--json", "résultat en JSON")
    .action(async (file, options) => (await import("./commands/validate.ts")).validate(file, options));

  addDeliveries(program);
  addGuard(program);
  addReceipts(program);
  addCron(program);
  addAudit(program);
  addOffre(program);
  addReferentiel(program);
  addPartners(program);
  addSecrets(program);
  addAccounts(program);
  addCatalogue(program);
  addStructures(program);

  add("doctor", "dit ce qui ne va pas et comment y remédier")
    .option("--json", "résultat en JSON")
    .action(async (options) => (await import("./commands/doctor.ts")).doctor(options));

  return program;
}
