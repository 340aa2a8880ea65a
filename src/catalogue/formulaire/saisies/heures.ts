import type { Choix } from "../definition.ts";
import { asList, BLANC, type Codec, fieldOf, type Lu, normal, type Textes, textOf } from "./codec.ts";
import { erreurDEntier, parseEntier } from "./nombre.ts";

const first = (textes: Textes, suffix: string): string => normal(textes.get(suffix) ?? [])[0] ?? "";

/** Hours by modality (S84, S85): one input each, `[jour]`, `[soir]`… */
export function heures(modalites: readonly Choix[]): Codec {
  return {
    format: (valeur) =>
      new Map(
        modalites.map(({ valeur: modalite }) => {
          const one = asList(valeur).find((part) => fieldOf(part, "modalite") === modalite);
          return [`[${modalite}]`, [textOf(fieldOf(one, "heures"))]];
        }),
      ),
    parse: (textes) => {
      const parts: { modalite: string; heures: number }[] = [];
      for (const { valeur: modalite } of modalites) {
        const texte = first(textes, `[${modalite}]`);
        if (texte === "") continue;
        const nombre = parseEntier(texte);
        if (nombre === undefined || nombre > 99_999) return { erreur: erreurDEntier(texte) };
        parts.push({ modalite, heures: nombre });
      }
      return parts.length === 0 ? BLANC : { valeur: parts };
    },
  };
}

const PARTS = [".unites_entreprise", ".unites_centre"] as const;

/** Rhythm of an alternance: so many units in the company, so many at the centre; all three or none. */
export const rythme: Codec = {
  format: (valeur) =>
    new Map([".unite", ...PARTS].map((suffix) => [suffix, [textOf(fieldOf(valeur, suffix.slice(1)))]])),
  parse: (textes): Lu => {
    const unite = first(textes, ".unite");
    const [entreprise = "", centre = ""] = PARTS.map((suffix) => first(textes, suffix));
    if (unite === "" && entreprise === "" && centre === "") return BLANC;
    if (unite === "" || entreprise === "" || centre === "")
      return { erreur: "Complétez le rythme : l'unité, le temps en entreprise et le temps au centre." };
    const [unites_entreprise, unites_centre] = [parseEntier(entreprise), parseEntier(centre)];
    if (unites_entreprise === undefined) return { erreur: erreurDEntier(entreprise) };
    if (unites_centre === undefined) return { erreur: erreurDEntier(centre) };
    return { valeur: { unite, unites_entreprise, unites_centre } };
  },
};
