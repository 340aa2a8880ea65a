import { COLONNES } from "./colonnes.ts";

/** A table as a spreadsheet opens it: semicolons, and the mark that says UTF-8. */
export function writeCsv(rows: readonly (readonly (string | number)[])[]): string {
  return `\u{feff}${rows.map((row) => row.map(cell).join(";")).join("\r\n")}\r\n`;
}

/** A text that a spreadsheet would take for a formula is made plain. */
function cell(value: string | number): string {
  const text = typeof value === "string" && /^[=+\-@\t\r]/.test(value) ? `'${value}` : String(value);
  return /[";\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** The template that an OF fills, with one line as an example. */
export const modeleCsv = (): string =>
  writeCsv([COLONNES.map(({ nom }) => nom), COLONNES.map(({ exemple }) => exemple)]);
