import { at, isObjet, type Objet } from "../objet.ts";
import type { Element, Formulaire, Saisies } from "./definition.ts";
import { codecOf } from "./saisies/index.ts";

/** Ends the name of the input that says which of the stored items an item of a list was. */
export const ORIGINE = "#";

/** What the inputs of a form show of a record: the very names and texts that a browser sends back. */
export function format(formulaire: Formulaire, contenu: object): Saisies {
  const saisies = new Map<string, readonly string[]>();
  for (const { elements } of formulaire.sections) write(elements, { ...contenu }, "", saisies);
  return saisies;
}

function write(
  elements: readonly Element[],
  objet: Objet,
  prefixe: string,
  saisies: Map<string, readonly string[]>,
): void {
  for (const element of elements) {
    const nom = prefixe + element.nom;
    const valeur = at(objet, element.nom);
    switch (element.genre) {
      case "champ":
        for (const [suffix, textes] of codecOf(element.saisie).format(valeur))
          saisies.set(nom + suffix, textes);
        break;
      case "groupe":
        if (element.nom === "") write(element.elements, objet, prefixe, saisies);
        else write(element.elements, isObjet(valeur) ? valeur : {}, `${nom}.`, saisies);
        break;
      case "repetition": {
        const items = itemsOf(valeur);
        saisies.set(nom, [""]);
        for (const [rang, item] of items.entries()) {
          saisies.set(`${nom}[${rang}].${ORIGINE}`, [String(rang)]);
          write(element.elements, item, `${nom}[${rang}].`, saisies);
        }
      }
    }
  }
}

export const itemsOf = (valeur: unknown): readonly Objet[] =>
  Array.isArray(valeur) ? valeur.filter(isObjet) : [];
