import type { Command, CommanderError } from "commander";
import { EXIT } from "./output.ts";

const TITLES: Readonly<Record<string, string>> = {
  "Usage:": "Usage :",
  "Options:": "Options :",
  "Global Options:": "Options générales :",
  "Arguments:": "Arguments :",
  "Commands:": "Commandes :",
};

/** Help and errors of the command line in French: the library only speaks English. */
export function speakFrench(command: Command): Command {
  return command
    .helpOption("-h, --help", "affiche cette aide")
    .helpCommand(false)
    .exitOverride()
    .configureHelp({
      styleTitle: (title) => TITLES[title] ?? title,
      optionDescription: (option) => {
        const given = option.argChoices === undefined ? "" : ` (${option.argChoices.join(", ")})`;
        const fallback =
          option.defaultValue === undefined || option.defaultValue === false
            ? ""
            : ` [par défaut : ${option.defaultValueDescription ?? String(option.defaultValue)}]`;
        return `${option.description}${given}${fallback}`;
      },
    })
    .configureOutput({ outputError: () => undefined });
}

/** Codes after which the library has said all there is to say. */
const SILENT = new Set(["commander.helpDisplayed", "commander.help", "commander.version"]);

const SENTENCES: Readonly<Record<string, string>> = {
  "commander.unknownCommand": "Commande inconnue",
  "commander.unknownOption": "Option inconnue",
  "commander.missingArgument": "Argument manquant",
  "commander.missingMandatoryOptionValue": "Option obligatoire manquante",
  "commander.optionMissingArgument": "Valeur manquante pour l'option",
  "commander.excessArguments": "Trop d'arguments",
  "commander.invalidArgument": "Valeur refusée",
};

/** The French sentence for a usage error, with what was seen; undefined when nothing is to be said. */
export function frenchUsageError(error: CommanderError): string | undefined {
  if (SILENT.has(error.code)) return undefined;
  const seen = error.message.match(/'([^']*)'/)?.[1];
  const subject = SENTENCES[error.code] ?? "Ligne de commande refusée";
  return `${subject}${seen === undefined ? "" : ` : « ${seen} »`}. Voir : offre-info --help`;
}

/** Asking for help is not a fault. */
export function exitCodeOf(error: CommanderError): number {
  return SILENT.has(error.code) && error.exitCode === 0 ? EXIT.ok : EXIT.usage;
}
