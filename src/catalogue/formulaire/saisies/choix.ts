import type { Choix } from "../definition.ts";
import { asList, BLANC, type Codec, fieldOf, normal, simple, textOf } from "./codec.ts";

export function choix(parmi: readonly Choix[]): Codec {
  return simple(textOf, (texte) =>
    parmi.some(({ valeur }) => valeur === texte)
      ? { valeur: texte }
      : { erreur: `« ${texte} » n'est pas dans la liste. Choisissez l'une des réponses proposées.` },
  );
}

export const ouiNon: Codec = simple(
  (valeur) => (valeur === true ? "1" : valeur === false ? "0" : ""),
  (texte) =>
    texte === "1" || texte === "0" ? { valeur: texte === "1" } : { erreur: "Répondez par oui ou par non." },
);

/** Funders, ticked by their code; the places that each finances stay with it. */
export function financeurs(parmi: readonly Choix[], max: number): Codec {
  const rang = (code: string): number => {
    const at = parmi.findIndex(({ valeur }) => valeur === code);
    return at === -1 ? parmi.length : at;
  };
  return {
    format: (valeur) => {
      const codes = asList(valeur).map((one) => textOf(fieldOf(one, "code")));
      return new Map([["", codes.length === 0 ? [""] : codes.sort((a, b) => rang(a) - rang(b))]]);
    },
    parse: (textes, avant) => {
      const codes = [...new Set(normal(textes.get("") ?? []))];
      if (codes.length === 0) return BLANC;
      if (codes.length > max)
        return { erreur: `${codes.length} financeurs sont cochés ; il y en a au plus ${max}.` };
      const known = asList(avant);
      const items = codes.map((code) => known.find((one) => fieldOf(one, "code") === code) ?? { code });
      return { valeur: items };
    },
  };
}
