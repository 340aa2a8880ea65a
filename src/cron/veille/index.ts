export { controles } from "./controles.ts";
export { abandons, type Constat, pannes, partenairesArretes, retards, retenues } from "./diffusions.ts";
export { visibilites } from "./visibilite.ts";
