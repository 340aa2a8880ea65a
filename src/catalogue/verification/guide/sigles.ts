import type { Releve } from "./releve.ts";

/** Known to anyone who looks for a training, and numbers written in letters. */
const CONNUS = new Set([
  ..."CAP BEP BTS BTSA BUT DUT BP BAC CV RNCP RS CPF VAE RAS TTC HT OK PC TV DVD SMS PDF CDI CDD TVA".split(
    " ",
  ),
  ..."II III IV VI VII VIII IX XI XII".split(" "),
]);

const SIGLE = /(?<![\p{L}\p{N}.@/-])\p{Lu}{2,6}(?:s\b)?(?![\p{L}\p{N}@/])/gu;
const MOST_SHOWN = 5;

/** A text of the form: its field and how people call it. */
export interface Texte {
  readonly champ: string;
  readonly nom: string;
  readonly text: string | null | undefined;
}

/**
 * Acronyms that nobody explains (S60). One that stands once in brackets, or is followed by brackets, in any of the texts of the
 * form is explained for all of them; so is one of an official title.
 */
export function checkSigles(textes: readonly Texte[], titres: readonly string[], releve: Releve): void {
  const given = textes.flatMap(({ text, ...rest }) => (text ? [{ ...rest, text }] : []));
  const explained = new Set([
    ...CONNUS,
    ...titres.flatMap((titre) => titre.match(SIGLE) ?? []),
    ...given.flatMap(({ text }) => [
      ...[...text.matchAll(/\(\s*(\p{Lu}{2,6})s?\s*\)/gu)].map(([, sigle = ""]) => sigle),
      ...[...text.matchAll(/(\p{Lu}{2,6})s?\s*\(/gu)].map(([, sigle = ""]) => sigle),
    ]),
  ]);
  for (const { champ, nom, text } of given) {
    // A text all in capitals has no acronym that stands out; it is said to be in capitals.
    if (!/\p{Ll}/u.test(text)) continue;
    const found = [...new Set(text.match(SIGLE) ?? [])].filter(
      (sigle) => !explained.has(sigle.replace(/s$/, "")),
    );
    for (const sigle of found) explained.add(sigle);
    if (found.length > 0)
      releve.add("sigle-non-defini", champ, {
        nom: `« ${nom} »`,
        value: found.slice(0, MOST_SHOWN).join(", "),
      });
  }
}
