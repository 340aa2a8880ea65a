import type { Command } from "commander";
import { speakFrench } from "../french.ts";

/** Declares `offre-info structures …`. */
export function addStructures(program: Command): void {
  const group = speakFrench(program.command("structures")).description(
    "structures du catalogue, comptes rattachés et clés de leur API",
  );
  const add = (signature: string, description: string): Command =>
    speakFrench(group.command(signature)).description(description);
  const load = () => import("./structures.ts");

  add("list [texte]", "structures, par mots de leur nom ou début de leur SIRET")
    .option("--json", "résultat en JSON")
    .action(async (texte, options) => (await load()).listCommand(texte, options));
  add("create <type>", "crée une structure : organisme, financeur ou agence")
    .option("--numero <numero>", "numéro, le SIRET par défaut")
    .option("--nom <nom>", "nom")
    .option("--siret <siret>", "SIRET")
    .option("--ville <ville>", "ville")
    .option("--departement <departement>", "département")
    .option("--fichier <fichier>", "champs d'un organisme, en JSON : les mêmes que dans sa page")
    .action(async (type, options) => (await load()).createCommand(type, options));
  add("close <structure>", "ferme une structure : plus personne n'agit pour elle").action(async (numero) =>
    (await load()).openCommand(numero, false),
  );
  add("open <structure>", "rouvre une structure").action(async (numero) =>
    (await load()).openCommand(numero, true),
  );
  add("members <structure>", "comptes rattachés à une structure")
    .option("--json", "résultat en JSON")
    .action(async (numero, options) => (await load()).membersCommand(numero, options));
  add(
    "attach <identifiant> <structure> <profil>",
    "rattache un compte : catalogue, preinscription, general, financeur ou controleur",
  )
    .option("--referent", "il décide qui d'autre est rattaché")
    .action(async (identifiant, numero, profil, options) =>
      (await load()).attachCommand(identifiant, numero, profil, options),
    );
  add("detach <rattachement>", "met fin à un rattachement, par son numéro").action(async (id) =>
    (await load()).detachCommand(id),
  );
  add("keys <structure>", "clés de l'API d'une structure ; jamais leur valeur")
    .option("--json", "résultat en JSON")
    .action(async (numero, options) => (await load()).keysCommand(numero, options));
  add("key <structure>", "crée une clé de l'API ; elle n'est montrée qu'une fois")
    .option("--nom <nom>", "à quoi elle sert", "API")
    .action(async (numero, options) => (await load()).createKeyCommand(numero, options));
  add("revoke <numero>", "révoque une clé de l'API").action(async (id) =>
    (await load()).revokeKeyCommand(id),
  );
}
