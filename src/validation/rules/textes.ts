import { champ } from "../champs.ts";
import { type Constats, type Formation, texte } from "./constats.ts";
import { memo } from "./memo.ts";

/** Fillers met in real feeds, lower case, without accents nor punctuation. */
const FACTICES = new Set([
  "non renseigne",
  "non renseignee",
  "non communique",
  "non communiquee",
  "non precise",
  "non precisee",
  "non defini",
  "non definie",
  "a renseigner",
  "a completer",
  "a definir",
  "a preciser",
  "inconnu",
  "inconnue",
  "ras",
  "r a s",
  "nc",
  "n c",
  "n a",
  "na",
  "n r",
  "nr",
  "tbd",
  "todo",
  "test",
  "tests",
  "essai",
  "xxx",
  "xx",
  "xxxx",
  "xxxxx",
  "xxxxxx",
  "x",
  "abc",
  "azerty",
  "aaa",
  "aaaa",
  "lorem ipsum",
  "null",
  "undefined",
  "none",
  "nan",
  "vide",
  "rien",
  "0",
  "00",
  "000",
  "00000",
]);

/** What a short text is worth. */
type Valeur = "dit" | "factice" | "tiret";
const LONGUEUR = 24;

const valeur = memo((text: string): Valeur => {
  const nu = text.trim();
  if (nu === "") return "dit";
  if (/^[-–—_.…?*/\s]+$/.test(nu)) return "tiret";
  const mots = nu
    .normalize("NFD")
    .replace(/\p{M}/gu, "")
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, " ")
    .trim();
  return FACTICES.has(mots) ? "factice" : "dit";
});

/**
 * A filler in place of a text. A dash alone is what imports write for what they do not know.
 * @param name element that holds it
 */
export function checkRemplissage(constats: Constats, value: string, path: string, name: string): void {
  if (value.length > LONGUEUR) return;
  const found = valeur(value);
  if (found === "factice") constats.add("texte-factice", path, { value, champ: champ(name) });
  else if (found === "tiret") constats.add("texte-tiret", path, { value, champ: champ(name) });
}

const MINUSCULE = /\p{Ll}/u;
const MOT = /\p{Lu}{5}/u;

/** A sentence in capitals; initials and short words are not one. */
export function enMajuscules(text: string): boolean {
  if (MINUSCULE.test(text) || !MOT.test(text)) return false;
  return (text.match(/\p{Lu}/gu)?.length ?? 0) >= 8;
}

/** A long text: no filler, not all in capitals. */
export function checkTexte(constats: Constats, value: string, path: string, name: string): void {
  checkRemplissage(constats, value, path, name);
  if (enMajuscules(value)) constats.add("texte-majuscules", path, { value, champ: champ(name) });
}

const LONGS = ["objectif-formation", "resultats-attendus", "contenu-formation"] as const;
const VAE = "83899";

/** The title and the texts of the formation. */
export function checkTextesFormation(constats: Constats, formation: Formation): void {
  if (formation["intitule-formation"] !== undefined) checkIntitule(constats, formation);
  for (const name of LONGS) {
    const leaf = formation[name];
    if (leaf !== undefined) checkTexte(constats, texte(leaf), name, name);
  }
  const objectif = texte(formation["objectif-formation"]);
  if (objectif.length > 40 && objectif === texte(formation["contenu-formation"])) {
    constats.add("textes-identiques", "contenu-formation", {
      value: objectif,
      champ: champ("contenu-formation"),
    });
  }
}

function checkIntitule(constats: Constats, formation: Formation): void {
  const path = "intitule-formation";
  const value = texte(formation[path]);
  const nu = value.trim();
  if (nu === "") {
    if (value !== "") constats.add("intitule-blanc", path, { value });
    return;
  }
  checkRemplissage(constats, value, path, path);
  if (enMajuscules(value)) constats.add("intitule-majuscules", path, { value });
  if (nu.length < 4 && valeur(value) === "dit") constats.add("intitule-court", path, { value });
  if (value.length > 150) constats.add("intitule-long", path, { value, attendu: String([...value].length) });
  const vae = formation.certification?.some(
    (certification) => texte(certification["code-CERTIFINFO"]) === VAE,
  );
  if (vae === true && !/\bVAE\b|validation des acquis/i.test(value))
    constats.add("intitule-vae", path, { value });
}

/** Characters that ISO-8859-1 does not have, each once, in the order met. */
export function horsLatin1(value: unknown, found: Set<string> = new Set()): Set<string> {
  if (typeof value === "string")
    for (const [character] of value.matchAll(/[^\0-\xff]/gu)) found.add(character);
  else if (typeof value === "object" && value !== null)
    for (const inner of Object.values(value)) horsLatin1(inner, found);
  return found;
}
