import type { Offre, Sommaire } from "../../../snapshot/index.ts";
import type { Filtre } from "./filtre.ts";

export interface Page {
  readonly offres: readonly Offre[];
  /** Offers that the filter keeps, on all pages. */
  readonly total: number;
}

/**
 * The offers of one page.
 * @param recentes sessions that the filter's date keeps; undefined when it has none
 */
export async function pageOf(
  sommaire: Sommaire,
  filtre: Filtre,
  recentes: ReadonlySet<string> | undefined,
): Promise<Page> {
  const { departements, formacodes, page, taille } = filtre;
  const premieres = (page - 1) * taille;
  const offres: Offre[] = [];
  if (departements.length + formacodes.length === 0 && recentes === undefined) {
    const { offres: total } = sommaire.entete;
    if (premieres >= total) return { offres, total };
    for await (const offre of sommaire.offres({ premieres })) {
      offres.push(offre);
      if (offres.length === taille) break;
    }
    return { offres, total };
  }
  const sans = [departements, formacodes].flatMap((codes) => (codes.length === 1 ? codes : []));
  let total = 0;
  for await (const offre of sommaire.offres({ sans })) {
    const kept =
      among(offre.departements, departements) &&
      among(offre.formacodes, formacodes) &&
      (recentes === undefined || offre.sessions.some((session) => recentes.has(session)));
    if (!kept) continue;
    if (total >= premieres && offres.length < taille) offres.push(offre);
    total += 1;
  }
  return { offres, total };
}

const among = (codes: readonly string[], asked: readonly string[]): boolean =>
  asked.length === 0 || codes.some((code) => asked.includes(code));
