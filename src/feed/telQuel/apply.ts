import type { TelQuel } from "../../published/contract/index.ts";
import { lireChemin, type Pas } from "./chemin.ts";
import { type Champs, estChamps, estListe, estNoeud, type Noeud, texteDe } from "./valeur.ts";

type Ajout = TelQuel[number];

/**
 * Lays over a built value what an imported record carries and the contract does not model (DESIGN section 2). It only
 * ever adds: an attribute or an element that was built stays, a list is continued. What was to be laid on an element
 * that is no more is left out with it. The value given is not changed; with nothing to lay it is given back.
 *
 * @param value the record's own element: `formation` for an action, `organisme-formation-responsable` for an
 *   organisme, LHEO `action` (its session below, at `session[1]`) for a session
 */
export function applyTelQuel<T extends object>(value: T, telQuel: TelQuel): T {
  let noeud: Noeud = value as Champs;
  for (const ajout of telQuel) noeud = poser(noeud, lireChemin(ajout.chemin), ajout);
  return noeud as T;
}

function poser(noeud: Noeud, [pas, ...suite]: readonly Pas[], ajout: Ajout): Noeud {
  if (pas === undefined) return completer(noeud, ajout);
  if (!estChamps(noeud)) return noeud;
  const enfant = noeud[pas.nom];
  if (estListe(enfant)) {
    const item = enfant[pas.rang - 1];
    if (!estNoeud(item)) return noeud;
    return { ...noeud, [pas.nom]: enfant.with(pas.rang - 1, poser(item, suite, ajout)) };
  }
  return estNoeud(enfant) && pas.rang === 1 ? { ...noeud, [pas.nom]: poser(enfant, suite, ajout) } : noeud;
}

function completer(noeud: Noeud, { attributs, elements }: Ajout): Noeud {
  const avecAttributs = attributs === undefined ? noeud : poserAttributs(noeud, attributs);
  if (elements === undefined || !estChamps(avecAttributs) || texteDe(avecAttributs) !== undefined)
    return avecAttributs;
  const complet: Record<string, unknown> = { ...avecAttributs };
  for (const [nom, ajoute] of Object.entries(elements)) {
    const bati = complet[nom];
    if (bati === undefined) complet[nom] = ajoute;
    else if (estListe(bati) && estListe(ajoute)) complet[nom] = [...bati, ...ajoute];
  }
  return complet;
}

function poserAttributs(noeud: Noeud, attributs: Readonly<Record<string, string>>): Noeud {
  if (typeof noeud === "string") return { "@": attributs, "#": noeud };
  return { ...noeud, "@": { ...attributs, ...(estChamps(noeud["@"]) ? noeud["@"] : {}) } };
}
