import type { Modalites } from "../../published/contract/index.ts";
import { entier } from "../valeurs.ts";

type Split = NonNullable<Modalites["heures_par_modalite"]>;
type Modalite = Split[number]["modalite"];

/** The columns of the form (S84), as they are read in a sentence. */
const LIBELLES: Readonly<Record<Modalite, string>> = {
  jour: "cours du jour",
  soir: "cours du soir",
  foad: "formation à distance",
  entreprise: "en entreprise",
};

type Durees = Pick<
  Modalites,
  "heures_par_modalite" | "nombre_heures_centre" | "nombre_heures_entreprise" | "nombre_heures_total"
>;

/** LHEO `nombre-heures-centre`, `-entreprise` and `-total`: as given, else the sums of the hours by modality. */
export function buildHeures(durees: Durees): {
  readonly centre: string | undefined;
  readonly entreprise: string | undefined;
  readonly total: string | undefined;
} {
  const split = durees.heures_par_modalite ?? [];
  const somme = (keep: (modalite: Modalite) => boolean): number | undefined =>
    sumOf(split.filter(({ modalite }) => keep(modalite)));
  return {
    centre: entier(durees.nombre_heures_centre ?? somme((modalite) => modalite !== "entreprise")),
    entreprise: entier(durees.nombre_heures_entreprise ?? somme((modalite) => modalite === "entreprise")),
    total: entier(heuresTotales(durees)),
  };
}

/** Hours of the whole training: as given, else the sum of the hours by modality; undefined when nothing says them. */
export function heuresTotales({
  nombre_heures_total,
  heures_par_modalite,
}: Pick<Durees, "nombre_heures_total" | "heures_par_modalite">): number | undefined {
  return nombre_heures_total ?? sumOf(heures_par_modalite ?? []);
}

const sumOf = (split: Split): number | undefined =>
  split.length === 0 ? undefined : split.reduce((sum, { heures }) => sum + heures, 0);

/** `cours du jour : 300 h, en entreprise : 70 h`; undefined without a split. */
export function phraseHeures(split: Modalites["heures_par_modalite"]): string | undefined {
  const dites = (split ?? []).filter(({ heures }) => heures > 0);
  if (dites.length === 0) return undefined;
  return dites.map(({ modalite, heures }) => `${LIBELLES[modalite]} : ${heures} h`).join(", ");
}

/**
 * dict-modalites-enseignement, from the hours: 2 when all that is taught is at a distance, 1 when a part is, 0 when
 * none is. Undefined without a split, and with hours in the company alone.
 */
export function enseignementSelonHeures(split: Modalites["heures_par_modalite"]): string | undefined {
  const enseignees = (split ?? []).filter(({ modalite, heures }) => modalite !== "entreprise" && heures > 0);
  if (enseignees.length === 0) return undefined;
  const distance = enseignees.filter(({ modalite }) => modalite === "foad").length;
  return distance === 0 ? "0" : distance === enseignees.length ? "2" : "1";
}
