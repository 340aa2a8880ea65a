/**
 * The forms of the guide as data, and the two ways through them: `format(formulaire, contenu)` gives what the inputs show,
 * `parse(formulaire, avant, saisies)` reads what comes back. Pure.
 */
export { formulaireAction } from "./action/index.ts";
export type {
  CertificationProposee,
  Champ,
  Choix,
  Element,
  Formulaire,
  Repetition,
  Saisies,
  Section,
} from "./definition.ts";
export { type Difference, difference, enClair } from "./difference.ts";
export { estPermanente, fabriquer, type Plan, parsePeriodes, reconduire } from "./fabrique.ts";
export { format, itemsOf, ORIGINE } from "./format.ts";
export { parse, type Saisi } from "./parse.ts";
export { type PlaceDuChamp, placeOf } from "./place.ts";
export { cleDe, codecOf, formatDate, parseDate } from "./saisies/index.ts";
export { type ContexteSession, formulaireSession, voiesDe } from "./session/index.ts";
