export { abandons, type Constat, partenairesArretes, retards, retenues } from "./diffusions.ts";
export { visibilites } from "./visibilite.ts";
