import { isDeepStrictEqual } from "node:util";
import type { TelQuel } from "../../published/contract/index.ts";
import { attributsDe, type Champs, estChamps, estListe, estNoeud, type Noeud, texteDe } from "./valeur.ts";

/** A value of the original that what we write says otherwise, and that no addition can bring back. */
export interface Perdu {
  /** From the record's own element: `session[1]/periode/debut`, `@datemaj`. */
  readonly path: string;
  readonly value: string;
}

export interface Ecart {
  readonly tel_quel: TelQuel;
  readonly perdus: readonly Perdu[];
}

/**
 * The inverse of `applyTelQuel`: what must be laid over `built` to find `original` again, and what cannot be laid
 * because the built value says something else there. Items of a list are compared rank by rank, `extras` as a bag.
 */
export function diffTelQuel(original: object, built: object): Ecart {
  const ecart: EcartEnCours = { tel_quel: [], perdus: [] };
  comparer("", original as Champs, built as Champs, ecart);
  return ecart;
}

interface EcartEnCours {
  readonly tel_quel: TelQuel;
  readonly perdus: Perdu[];
}

function comparer(chemin: string, original: Noeud, built: Noeud, ecart: EcartEnCours): void {
  const attributs = comparerAttributs(chemin, original, built, ecart);
  const texte = texteDe(original);
  const enfants: Suite[] = [];
  const elements = texte === undefined ? comparerElements(chemin, original, built, enfants) : {};
  if (texte !== undefined && texte !== texteDe(built)) ecart.perdus.push({ path: chemin, value: texte });
  if (Object.keys(attributs).length > 0 || Object.keys(elements).length > 0) {
    ecart.tel_quel.push({
      chemin,
      ...(Object.keys(attributs).length > 0 ? { attributs } : {}),
      ...(Object.keys(elements).length > 0 ? { elements } : {}),
    });
  }
  for (const enfant of enfants) comparer(enfant.chemin, enfant.original, enfant.built, ecart);
}

/** A child that both have, to be compared in its turn. */
interface Suite {
  readonly chemin: string;
  readonly original: Noeud;
  readonly built: Noeud;
}

function comparerAttributs(
  chemin: string,
  original: Noeud,
  built: Noeud,
  { perdus }: EcartEnCours,
): Record<string, string> {
  const manquants: Record<string, string> = {};
  const batis = attributsDe(built);
  for (const [nom, value] of Object.entries(attributsDe(original))) {
    const bati = batis[nom];
    if (bati === undefined) manquants[nom] = value;
    else if (bati !== value) perdus.push({ path: sous(chemin, `@${nom}`), value });
  }
  return manquants;
}

/** The elements to add; the children found on both sides go to `suite`. */
function comparerElements(
  chemin: string,
  original: Noeud,
  built: Noeud,
  suite: Suite[],
): Record<string, unknown> {
  const manquants: Record<string, unknown> = {};
  if (!estChamps(original)) return manquants;
  const batis = estChamps(built) ? built : {};
  for (const [nom, value] of Object.entries(original)) {
    const bati = batis[nom];
    if (nom === "@" || value === undefined) continue;
    if (bati === undefined) {
      if (!estListe(value) || value.length > 0) manquants[nom] = value;
    } else if (estListe(value) && estListe(bati)) {
      const reste = nom === "extras" ? horsDe(value, bati) : value.slice(bati.length);
      if (reste.length > 0) manquants[nom] = reste;
      if (nom !== "extras") suite.push(...communs(sous(chemin, nom), value, bati));
    } else if (estNoeud(value) && estNoeud(bati)) {
      suite.push({ chemin: sous(chemin, nom), original: value, built: bati });
    }
  }
  return manquants;
}

function communs(chemin: string, value: readonly unknown[], bati: readonly unknown[]): readonly Suite[] {
  return value.slice(0, bati.length).flatMap((item, rang) => {
    const autre = bati[rang];
    return estNoeud(item) && estNoeud(autre)
      ? [{ chemin: `${chemin}[${rang + 1}]`, original: item, built: autre }]
      : [];
  });
}

/** The items that have no equal left in the other list. */
function horsDe(value: readonly unknown[], bati: readonly unknown[]): readonly unknown[] {
  const libres = [...bati];
  return value.filter((item) => {
    const rang = libres.findIndex((autre) => isDeepStrictEqual(item, autre));
    if (rang !== -1) libres.splice(rang, 1);
    return rang === -1;
  });
}

const sous = (chemin: string, nom: string): string => (chemin === "" ? nom : `${chemin}/${nom}`);
