export { removeFiles } from "./fichiers.ts";
export { removeRows } from "./lignes.ts";
