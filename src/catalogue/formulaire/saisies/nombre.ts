import { type Codec, simple, textOf } from "./codec.ts";

/** Blanks between thousands, of every kind. */
const BLANCS = /[\s\u00a0\u202f]/g;

/** Reads `1 200`, `35 h`, `35 heures`; undefined when it is no whole number. */
export function parseEntier(texte: string): number | undefined {
  const [, chiffres] = /^(\d+)(?:h|heures?|ans?|annees?|places?)?$/i.exec(texte.replaceAll(BLANCS, "")) ?? [];
  const valeur = Number(chiffres);
  return Number.isSafeInteger(valeur) ? valeur : undefined;
}

export function entier({ min, max }: { readonly min: number; readonly max: number }): Codec {
  return simple(textOf, (texte) => {
    const valeur = parseEntier(texte);
    if (valeur === undefined) return { erreur: erreurDEntier(texte) };
    if (valeur < min || valeur > max)
      return { erreur: `« ${texte} » : il faut un nombre de ${min} à ${max.toLocaleString("fr-FR")}.` };
    return { valeur };
  });
}

export const erreurDEntier = (texte: string): string =>
  `« ${texte} » n'est pas un nombre entier. Écrivez par exemple 35, sans virgule.`;

/** Euros: `2 500,00 €` is kept as `2500.00`. */
export const montant: Codec = simple(
  (valeur) => textOf(valeur).replace(".", ","),
  (texte) => {
    const [, euros, cents] =
      /^(\d+)(?:[.,](\d{1,2}))?(?:€|euros?|eur)?(?:ttc)?$/i.exec(texte.replaceAll(BLANCS, "")) ?? [];
    if (euros === undefined)
      return {
        erreur: `« ${texte} » n'est pas un montant. Écrivez-le en euros, par exemple 2500 ou 2500,50.`,
      };
    const plain = euros.replace(/^0+(?=\d)/, "");
    return { valeur: cents === undefined ? plain : `${plain}.${cents}` };
  },
);
