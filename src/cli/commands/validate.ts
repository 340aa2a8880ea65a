import { PROFILS } from "../../feed/index.ts";
import type { Notice } from "../../notices/index.ts";
import { type BilanFichier, validateFile } from "../../validation/index.ts";
import { describeCounts, describeNotice } from "../notices.ts";
import { bytes, count, EXIT, Failure, print, printJson, say } from "../output.ts";

interface Options {
  readonly publishedOnly?: true;
  readonly profile?: string;
  readonly max: string;
  readonly json?: true;
}

/** Progress is told every so many bytes read. */
const STEP = 64 * 1024 * 1024;

/** `offre-info validate`: two verdicts, exit 1 when one of those asked for is negative. */
export async function validate(file: string, options: Options): Promise<void> {
  const max = readMax(options.max);
  if (options.profile !== undefined && !PROFILS.some(({ id }) => id === options.profile)) {
    throw new Failure(
      `Profil « ${options.profile} » inconnu. Profils : ${PROFILS.map(({ id }) => id).join(", ")}.`,
      EXIT.usage,
    );
  }
  const kept: Notice[] = [];
  let bilan: BilanFichier | undefined;
  let told = STEP;
  for await (const event of events(file, options)) {
    if (event.kind === "bilan") bilan = event.bilan;
    else if (event.kind === "notice") {
      if (kept.length >= max) continue;
      kept.push(event.notice);
      if (options.json !== true) print(describeNotice(event.notice));
    } else if (event.octets >= told) {
      say(`${bytes(event.octets)} lus, ${count(event.formations)} formations…`);
      told += STEP;
    }
  }
  if (bilan === undefined) throw new Failure("La vérification s'est arrêtée avant la fin du fichier.");
  if (options.json === true) printJson({ ...bilan, notices: kept });
  else print(describeBilan(bilan, kept.length));
  if (!bilan.xsdPubliee || bilan.offreInfo === false) process.exitCode = EXIT.negative;
}

async function* events(file: string, options: Options): ReturnType<typeof validateFile> {
  try {
    yield* validateFile(file, { publieeSeule: options.publishedOnly, profil: options.profile });
  } catch (error) {
    if (error instanceof Error && "code" in error && typeof error.code === "string") {
      throw new Failure(
        `Le fichier « ${file} » ne peut pas être lu (${error.code}). Vérifiez son nom et vos droits.`,
      );
    }
    throw error;
  }
}

function describeBilan(bilan: BilanFichier, shown: number): string {
  const total = bilan.severites.bloquant + bilan.severites.avertissement + bilan.severites.information;
  const verdict = (passed: boolean | undefined): string =>
    passed === undefined ? "non vérifié" : passed ? "ACCEPTÉ" : "REFUSÉ";
  return [
    ...(total > shown ? [`… et ${count(total - shown)} autres notices (--max pour en voir plus).`] : []),
    ...(total > 0 ? ["", "Notices par code :", ...describeCounts(bilan.codes)] : []),
    "",
    `Fichier : <${bilan.racine}> LHEO ${bilan.version}, ${bytes(bilan.octets)}, ${count(bilan.formations)} formations, ${count(bilan.actions)} actions, ${count(bilan.sessions)} sessions`,
    `XSD publié         : ${verdict(bilan.xsdPubliee)}`,
    `Règles Offre Info  : ${verdict(bilan.offreInfo)}`,
  ].join("\n");
}

function readMax(text: string): number {
  if (/^\d+$/.test(text)) return Number(text);
  throw new Failure(`--max attend un nombre entier, reçu « ${text} ».`, EXIT.usage);
}
