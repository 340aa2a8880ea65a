import type { Knex } from "knex";
import { lastDay } from "../../lheo/index.ts";

/** What ends, or has ended, of what published actions announce. */
export interface Echeance {
  readonly genre: "certification" | "habilitation";
  /** Key of the certification (`RNCP35819`). */
  readonly certification: string;
  readonly intitule: string | undefined;
  /** Of a habilitation. */
  readonly organisme: string | undefined;
  /** Last day, AAAAMMJJ. */
  readonly fin: string;
  readonly actions: number;
  readonly organismes: number;
  /** The first few, by number. */
  readonly exemples: { readonly actions: readonly string[]; readonly organismes: readonly string[] };
}

/**
 * Certifications of the registers, and rights of OF to them, whose last day is not after `jusqua` and that a published
 * action still announces; what has been renewed since, or what no action uses any more, is not among them.
 * @param jusqua AAAAMMJJ
 */
export async function readEcheances(db: Knex, jusqua: string): Promise<readonly Echeance[]> {
  const { rows } = await db.raw<{ rows: Row[] }>(ECHEANCES, { jusqua });
  return rows.flatMap(({ genre, certification, intitule, organisme, fin, ...utilisee }) => {
    const dernier = lastDay(fin);
    if (dernier === undefined || dernier > jusqua) return [];
    return {
      genre,
      certification,
      intitule: intitule ?? undefined,
      organisme: organisme ?? undefined,
      fin: dernier,
      actions: utilisee.actions,
      organismes: utilisee.organismes,
      exemples: { actions: utilisee.exemples_actions, organismes: utilisee.exemples_organismes },
    };
  });
}

interface Row {
  readonly genre: Echeance["genre"];
  readonly certification: string;
  readonly intitule: string | null;
  readonly organisme: string | null;
  readonly fin: string;
  readonly actions: number;
  readonly organismes: number;
  readonly exemples_actions: readonly string[];
  readonly exemples_organismes: readonly string[];
}

const EXEMPLES = 5;

/** The actions that announce a certification by their newest version. */
const utilisations = (key: string, more = ""): string => `
  CROSS JOIN LATERAL (
    SELECT count(DISTINCT a.numero)::int AS actions, count(DISTINCT a.organisme)::int AS organismes,
           (array_agg(DISTINCT a.numero))[1:${EXEMPLES}] AS exemples_actions,
           (array_agg(DISTINCT a.organisme))[1:${EXEMPLES}] AS exemples_organismes
      FROM published_action a
     WHERE cles_certifications(a.contenu) @> ARRAY[${key}] AND a.retired_at IS NULL
       AND a.contenu->'certifications' <> '[]'${more}
       AND NOT EXISTS (SELECT FROM published_action n
         WHERE n.numero = a.numero AND n.version > a.version AND n.retired_at IS NULL)) u`;

const courantes = (kind: Echeance["genre"]): string =>
  `(SELECT DISTINCT ON (numero) * FROM published_${kind} WHERE retired_at IS NULL ORDER BY numero, version DESC)`;

/** As a text a date is not after its last possible day, so none of those wanted is missed. */
const avant = (date: string): string => `${date} <= :jusqua AND ${date} > '00000000'`;

const ECHEANCES = `
  SELECT 'certification' AS genre, c.numero AS certification, c.contenu->>'intitule' AS intitule, NULL AS organisme,
         c.contenu->>'fin_validite' AS fin, u.*
    FROM ${courantes("certification")} c ${utilisations("c.numero")}
   WHERE ${avant("c.contenu->>'fin_validite'")} AND u.actions > 0
  UNION ALL
  SELECT 'habilitation', h.certification, NULL, h.organisme, h.contenu->>'fin', u.*
    FROM ${courantes("habilitation")} h ${utilisations("h.certification", " AND a.organisme = h.organisme")}
   WHERE ${avant("h.contenu->>'fin'")} AND u.actions > 0
   ORDER BY fin, certification, organisme`;
