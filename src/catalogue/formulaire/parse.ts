import { type DefautVu, type Notice, noticesDesDefauts } from "../../notices/index.ts";
import { at, isObjet, type Objet, put } from "../objet.ts";
import type { Champ, Element, Formulaire, Groupe, Repetition, Saisies } from "./definition.ts";
import { itemsOf, ORIGINE } from "./format.ts";
import { codecOf, normal } from "./saisies/index.ts";

/** What came back from a form. Names are those of the record as it now is, whatever was added or taken out. */
export interface Saisi {
  readonly contenu: Objet;
  /** Sentence by field: what could not be read, and is not in the record. */
  readonly erreurs: ReadonlyMap<string, string>;
  /** The same as it was typed, for the page to show again. */
  readonly illisibles: Saisies;
  /** What the origin of each item sent now is, by the name of its input: blank for one that was not kept. */
  readonly origines: ReadonlyMap<string, string>;
  /** What was put right in texts: characters that a paste brought. */
  readonly remarques: readonly (Notice & { readonly champ: string })[];
}

/**
 * Reads a form over the record that it was made from. A field that comes back as it was shown is left exactly as it is, and
 * so is all that the form does not show; names that the form does not know are ignored.
 * @param avant the record as stored
 */
export function parse(formulaire: Formulaire, avant: object, saisies: Saisies): Saisi {
  const lecteur = new Lecteur(saisies);
  const start: Objet = { ...avant };
  const contenu = formulaire.sections.reduce(
    (objet, { elements }) => lecteur.elements(elements, objet, "", "").objet,
    start,
  );
  const { erreurs, illisibles, origines, remarques } = lecteur;
  return { contenu, erreurs, illisibles, origines, remarques };
}

interface Part {
  readonly objet: Objet;
  /** Something is typed in what it shows. */
  readonly rempli: boolean;
}

class Lecteur {
  readonly erreurs = new Map<string, string>();
  readonly illisibles = new Map<string, readonly string[]>();
  readonly origines = new Map<string, string>();
  readonly remarques: (Notice & { readonly champ: string })[] = [];
  readonly #saisies: Saisies;

  constructor(saisies: Saisies) {
    this.#saisies = saisies;
  }

  /**
   * @param lu start of the names as they were sent
   * @param ecrit the same in the record as it becomes
   */
  elements(elements: readonly Element[], objet: Objet, lu: string, ecrit: string): Part {
    let rempli = false;
    let now = objet;
    for (const element of elements) {
      const part = this.#element(element, now, lu, ecrit);
      now = part.objet;
      rempli ||= part.rempli;
    }
    return { objet: now, rempli };
  }

  #element(element: Element, objet: Objet, lu: string, ecrit: string): Part {
    switch (element.genre) {
      case "champ":
        return this.#champ(element, objet, lu + element.nom, ecrit + element.nom);
      case "groupe":
        return this.#groupe(element, objet, lu + element.nom, ecrit + element.nom);
      case "repetition":
        return this.#repetition(element, objet, lu + element.nom, ecrit + element.nom);
    }
  }

  #champ(champ: Champ, objet: Objet, lu: string, ecrit: string): Part {
    const avant = at(objet, champ.nom);
    const codec = codecOf(champ.saisie);
    const shown = codec.format(avant);
    const typed = new Map(
      [...shown].map(([suffix, textes]) => [suffix, normal(this.#saisies.get(lu + suffix) ?? textes)]),
    );
    const rempli = [...typed.values()].some((textes) => textes.length > 0);
    if ([...shown].every(([suffix, textes]) => same(normal(textes), typed.get(suffix) ?? [])))
      return { objet, rempli };
    const read = codec.parse(typed, avant);
    if ("erreur" in read) {
      this.erreurs.set(ecrit, read.erreur);
      for (const [suffix] of shown) this.illisibles.set(ecrit + suffix, this.#saisies.get(lu + suffix) ?? []);
      return { objet, rempli };
    }
    this.#tell(read.defauts ?? [], ecrit);
    return { objet: put(objet, champ.nom, read.valeur), rempli };
  }

  #tell(defauts: readonly DefautVu[], champ: string): void {
    for (const notice of noticesDesDefauts(defauts, { path: champ }))
      this.remarques.push({ ...notice, champ });
  }

  #groupe({ nom, elements, modele, fixe = false }: Groupe, objet: Objet, lu: string, ecrit: string): Part {
    if (nom === "") return this.elements(elements, objet, lu, ecrit);
    const avant = at(objet, nom);
    const start = isObjet(avant) ? avant : {};
    const { objet: now, rempli } = this.elements(elements, start, `${lu}.`, `${ecrit}.`);
    if (now === start) return { objet, rempli };
    return { objet: put(objet, nom, rempli || fixe ? { ...modele, ...now } : undefined), rempli };
  }

  #repetition({ nom, elements, modele }: Repetition, objet: Objet, lu: string, ecrit: string): Part {
    const avant = itemsOf(at(objet, nom));
    if (!this.#saisies.has(lu)) return { objet, rempli: avant.length > 0 };
    const items: Objet[] = [];
    for (const rang of this.#ranks(lu)) {
      const input = `${lu}[${rang}].${ORIGINE}`;
      const origine = this.#saisies.get(input)?.at(-1) ?? "";
      const stored = /^\d{1,4}$/.test(origine) ? avant[Number(origine)] : undefined;
      const part = this.elements(elements, stored ?? {}, `${lu}[${rang}].`, `${ecrit}[${items.length}].`);
      const kept = part.objet === stored || part.rempli;
      this.origines.set(input, kept ? String(items.length) : "");
      if (kept) items.push(part.objet === stored ? stored : { ...modele, ...part.objet });
    }
    const rempli = items.length > 0;
    if (items.length === avant.length && items.every((item, rang) => item === avant[rang]))
      return { objet, rempli };
    return { objet: put(objet, nom, items), rempli };
  }

  /** Ranks of the items of a list that were sent, in order. */
  #ranks(lu: string): readonly number[] {
    const ranks = new Set<number>();
    for (const nom of this.#saisies.keys()) {
      if (!nom.startsWith(`${lu}[`)) continue;
      const rank = /^(\d{1,4})\]\./.exec(nom.slice(lu.length + 1))?.[1];
      if (rank !== undefined) ranks.add(Number(rank));
    }
    return [...ranks].sort((a, b) => a - b);
  }
}

const same = (a: readonly string[], b: readonly string[]): boolean =>
  a.length === b.length && a.every((text, at) => text === b[at]);
