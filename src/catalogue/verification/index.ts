/** Checks of the forms: the same rules as the feed, with the field concerned. */
export { createVerificateur } from "./verificateur.ts";
export type { Constat, VerdictPartenaire, Verificateur, Verification } from "./verification.ts";
