import { createReadStream } from "node:fs";
import { open } from "node:fs/promises";
import path from "node:path";
import { pipeline, Readable } from "node:stream";
import { CsvError, parse } from "csv-parse";
import { encodageDe, separateurDe } from "../csv.ts";
import { ReferentielError } from "./erreur.ts";

/** One line of a file, its cells by the name of their column. */
export interface Rangee {
  /** From 1, in the file. */
  readonly ligne: number;
  readonly cellules: Readonly<Record<string, string>>;
}

/** Enough to tell how a file is encoded and how its cells are separated. */
const LOOKED_AT = 256 * 1024;

/** The names of its columns; empty for an empty file. */
export async function readColumns(fichier: string): Promise<readonly string[]> {
  const { text, separateur } = await lookAt(fichier);
  const [first = ""] = text.split(/\r?\n/, 1);
  return first.split(separateur).map((nom) => nom.trim().replace(/^"(.*)"$/s, "$1"));
}

/**
 * The lines of a CSV file with a head, as they come: memory does not grow with the file. UTF-8 or Windows-1252; semicolons, commas
 * or tabs.
 * @throws {ReferentielError} what is no such table, with the line
 */
export async function* readCsv(fichier: string): AsyncGenerator<Rangee> {
  const { encodage, separateur } = await lookAt(fichier);
  const parser = parse({
    bom: true,
    columns: (head: string[]) => head.map((nom) => nom.trim()),
    delimiter: separateur,
    info: true,
    relax_column_count: true,
    skip_empty_lines: true,
    trim: true,
  });
  // The iteration below raises the error too: the callback is only there because one is required.
  pipeline(Readable.from(decoded(fichier, encodage)), parser, () => {});
  try {
    for await (const { record, info } of parser as AsyncIterable<Parsed>)
      yield { ligne: info.lines, cellules: record };
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    const { lines, message } = error;
    throw new ReferentielError(
      `${path.basename(fichier)}, ligne ${lines} : ce n'est pas une ligne de CSV (${message}). Redemandez le fichier.`,
    );
  }
}

interface Parsed {
  readonly record: Readonly<Record<string, string>>;
  readonly info: { readonly lines: number };
}

async function lookAt(fichier: string) {
  const handle = await open(fichier).catch((error: unknown) => {
    throw new ReferentielError(
      `${fichier} ne se lit pas : ${error instanceof Error ? error.message : error}`,
    );
  });
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(LOOKED_AT), 0, LOOKED_AT, 0);
    const bytes = buffer.subarray(0, bytesRead);
    const nom = path.basename(fichier);
    if (bytes.subarray(0, 2).toString("latin1") === "PK")
      throw new ReferentielError(`${nom} est une archive zip : décompressez-la, puis donnez son dossier.`);
    if (bytes.includes(0)) throw new ReferentielError(`${nom} n'est pas un fichier texte : il faut un CSV.`);
    const encodage = encodageDe(bytes, { coupe: true });
    const text = new TextDecoder(encodage).decode(bytes, { stream: true });
    return { encodage, separateur: separateurDe(text), text };
  } finally {
    await handle.close();
  }
}

async function* decoded(fichier: string, encodage: string): AsyncGenerator<string> {
  const decoder = new TextDecoder(encodage);
  for await (const chunk of createReadStream(fichier)) yield decoder.decode(chunk, { stream: true });
  yield decoder.decode();
}
