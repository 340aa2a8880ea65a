/** Lists of the catalogue: tabs with their counts, filter, order and pages. */
export { type Comptes, countActions } from "./count.ts";
export {
  type Demande,
  type Ligne,
  listActions,
  PAR_PAGE,
  type PageDActions,
  type Sens,
  TRIS,
  type Tri,
} from "./list.ts";
export { etatDe, ONGLETS, type Onglet } from "./onglets.ts";
export { structuresNamed } from "./structures.ts";
