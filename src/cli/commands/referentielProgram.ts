import type { Command } from "commander";
import { speakFrench } from "../french.ts";

/** `offre-info referentiel …`: public registers, from the files of their keepers. */
export function addReferentiel(program: Command): void {
  const referentiel = speakFrench(program.command("referentiel")).description(
    "référentiels publics : certifications et Formacode",
  );
  speakFrench(referentiel.command("certifications <chemins...>"))
    .description(
      "charge les certifications : dossier ou fichiers CSV de France compétences (Standard, Blocs, Certificateurs, Partenaires) et de Certif Info",
    )
    .option("--json", "résultat en JSON")
    .action(async (chemins, options) =>
      (await import("./referentiel.ts")).loadCertificationsCommand(chemins, options),
    );
  speakFrench(referentiel.command("formacodes <fichier>"))
    .description("charge le Formacode : fichier CSV avec une colonne « code » et une colonne « libelle »")
    .option("--json", "résultat en JSON")
    .action(async (fichier, options) =>
      (await import("./referentiel.ts")).loadFormacodesCommand(fichier, options),
    );
}
