import type { Action, Organisme, Session, Version } from "../published/contract/index.ts";

/**
 * Numbers in the feed. They are the identity of everything at the partners' and never change; those of others are
 * kept as received, ours get the number of the base in front, as the national base does.
 */

const prefixe = (base: string, numero: string): string => (base === "" ? numero : `${base}_${numero}`);

/** `formation/@numero`. */
export function numeroFormation(
  base: string,
  { numero, contenu }: Pick<Version<Pick<Action, "numero_lheo">>, "numero" | "contenu">,
): string {
  return contenu.numero_lheo ?? prefixe(base, numero);
}

/** `action/@numero`: there is one LHEO action for each session, and it has the number of the session. */
export function numeroAction(
  base: string,
  { numero, contenu }: Pick<Version<Pick<Session, "numero_action_lheo">>, "numero" | "contenu">,
): string {
  return contenu.numero_action_lheo ?? prefixe(base, numero);
}

/** `session/@numero`, which is the numéro Carif that the OF types in Kairos (S52). */
export function numeroSession({
  numero,
  contenu,
}: Pick<Version<Pick<Session, "numero_lheo">>, "numero" | "contenu">): string {
  return contenu.numero_lheo ?? numero;
}

/** `organisme-formation-responsable/@numero`. */
export function numeroOrganisme(
  base: string,
  { numero, contenu }: Pick<Version<Pick<Organisme, "numero_lheo">>, "numero" | "contenu">,
): string {
  return contenu.numero_lheo ?? prefixe(base, numero);
}
