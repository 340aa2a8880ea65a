import { z } from "zod";
import { CADRES, ONGLETS, PAR_PAGE, TRIS } from "../../../catalogue/index.ts";
import { zTexte } from "../../pages/texte.ts";

const zEntier = zTexte.transform((text) => (/^[1-9]\d{0,6}$/.test(text) ? Number(text) : undefined));

/** What a list is asked for, as its address says it; anything wrong there is as if it were not. */
export const zCriteres = z.object({
  cadre: z.enum(CADRES).catch("non_conventionnee"),
  onglet: z.enum(ONGLETS.map(({ id }) => id)).catch("publiees"),
  filtre: zTexte,
  tri: z.enum(TRIS).catch("reference"),
  sens: z.enum(["asc", "desc"]).catch("desc"),
  page: zEntier.transform((page = 1) => page),
  par: zEntier.transform((par) => PAR_PAGE.find((one) => one === par) ?? PAR_PAGE[0]),
  /** Number, SIRET or words of the name of a structure, for who sees several. */
  structure: zTexte,
});

export type Criteres = z.output<typeof zCriteres>;

const DEFAUTS: Readonly<Record<string, string>> = {
  filtre: "",
  tri: "reference",
  sens: "desc",
  page: "1",
  par: String(PAR_PAGE[0]),
  structure: "",
};

/** Address of a list: what goes without saying is not said. */
export function lienFormations(criteres: Partial<Criteres>): string {
  const said = Object.entries(criteres)
    .map(([nom, valeur]) => [nom, String(valeur)] as const)
    .filter(([nom, valeur]) => valeur !== DEFAUTS[nom]);
  return `/gestion/formations?${new URLSearchParams(said.map(([nom, valeur]) => [nom, valeur]))}`;
}
