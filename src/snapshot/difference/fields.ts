import { champOf } from "./labels.ts";

/** One field that reads otherwise. */
export interface ChampChange {
  /** « la date de fin », « la ville (lieu 2) ». */
  readonly libelle: string;
  readonly nature: "date" | "texte";
  /** As people read it; undefined when the field was not there. */
  readonly avant: string | undefined;
  readonly apres: string | undefined;
}

/** Compares two contents of the contract field by field, in the order of the record. Pure. */
export function comparerContenus(avant: unknown, apres: unknown): ChampChange[] {
  const before = flatten(avant);
  const after = flatten(apres);
  const paths = [...new Set([...after.keys(), ...before.keys()])];
  return paths.flatMap((path) => {
    const was = before.get(path);
    const is = after.get(path);
    if (was?.text === is?.text) return [];
    const steps = (is ?? was)?.steps ?? [];
    const { libelle, nature, lire } = champOf(steps);
    return [
      {
        libelle,
        nature,
        avant: was === undefined ? undefined : was.items.map(lire).join(", "),
        apres: is === undefined ? undefined : is.items.map(lire).join(", "),
      },
    ];
  });
}

interface Leaf {
  readonly steps: readonly (string | number)[];
  readonly items: readonly string[];
  readonly text: string;
}

/** Every field that holds something, by its path; a list of words or of codes is one field. */
function flatten(contenu: unknown): Map<string, Leaf> {
  const leaves = new Map<string, Leaf>();
  const keep = (steps: Leaf["steps"], items: readonly string[]) =>
    leaves.set(steps.join("/"), { steps, items, text: JSON.stringify(items) });
  const walk = (value: unknown, steps: Leaf["steps"]): void => {
    if (value === null || value === undefined || value === "") return;
    if (Array.isArray(value)) {
      const items = value.map(wordOf);
      if (items.every((item) => item !== undefined)) {
        if (items.length > 0) keep(steps, items);
      } else for (const [rank, item] of value.entries()) walk(item, [...steps, rank + 1]);
    } else if (typeof value === "object") {
      for (const [key, inner] of Object.entries(value)) walk(inner, [...steps, key]);
    } else keep(steps, [String(value)]);
  };
  walk(contenu, []);
  return leaves;
}

/** What stands for a whole item of a list: a word, or a code with where it comes from. */
function wordOf(item: unknown): string | undefined {
  if (typeof item === "string" || typeof item === "number") return String(item);
  if (typeof item !== "object" || item === null || !("code" in item)) return undefined;
  const others = Object.entries(item).filter(
    ([key, value]) => key !== "code" && key !== "ref" && value !== null && value !== undefined,
  );
  return others.length === 0 ? String(item.code) : undefined;
}

/** The change in one sentence of plain French. */
export function phraseDeChamp({ libelle, nature, avant, apres }: ChampChange): string {
  const cite = (value: string) => (nature === "date" ? value : `« ${value} »`);
  if (avant === undefined) return `Ajout ${de(libelle)} : ${cite(apres ?? "")}.`;
  if (apres === undefined) return `Suppression ${de(libelle)} (c'était ${cite(avant)}).`;
  const passe = libelle.startsWith("les ") ? "passent" : "passe";
  const [from, to] = nature === "date" ? ["du", "au"] : ["de", "à"];
  return `${libelle.charAt(0).toUpperCase()}${libelle.slice(1)} ${passe} ${from} ${cite(avant)} ${to} ${cite(apres)}.`;
}

/** « le prix » → « du prix ». */
function de(libelle: string): string {
  if (libelle.startsWith("le ")) return `du ${libelle.slice(3)}`;
  return libelle.startsWith("les ") ? `des ${libelle.slice(4)}` : `de ${libelle}`;
}

/** Characters kept around what changes in a long text. */
const AROUND = 60;

/** Two long texts, each cut to where they differ. */
export function extraits(avant: string, apres: string): { readonly avant: string; readonly apres: string } {
  const shortest = Math.min(avant.length, apres.length);
  let start = 0;
  while (start < shortest && avant[start] === apres[start]) start++;
  let end = 0;
  while (end < shortest - start && avant.at(-1 - end) === apres.at(-1 - end)) end++;
  const from = start > 2 * AROUND ? start - AROUND : 0;
  const kept = end > 2 * AROUND ? end - AROUND : 0;
  const cut = (text: string) =>
    `${from > 0 ? "…" : ""}${text.slice(from, text.length - kept)}${kept > 0 ? "…" : ""}`;
  return { avant: cut(avant), apres: cut(apres) };
}
