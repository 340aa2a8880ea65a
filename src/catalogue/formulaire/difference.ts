import { at, isObjet } from "../objet.ts";
import type { Champ, Element, Formulaire } from "./definition.ts";
import { itemsOf } from "./format.ts";
import { codecOf, normal } from "./saisies/index.ts";

/** A field of the form that two records do not have alike. */
export interface Difference {
  /** Start of the names of its inputs. */
  readonly nom: string;
  readonly titre: string;
  /** As one reads them; blank when nothing is there. */
  readonly de: string;
  readonly vers: string;
}

/** What differs between two records, as far as their form shows it: fields, and lists as wholes. */
export function difference(formulaire: Formulaire, a: object, b: object): readonly Difference[] {
  return formulaire.sections.flatMap(({ elements }) => compare(elements, a, b));
}

function compare(elements: readonly Element[], a: unknown, b: unknown): readonly Difference[] {
  return elements.flatMap((element): readonly Difference[] => {
    if (element.genre === "groupe" && element.nom === "") return compare(element.elements, a, b);
    const [de, vers] = [enClair(element, at(a, element.nom)), enClair(element, at(b, element.nom))];
    return de === vers ? [] : [{ nom: element.nom, titre: element.titre, de, vers }];
  });
}

/** The value of a part of a record in plain words, one line a piece. */
export function enClair(element: Element, valeur: unknown): string {
  switch (element.genre) {
    case "champ":
      return champEnClair(element, valeur);
    case "groupe":
      return isObjet(valeur) ? parts(element.elements, valeur).join("\n") : "";
    case "repetition":
      return itemsOf(valeur)
        .map((item, rang) => `${element.un} ${rang + 1} : ${parts(element.elements, item).join(" ; ")}`)
        .join("\n");
  }
}

const parts = (elements: readonly Element[], objet: object): readonly string[] =>
  elements.flatMap((element) => {
    const texte = enClair(element, element.nom === "" ? objet : at(objet, element.nom));
    if (texte === "") return [];
    return element.genre === "champ" ? [`${element.titre} ${texte}`] : [texte.replaceAll("\n", " ; ")];
  });

function champEnClair({ saisie }: Champ, valeur: unknown): string {
  const textes = codecOf(saisie).format(valeur);
  const label = (choix: readonly { valeur: string; texte: string }[], code: string): string =>
    choix.find((one) => one.valeur === code)?.texte ?? code;
  const plain = normal(textes.get("") ?? []);
  switch (saisie.type) {
    case "choix":
    case "financeurs":
      return plain.map((code) => label(saisie.choix, code)).join(", ");
    case "oui_non":
      return plain[0] === undefined ? "" : plain[0] === "1" ? "oui" : "non";
    case "heures":
      return saisie.modalites
        .flatMap(({ valeur: modalite, texte }) =>
          normal(textes.get(`[${modalite}]`) ?? []).map((nombre) => `${texte} ${nombre} h`),
        )
        .join(", ");
    case "rythme": {
      const [unite, entreprise, centre] = [".unite", ".unites_entreprise", ".unites_centre"].map(
        (suffix) => normal(textes.get(suffix) ?? [])[0],
      );
      return unite === undefined
        ? ""
        : `${entreprise} en entreprise, ${centre} au centre (${label(saisie.unites, unite).toLowerCase()})`;
    }
    case "visees":
      return plain
        .map((cle) => {
          const [validation = ""] = normal(textes.get(`[${cle}].validation`) ?? []);
          const blocs = normal(textes.get(`[${cle}].blocs`) ?? []).join(", ");
          return [cle, validation, blocs].filter((part) => part !== "").join(" ");
        })
        .join("\n");
    default:
      return plain.join(", ");
  }
}
