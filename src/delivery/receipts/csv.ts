import { pipeline, Readable } from "node:stream";
import { type CsvError, parse } from "csv-parse";
import { type Ligne, type LineReader, plain, type Reader } from "./line.ts";
import type { Accuse } from "./mapping.ts";
import { type Remarques, VIDE } from "./remarques.ts";

/** Characters of one record: beyond, the file is not what it says it is. */
const LONGEST_RECORD = 100_000;

interface Parsed {
  readonly record: readonly string[];
  readonly info: { readonly lines: number };
}

/** The lines of a CSV file, as they come: memory does not grow with the file. */
export async function* csvLines(
  text: AsyncIterable<string>,
  accuse: Accuse,
  reader: LineReader,
  remarques: Remarques,
): AsyncGenerator<Ligne> {
  const parser = parse({
    delimiter: accuse.csv.separateur,
    relax_column_count: true,
    relax_quotes: true,
    skip_empty_lines: true,
    max_record_size: LONGEST_RECORD,
    info: true,
    // An error would throw away the lines that were read and not taken yet.
    skip_records_with_error: true,
  });
  let stopped = false;
  parser.on("skip", ({ code, lines }: CsvError) => {
    stopped = true;
    remarques.cut(`ligne ${lines ?? "?"}`, sentenceOf(code));
  });
  const source = (async function* () {
    for await (const piece of text) {
      if (stopped) return;
      yield piece;
    }
  })();
  // The iteration below raises the error too: the callback is only there because one is required.
  pipeline(Readable.from(source), parser, () => {});
  let columns: Columns | undefined;
  for await (const { record, info } of parser as AsyncIterable<Parsed>) {
    if (columns === undefined) {
      columns = accuse.csv.entete ? named(record) : numbered;
      if (!hasWhatIsNeeded(columns, accuse, record, remarques)) return;
      if (accuse.csv.entete) continue;
    }
    const line = lineOf(record, info.lines, columns, accuse, reader);
    if (line !== undefined) yield line;
  }
  if (columns === undefined && !remarques.isCut) remarques.cut("début", VIDE);
}

/** Rank of a column, by its name. */
type Columns = (champ: string) => number | undefined;

function named(header: readonly string[]): Columns {
  const ranks = new Map(header.map((name, rank): [string, number] => [plain(name), rank]).reverse());
  return (champ) => ranks.get(plain(champ));
}

const numbered: Columns = (champ) =>
  /^\d{1,4}$/.test(champ) && champ !== "0" ? Number(champ) - 1 : undefined;

function hasWhatIsNeeded(
  columns: Columns,
  { champs, fichier_refuse }: Accuse,
  header: readonly string[],
  remarques: Remarques,
): boolean {
  const missing = Object.values(champs).filter(
    (champ) => champ !== undefined && columns(champ) === undefined,
  );
  const seen = header.map((name) => name.slice(0, 40)).slice(0, 20);
  if (missing.length > 0)
    remarques.add(
      "ligne 1",
      `Colonne absente : ${missing.map((one) => `« ${one} »`).join(", ")}. Colonnes vues : ${seen.map((one) => `« ${one} »`).join(", ")}. Vérifiez le fichier, son séparateur et les champs de cet accusé.`,
    );
  const there = (champ: string | undefined) => champ !== undefined && columns(champ) !== undefined;
  const judged = champs.statut === undefined || there(champs.statut);
  const usable = ((there(champs.session) || there(champs.action)) && judged) || there(fichier_refuse?.champ);
  if (!usable)
    remarques.cut("ligne 1", "Sans ces colonnes le fichier ne dit rien des sessions : il n'est pas lu.");
  return usable;
}

function lineOf(
  record: readonly string[],
  rang: number,
  columns: Columns,
  { champs }: Accuse,
  reader: LineReader,
): Ligne | undefined {
  const read: Reader = (champ) => {
    const rank = columns(champ);
    return rank === undefined ? undefined : record[rank];
  };
  reader.head(read);
  const nameless = [champs.session, champs.action].every(
    (champ) => champ === undefined || (read(champ) ?? "").trim() === "",
  );
  if (nameless && reader.refusal(read)) return undefined;
  return reader.line(rang, read, `ligne ${rang}`);
}

function sentenceOf(code: CsvError["code"]): string {
  return code === "CSV_MAX_RECORD_SIZE"
    ? `Une ligne dépasse ${LONGEST_RECORD} caractères (guillemet jamais refermé, ou fichier qui n'est pas du CSV) : la suite n'est pas lue.`
    : "Un guillemet n'est jamais refermé, ou la ligne n'est pas du CSV : la suite n'est pas lue.";
}
