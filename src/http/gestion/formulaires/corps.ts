import type { Saisies } from "../../../catalogue/index.ts";

/** What a form sent, by name: every value of each, as typed. */
export function saisiesOf(body: unknown): Saisies {
  if (typeof body !== "object" || body === null) return new Map();
  return new Map(
    Object.entries(body).map(([nom, valeur]): [string, readonly string[]] => [
      nom,
      (Array.isArray(valeur) ? valeur : [valeur]).filter((one) => typeof one === "string"),
    ]),
  );
}

/** The last value of that name; blank when there is none. */
export const derniere = (saisies: Saisies, nom: string): string => saisies.get(nom)?.at(-1) ?? "";

/** What a button of a list asked: `ajouter:lieux`, `retirer:lieux[1]`. */
export function acteDe(saisies: Saisies): { readonly verbe: string; readonly quoi: string } {
  const [verbe = "", quoi = ""] = derniere(saisies, "acte").split(":", 2);
  return { verbe, quoi };
}

/** Without that field, or that item of a list: it is as if it had not been shown, or had been taken out. */
export function sans(saisies: Saisies, noms: readonly string[]): Saisies {
  const isIn = (nom: string): boolean =>
    noms.some((one) => nom === one || nom.startsWith(`${one}.`) || nom.startsWith(`${one}[`));
  return new Map([...saisies].filter(([nom]) => !isIn(nom)));
}
