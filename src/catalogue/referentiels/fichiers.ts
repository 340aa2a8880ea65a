import { readdir, stat } from "node:fs/promises";
import path from "node:path";
import { readColumns } from "./csv.ts";
import { ReferentielError } from "./erreur.ts";

/**
 * The files of the open data of France compétences, and that of Certif Info, by the columns that each must have: their names carry a
 * date and change.
 */
const FORMES = {
  standard: ["Numero_Fiche", "Intitule", "Actif", "Date_Fin_Enregistrement"],
  blocs: ["Numero_Fiche", "Bloc_Competences_Code", "Bloc_Competences_Libelle"],
  certificateurs: ["Numero_Fiche", "Siret_Certificateur"],
  partenaires: ["Numero_Fiche", "Siret_Partenaire", "Habilitation_Partenaire"],
  certifinfo: ["Code_Diplome", "Libelle_Diplome", "Code_RNCP"],
} as const satisfies Record<string, readonly string[]>;

type Forme = keyof typeof FORMES;

interface FichiersTrouves {
  readonly fichiers: Readonly<Partial<Record<Forme, string>>>;
  /** Names of those of another form: the export has a dozen. */
  readonly ignores: readonly string[];
}

/**
 * Tells the files apart, whatever their names.
 * @param chemins files, or folders that hold them
 * @throws {ReferentielError} nothing that can be read, or two files of one form
 */
export async function findFiles(chemins: readonly string[]): Promise<FichiersTrouves> {
  const fichiers: Partial<Record<Forme, string>> = {};
  const ignores: string[] = [];
  for (const fichier of (await Promise.all(chemins.map(filesOf))).flat()) {
    const colonnes = new Set(await readColumns(fichier));
    const forme = (Object.keys(FORMES) as Forme[]).find((nom) =>
      FORMES[nom].every((colonne) => colonnes.has(colonne)),
    );
    if (forme === undefined) {
      ignores.push(path.basename(fichier));
      continue;
    }
    const other = fichiers[forme];
    if (other !== undefined)
      throw new ReferentielError(
        `Deux fichiers « ${forme} » : ${path.basename(other)} et ${path.basename(fichier)}. Ne donnez que le plus récent.`,
      );
    fichiers[forme] = fichier;
  }
  if (fichiers.standard === undefined && fichiers.certifinfo === undefined)
    throw new ReferentielError(
      `Ni fichier « Standard » de France compétences (colonnes ${FORMES.standard.join(", ")}), ni fichier de Certif Info (colonnes ${FORMES.certifinfo.join(", ")}). ${ignores.length === 0 ? "Aucun fichier CSV n'a été trouvé." : `Fichiers vus : ${ignores.join(", ")}.`}`,
    );
  return { fichiers, ignores };
}

async function filesOf(chemin: string): Promise<readonly string[]> {
  const found = await stat(chemin).catch(() => undefined);
  if (found === undefined) throw new ReferentielError(`${chemin} n'existe pas.`);
  if (!found.isDirectory()) return [chemin];
  const noms = await readdir(chemin);
  return noms
    .filter((nom) => /\.csv$/i.test(nom))
    .sort()
    .map((nom) => path.join(chemin, nom));
}
