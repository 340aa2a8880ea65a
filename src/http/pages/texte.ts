import { z } from "zod";

/** What was typed, whatever was sent: the last of several, without control characters, trimmed and cut. Never fails. */
export const zTexte = z.preprocess((given) => {
  const last: unknown = Array.isArray(given) ? given.at(-1) : given;
  return typeof last === "string"
    ? last
        .replaceAll(/[^\P{Cc}\n\t]/gu, "")
        .trim()
        .slice(0, 1000)
    : "";
}, z.string());

/** A page and its criteria as an address writes them, only those that ask for something. */
export function adresse(
  chemin: string,
  criteres: Readonly<Record<string, string | number | undefined>>,
): string {
  const asked = Object.entries(criteres).flatMap(([nom, valeur]) =>
    valeur === undefined || valeur === "" ? [] : [[nom, String(valeur)]],
  );
  return asked.length === 0 ? chemin : `${chemin}?${new URLSearchParams(asked)}`;
}
