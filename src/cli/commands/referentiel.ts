import { loadCertifications, loadFormacodes, ReferentielError } from "../../catalogue/index.ts";
import { openDatabase, readContext, withDatabase } from "../context.ts";
import { count, EXIT, Failure, print, printJson, say } from "../output.ts";

const SHOWN = 30;

/** `offre-info referentiel certifications`: exit 1 when a line was left out. */
export async function loadCertificationsCommand(
  chemins: readonly string[],
  options: { json?: true },
): Promise<void> {
  await withDatabase(openDatabase(readContext()), async ({ db }) => {
    const bilan = await inFrench(() =>
      loadCertifications(db, chemins, { onProgress: (lignes) => say(`${count(lignes)} lignes lues…`) }),
    );
    if (options.json === true) printJson(bilan);
    else {
      const { certifications, habilitations, ignores } = bilan;
      print(
        [
          `Certifications : ${count(certifications.lues)} lues, ${count(certifications.ecrites)} nouvelles ou modifiées, ${count(certifications.inchangees)} inchangées.`,
          `Habilitations de nos organismes : ${count(habilitations.lues)} lues, ${count(habilitations.ecrites)} nouvelles, ${count(habilitations.retirees)} retirées.`,
          ...(ignores.length > 0 ? [`Fichiers laissés de côté : ${ignores.join(", ")}.`] : []),
          ...refusees(bilan.refusees),
        ].join("\n"),
      );
    }
    if (bilan.refusees.length > 0) process.exitCode = EXIT.negative;
  });
}

/** `offre-info referentiel formacodes`: exit 1 when a line was left out. */
export async function loadFormacodesCommand(fichier: string, options: { json?: true }): Promise<void> {
  await withDatabase(openDatabase(readContext()), async ({ db }) => {
    const bilan = await inFrench(() => loadFormacodes(db, fichier));
    if (options.json === true) printJson(bilan);
    else
      print(
        [
          `Formacode : ${count(bilan.lus)} codes lus, ${count(bilan.ajoutes)} ajoutés, ${count(bilan.changes)} modifiés, ${count(bilan.retires)} retirés.`,
          ...refusees(bilan.refusees),
        ].join("\n"),
      );
    if (bilan.refusees.length > 0) process.exitCode = EXIT.negative;
  });
}

function refusees(lignes: Awaited<ReturnType<typeof loadFormacodes>>["refusees"]): string[] {
  if (lignes.length === 0) return [];
  return [
    "",
    `Lignes non reprises (${count(lignes.length)}) :`,
    ...lignes
      .slice(0, SHOWN)
      .map(({ fichier, ligne, raison }) => `- ${fichier}, ligne ${ligne} : ${raison}.`),
    ...(lignes.length > SHOWN
      ? [`… et ${count(lignes.length - SHOWN)} autres (--json pour tout voir).`]
      : []),
  ];
}

async function inFrench<T>(loading: () => Promise<T>): Promise<T> {
  try {
    return await loading();
  } catch (error) {
    if (error instanceof ReferentielError) throw new Failure(error.message);
    throw error;
  }
}
