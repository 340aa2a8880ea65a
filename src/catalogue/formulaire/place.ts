import type { Element, Formulaire } from "./definition.ts";

/** Where a field of the record shows on its form. */
export interface PlaceDuChamp {
  /** Of the inputs: the field's own, or that of the nearest part that shows. */
  readonly nom: string;
  /** As one reads it: « Lieu 2, Ville ». */
  readonly titre: string;
}

/** Finds where something said of a field of the record is to be shown; undefined when the form has nothing of it. */
export function placeOf(formulaire: Formulaire, champ: string): PlaceDuChamp | undefined {
  for (const { elements } of formulaire.sections) {
    const found = within(elements, champ, "", []);
    if (found !== undefined) return found;
  }
  return undefined;
}

function within(
  elements: readonly Element[],
  reste: string,
  prefixe: string,
  titres: readonly string[],
): PlaceDuChamp | undefined {
  for (const element of elements) {
    if (element.genre === "groupe" && element.nom === "") {
      const found = within(element.elements, reste, prefixe, titres);
      if (found !== undefined) return found;
      continue;
    }
    const suite = afterName(reste, element.nom);
    if (suite === undefined) continue;
    const nom = prefixe + element.nom;
    const here = { nom, titre: [...titres, element.titre].filter((titre) => titre !== "").join(", ") };
    if (element.genre === "champ") return here;
    if (element.genre === "groupe") {
      if (!suite.startsWith(".")) return here;
      // The address of a place needs no other name than the place.
      const inner = titres.length > 0 ? titres : [element.titre];
      return within(element.elements, suite.slice(1), `${nom}.`, inner) ?? here;
    }
    const [whole, rang] = /^\[(\d+)\]/.exec(suite) ?? [];
    if (whole === undefined) return here;
    const item = { nom: `${nom}${whole}`, titre: `${element.un} ${Number(rang) + 1}` };
    return (
      within(element.elements, suite.slice(whole.length + 1), `${item.nom}.`, [...titres, item.titre]) ?? item
    );
  }
  return undefined;
}

/** What comes after a name at the start of a path: "", or a step further in. */
function afterName(reste: string, nom: string): string | undefined {
  if (!reste.startsWith(nom)) return undefined;
  const suite = reste.slice(nom.length);
  return suite === "" || suite.startsWith(".") || suite.startsWith("[") ? suite : undefined;
}
