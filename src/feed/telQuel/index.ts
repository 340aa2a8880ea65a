export { applyTelQuel } from "./apply.ts";
export { lireChemin } from "./chemin.ts";
export { diffTelQuel, type Ecart, type Perdu } from "./diff.ts";
export { attributsDe, estChamps, estListe } from "./valeur.ts";
