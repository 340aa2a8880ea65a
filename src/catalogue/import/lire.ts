import type { Knex } from "knex";
import type { Auteur } from "../auteur.ts";
import type { Cadre } from "../fiche.ts";
import type { Refus } from "../refus.ts";
import { writeCsv } from "./csv/ecrire.ts";
import type { Verdict } from "./essai.ts";

/** A file that an OF brought, and how many of its formations became what. */
export interface ImportLu {
  readonly id: number;
  readonly cadre: Cadre;
  readonly fichier: string;
  readonly format: "lheo" | "csv";
  readonly octets: number;
  readonly etat: "essai" | "fait" | "abandonne";
  readonly created_at: Date;
  readonly created_by: string;
  readonly comptes: Readonly<Record<Verdict, number>>;
}

export interface LigneDImport {
  readonly rang: number;
  readonly ligne: number;
  readonly numero: string;
  readonly intitule: string;
  readonly verdict: Verdict;
  readonly raisons: readonly string[];
  readonly nombre_sessions: number;
  /** The draft, once there is one. */
  readonly action_id: number | null;
}

export const IMPORT_INCONNU: Refus = { refus: "Cet import n'existe pas, ou n'est pas de votre structure." };

const IMPORT = `SELECT i.id, i.cadre, i.fichier, i.format, i.octets, i.etat, i.created_at, i.created_by, c.*
  FROM catalogue_import i CROSS JOIN LATERAL (
    SELECT count(*) FILTER (WHERE verdict = 'creee')::int AS creee, count(*) FILTER (WHERE verdict = 'connue')::int AS connue,
      count(*) FILTER (WHERE verdict = 'refusee')::int AS refusee
    FROM catalogue_import_ligne WHERE import_id = i.id) c
  WHERE i.structure = :structure`;

interface Row extends Omit<ImportLu, "comptes">, Record<Verdict, number> {}

const toImport = ({ creee, connue, refusee, ...row }: Row): ImportLu => ({
  ...row,
  id: Number(row.id),
  octets: Number(row.octets),
  comptes: { creee, connue, refusee },
});

/** One import of the author's structure. */
export async function readImport(db: Knex, { structure }: Auteur, id: number): Promise<ImportLu | undefined> {
  const { rows } = await db.raw<{ rows: Row[] }>(`${IMPORT} AND i.id = :id`, { structure, id });
  return rows.map(toImport)[0];
}

/** Those of the author's structure, the latest first. */
export async function listImports(
  db: Knex,
  { structure }: Auteur,
  limit: number,
): Promise<readonly ImportLu[]> {
  const { rows } = await db.raw<{ rows: Row[] }>(`${IMPORT} ORDER BY i.id DESC LIMIT :limit`, {
    structure,
    limit,
  });
  return rows.map(toImport);
}

/** The formations of a file, in its order; of an import that was read by {@link readImport}. */
export async function readLignesDImport(
  db: Knex,
  { id }: Pick<ImportLu, "id">,
  {
    limit,
    apres = 0,
    verdict,
  }: { readonly limit: number; readonly apres?: number; readonly verdict?: Verdict | undefined },
): Promise<{ readonly lignes: readonly LigneDImport[]; readonly suite: number | undefined }> {
  const rows: LigneDImport[] = await db("catalogue_import_ligne")
    .where({ import_id: id, ...(verdict === undefined ? {} : { verdict }) })
    .where("rang", ">", apres)
    .orderBy("rang")
    .limit(limit + 1)
    .select("rang", "ligne", "numero", "intitule", "verdict", "raisons", "nombre_sessions", "action_id");
  const lignes = rows
    .slice(0, limit)
    .map((row) => ({ ...row, action_id: row.action_id === null ? null : Number(row.action_id) }));
  return { lignes, suite: rows.length > limit ? lignes.at(-1)?.rang : undefined };
}

export const VERDICTS: Readonly<Record<Verdict, string>> = {
  creee: "brouillon",
  connue: "déjà au catalogue",
  refusee: "refusée",
};

/** What was said of each formation, as a table to keep. */
export async function rapportCsv(db: Knex, lu: ImportLu): Promise<string> {
  const { lignes } = await readLignesDImport(db, lu, { limit: Number.MAX_SAFE_INTEGER - 1 });
  return writeCsv([
    ["ligne", "numero", "intitule", "resultat", "sessions", "raisons", "fiche"],
    ...lignes.map(({ ligne, numero, intitule, verdict, nombre_sessions, raisons, action_id }) => [
      ligne,
      numero,
      intitule,
      VERDICTS[verdict],
      nombre_sessions,
      raisons.join(" "),
      action_id === null ? "" : `/gestion/actions/${action_id}`,
    ]),
  ]);
}
