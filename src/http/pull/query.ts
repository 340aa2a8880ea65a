/** What stands after `?`, by name; a name given several times has several values. */
export type Query = Readonly<Record<string, string | readonly string[] | undefined>>;

/** The value of a name that is expected once: the last one given. */
export function oneOf(value: Query[string]): string | undefined {
  return typeof value === "object" ? value.at(-1) : value;
}

/** The values of a name that may have several: repeated, or separated by commas. */
export function listOf(value: Query[string]): readonly string[] {
  return [value ?? []]
    .flat()
    .flatMap((text) => text.split(","))
    .map((text) => text.trim())
    .filter((text) => text !== "");
}

/** A whole number in some bounds; undefined when it is none. */
export function wholeNumber(text: string, least: number, most: number): number | undefined {
  if (!/^\d{1,9}$/.test(text)) return undefined;
  const value = Number(text);
  return value >= least && value <= most ? value : undefined;
}
