/** What separates the cells, told from the first line of the text: a semicolon, a comma or a tab. */
export function separateurDe(texte: string): string {
  const [first = ""] = texte.split(/\r?\n/, 1);
  const count = (mark: string): number => first.split(mark).length;
  return [";", ",", "\t"].reduce((a, b) => (count(b) > count(a) ? b : a));
}

/**
 * UTF-8 unless it cannot be: then as spreadsheets write it on Windows.
 * @param coupe only the beginning of the file: a character cut at the end is no fault
 */
export function encodageDe(
  bytes: Uint8Array,
  { coupe = false }: { readonly coupe?: boolean } = {},
): "utf-8" | "windows-1252" {
  try {
    new TextDecoder("utf-8", { fatal: true }).decode(bytes, { stream: coupe });
    return "utf-8";
  } catch {
    return "windows-1252";
  }
}
