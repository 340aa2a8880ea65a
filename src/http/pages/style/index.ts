import { readFileSync } from "node:fs";

/** In this order: a later sheet may refine what an earlier one says. */
const FEUILLES = [
  "socle",
  "exploitation",
  "offre",
  "public",
  "comptes",
  "graphiques",
  "gestion",
  "direct",
  "gestionListes",
  "gestionFormulaires",
  "gestionChamps",
] as const;

/** The one stylesheet of the site. */
export const STYLE = FEUILLES.map((nom) =>
  readFileSync(new URL(`./${nom}.css`, import.meta.url), "utf8"),
).join("\n");
