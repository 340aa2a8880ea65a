import path from "node:path";
import type { Knex } from "knex";
import { readColumns, readCsv } from "./csv.ts";
import { type LigneRefusee, ReferentielError } from "./erreur.ts";

export interface BilanFormacodes {
  readonly lus: number;
  readonly ajoutes: number;
  readonly changes: number;
  readonly retires: number;
  readonly refusees: readonly LigneRefusee[];
}

/**
 * Loads the subjects of the Formacode (V14) from a CSV file that has a column of codes and one of labels: the thesaurus is then
 * what the file says, no more and no less. The file of France compétences that links certifications to subjects will do.
 * @throws {ReferentielError} a file without such columns, or without a single code
 */
export async function loadFormacodes(db: Knex, fichier: string): Promise<BilanFormacodes> {
  const nom = path.basename(fichier);
  const { code: colonneCode, libelle: colonneLibelle } = await columnsOf(fichier);
  const libelles = new Map<string, string>();
  const refusees: LigneRefusee[] = [];
  for await (const { ligne, cellules } of readCsv(fichier)) {
    const code = cellules[colonneCode] ?? "";
    const libelle = (cellules[colonneLibelle] ?? "").replace(/^\d{5}\s*:\s*/, "");
    if (!/^[1-9]\d{4}$/.test(code))
      refusees.push({
        fichier: nom,
        ligne,
        raison: `« ${code} » n'est pas un code Formacode : il faut cinq chiffres`,
      });
    else if (libelle === "")
      refusees.push({ fichier: nom, ligne, raison: `le code ${code} n'a pas de libellé` });
    else libelles.set(code, libelle);
  }
  if (libelles.size === 0) throw new ReferentielError(`${nom} ne contient aucun code Formacode.`);
  const { rows } = await db.raw<{ rows: Omit<BilanFormacodes, "lus" | "refusees">[] }>(REMPLACER, {
    tous: JSON.stringify([...libelles].map(([code, libelle]) => ({ code, libelle }))),
  });
  const { ajoutes = 0, changes = 0, retires = 0 } = rows[0] ?? {};
  return { lus: libelles.size, ajoutes, changes, retires, refusees };
}

/** Publishers name them in many ways: `code;libelle`, `Formacode_Code;Formacode_Libelle`… */
async function columnsOf(fichier: string): Promise<{ readonly code: string; readonly libelle: string }> {
  const colonnes = await readColumns(fichier);
  const named = (mot: string) =>
    colonnes.find((colonne) => colonne.toLowerCase() === mot) ??
    colonnes.find((colonne) =>
      new RegExp(`(?:^|[_ -])${mot}`, "i").test(colonne.normalize("NFD").replaceAll(/\p{M}/gu, "")),
    );
  const [code, libelle] = [named("code"), named("libelle")];
  if (code === undefined || libelle === undefined)
    throw new ReferentielError(
      `${path.basename(fichier)}, ligne 1 : il faut une colonne « code » et une colonne « libelle ». Colonnes vues : ${colonnes.join(", ")}.`,
    );
  return { code, libelle };
}

/** One statement, hence all or nothing. */
const REMPLACER = `
  WITH donnes AS MATERIALIZED (SELECT * FROM jsonb_to_recordset(:tous::jsonb) AS d(code text, libelle text)),
  retires AS (DELETE FROM formacode f WHERE NOT EXISTS (SELECT FROM donnes d WHERE d.code = f.code) RETURNING 1),
  ecrits AS (
    INSERT INTO formacode (code, libelle) SELECT code, libelle FROM donnes
    ON CONFLICT (code) DO UPDATE SET libelle = excluded.libelle WHERE formacode.libelle <> excluded.libelle
    RETURNING xmax = 0 AS ajoute)
  SELECT (SELECT count(*) FROM ecrits WHERE ajoute)::int AS ajoutes,
         (SELECT count(*) FROM ecrits WHERE NOT ajoute)::int AS changes,
         (SELECT count(*) FROM retires)::int AS retires`;
