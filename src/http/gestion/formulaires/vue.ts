import {
  type CertificationTrouvee,
  type Constat,
  type Formulaire,
  format,
  placeOf,
  type Saisi,
  type Saisies,
} from "../../../catalogue/index.ts";
import type { Ton } from "../../pages/words.ts";

/** Something said under a field. */
export interface Dit {
  readonly ton: Ton;
  readonly texte: string;
}

/** A form as it is to be drawn. */
export interface Vue {
  readonly formulaire: Formulaire;
  readonly saisies: Saisies;
  /** By name of the field. */
  readonly dits: ReadonlyMap<string, readonly Dit[]>;
  /** List that one more blank item was asked for. */
  readonly ajout: string | undefined;
  /** Titles of certifications, by their key. */
  readonly certifications: ReadonlyMap<string, string>;
  /** Searched without a script. */
  readonly recherche?: { readonly q: string; readonly trouves: readonly CertificationTrouvee[] } | undefined;
}

/** Texts of the inputs: what stands, and over it what could not be read. */
export const saisiesDe = (formulaire: Formulaire, contenu: object, illisibles: Saisies): Saisies =>
  new Map([...format(formulaire, contenu), ...illisibles]);

/** What is said of the fields of one form, each where it shows. */
export function ditsDe(
  formulaire: Formulaire,
  {
    saisi,
    constats = [],
  }: { readonly saisi?: Saisi | undefined; readonly constats?: readonly Constat[] | undefined },
): ReadonlyMap<string, readonly Dit[]> {
  const dits = new Map<string, readonly Dit[]>();
  const say = (champ: string, dit: Dit): void => {
    const nom = placeOf(formulaire, champ)?.nom ?? champ;
    dits.set(nom, [...(dits.get(nom) ?? []), dit]);
  };
  for (const [champ, texte] of saisi?.erreurs ?? []) say(champ, { ton: "souci", texte });
  for (const { champ, message } of saisi?.remarques ?? []) say(champ, { ton: "neutre", texte: message });
  for (const { champ, severity, message } of constats) say(champ, { ton: TONS[severity], texte: message });
  return dits;
}

const TONS: Readonly<Record<Constat["severity"], Ton>> = {
  bloquant: "souci",
  avertissement: "attente",
  information: "neutre",
};

/** Name of an input → id that an address can end with. */
export const idDe = (nom: string): string => `c-${nom.replaceAll(/[^\p{L}\d]+/gu, "-").replace(/-$/, "")}`;
