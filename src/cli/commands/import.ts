import { ImportError, importFile as importLheo, type RapportImport } from "../../import/index.ts";
import { openDatabase, readContext, withDatabase } from "../context.ts";
import { describeCounts, describeNotice } from "../notices.ts";
import { count, EXIT, Failure, print, printJson, say } from "../output.ts";

const SHOWN = 50;

/** `offre-info import`: exit 1 when a formation was refused or a value could not be kept. */
export async function importFile(file: string, options: { essai?: true; json?: true }): Promise<void> {
  await withDatabase(openDatabase(readContext()), async ({ db }) => {
    const rapport = await run(() =>
      importLheo(db, file, {
        essai: options.essai === true,
        onProgress: (formations) => say(`${count(formations)} formations lues…`),
      }),
    );
    if (options.json === true) printJson(rapport);
    else print(describe(rapport));
    if (rapport.formationsRefusees > 0 || rapport.nonRepris.length > 0) process.exitCode = EXIT.negative;
  });
}

async function run(reading: () => Promise<RapportImport>): Promise<RapportImport> {
  try {
    return await reading();
  } catch (error) {
    if (error instanceof ImportError) throw new Failure(error.message);
    throw error;
  }
}

function describe(rapport: RapportImport): string {
  const kinds = (["organismes", "actions", "sessions"] as const).map((kind) => {
    const { lus, ecrits, inchanges } = rapport[kind];
    return `${kind} : ${count(lus)} lus, ${count(ecrits)} nouveaux ou modifiés, ${count(inchanges)} inchangés`;
  });
  const lost = [...rapport.refuses, ...rapport.nonRepris];
  return [
    rapport.essai ? "Essai : rien n'a été écrit." : "Import fait.",
    `LHEO ${rapport.version}, ${count(rapport.formations)} formations, dont ${count(rapport.formationsRefusees)} refusées`,
    ...kinds,
    ...(lost.length > 0
      ? ["", "Ce qui n'a pas été repris :", ...lost.slice(0, SHOWN).map(describeNotice)]
      : []),
    ...(lost.length > SHOWN ? [`… et ${count(lost.length - SHOWN)} autres (--json pour tout voir).`] : []),
    ...(Object.keys(rapport.comptes).length > 0
      ? ["", "Notices par code :", ...describeCounts(rapport.comptes)]
      : []),
  ].join("\n");
}
