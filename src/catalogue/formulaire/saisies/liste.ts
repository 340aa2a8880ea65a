import type { Defaut } from "../../../lheo/index.ts";
import { asList, BLANC, type Codec, normal, textOf } from "./codec.ts";
import { erreurDeDate, formatDate, parseDate } from "./date.ts";
import { erreurDEntier, parseEntier } from "./nombre.ts";
import { cleaned, surUneLigne } from "./texte.ts";

interface Options {
  readonly forme: "lignes" | "ligne";
  readonly de: "texte" | "date" | "entier";
  readonly max: number;
}

/** Several short values in one input: one a line, or on one line between semicolons. */
export function liste({ forme, de, max }: Options): Codec {
  const separateur = forme === "lignes" ? "\n" : " ; ";
  return {
    format: (valeur) => {
      const texts = asList(valeur).map((one) =>
        surUneLigne(de === "date" ? formatDate(textOf(one)) : textOf(one)),
      );
      return new Map([["", [texts.filter((text) => text !== "").join(separateur)]]]);
    },
    parse: (textes) => {
      const whole = normal(textes.get("") ?? []).join("\n");
      const parts = whole
        .split(forme === "lignes" ? "\n" : /[;\n]/)
        .map((part) => part.trim())
        .filter((part) => part !== "");
      if (parts.length === 0) return BLANC;
      if (parts.length > max) return { erreur: tropDe(parts.length, max, forme) };
      const defauts: Defaut[] = [];
      const valeurs: unknown[] = [];
      for (const part of parts) {
        const read = readOne(part, de, defauts);
        if (typeof read === "object") return read;
        if (read !== "") valeurs.push(read);
      }
      return { valeur: valeurs, defauts };
    },
  };
}

function tropDe(nombre: number, max: number, forme: "lignes" | "ligne"): string {
  const quoi = forme === "lignes" ? "lignes" : "valeurs";
  return `Il y a ${nombre} ${quoi} ; il en tient au plus ${max}. Regroupez-les ou retirez-en.`;
}

function readOne(
  part: string,
  de: Options["de"],
  defauts: Defaut[],
): string | number | { readonly erreur: string } {
  switch (de) {
    case "date":
      return parseDate(part, "00000000") ?? { erreur: erreurDeDate(part) };
    case "entier":
      return parseEntier(part) ?? { erreur: erreurDEntier(part) };
    case "texte": {
      const { texte, defauts: found } = cleaned(part);
      defauts.push(...found);
      return surUneLigne(texte);
    }
  }
}

/** Codes of a thesaurus or a nomenclature, between blanks or commas; each keeps what came with it. */
export function codes({
  de,
  longueur,
  max,
}: {
  readonly de: "texte" | "reference";
  readonly longueur: number;
  readonly max: number;
}): Codec {
  const codeOf = (one: unknown): string => textOf(de === "texte" ? one : Reflect.get(Object(one), "code"));
  return {
    format: (valeur) =>
      new Map([
        [
          "",
          [
            asList(valeur)
              .map((one) => surUneLigne(codeOf(one)))
              .join(" "),
          ],
        ],
      ]),
    parse: (textes, avant) => {
      const typed = normal(textes.get("") ?? [])
        .join(" ")
        .split(/[\s,;]+/)
        .filter((code) => code !== "");
      if (typed.length === 0) return BLANC;
      const known = asList(avant);
      const kept = typed.map((code) => known.find((one) => codeOf(one) === code));
      const wrong = typed.find((code, at) => kept[at] === undefined && code.length !== longueur);
      if (wrong !== undefined)
        return {
          erreur: `« ${wrong} » n'est pas un code : il en faut ${longueur} caractères. Séparez les codes par un espace.`,
        };
      if (typed.length > max) return { erreur: `Il y a ${typed.length} codes ; il en tient au plus ${max}.` };
      return { valeur: typed.map((code, at) => kept[at] ?? (de === "texte" ? code : { code })) };
    },
  };
}
