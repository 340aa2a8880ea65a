import type { Knex } from "knex";
import { keyOfCertification } from "../../feed/index.ts";
import { type Auteur, porteeOf } from "../auteur.ts";
import type { BrouillonAction } from "../contenu.ts";
import type { EtatAction } from "../etats/action.ts";

/** An action that is likely the same (S53). */
export interface ActionSemblable {
  readonly id: number;
  readonly reference: string;
  readonly intitule: string;
  readonly etat: EtatAction;
  readonly meme: readonly ("certification" | "intitule")[];
}

export interface Saisie {
  readonly structure: string;
  readonly contenu: Pick<BrouillonAction, "intitule" | "certifications">;
  /** The action itself, once it exists. */
  readonly sauf?: number;
}

/** Share of the words of two titles that both have, from which they are taken for one title. */
const TRES_PROCHES = 0.75;
const SHOWN = 5;
/** Measured at most: a title of common words alone is near to nothing. */
const CANDIDATES = 300;

/**
 * Actions of the same structure, published or waiting for it, that prepare for the same certification or have very nearly the
 * same title: to be looked at before one more is entered. The nearest first. An index gives them, whatever the size of the catalogue.
 */
export async function similarActions(
  db: Knex,
  auteur: Pick<Auteur, "role" | "structure">,
  { structure, contenu, sauf = 0 }: Saisie,
): Promise<readonly ActionSemblable[]> {
  const intitule = contenu.intitule ?? "";
  const cles = (contenu.certifications ?? []).flatMap((codes) => keyOfCertification(codes) ?? []);
  const codes = cles.flatMap((cle) => [cle, cle.replace(/^\D+/, "")]).map((code) => code.toLowerCase());
  if (intitule.trim() === "" && codes.length === 0) return [];
  const portee = porteeOf(auteur);
  const { rows } = await db.raw<{ rows: Row[] }>(SEMBLABLES(portee.sql), {
    ...portee.bindings,
    structure,
    sauf,
    intitule,
    codes: codes.length === 0 ? null : codes.join(" | "),
    limit: SHOWN,
    candidates: CANDIDATES,
  });
  return rows.map(({ id, certification, proche, ...action }) => ({
    ...action,
    id: Number(id),
    meme: [
      ...(certification ? (["certification"] as const) : []),
      ...(proche ? (["intitule"] as const) : []),
    ],
  }));
}

interface Row extends Omit<ActionSemblable, "meme"> {
  readonly certification: boolean;
  readonly proche: boolean;
}

/**
 * Two titles that share three words in four have one of the longest quarter, and one more, in common: these alone are looked for.
 */
const SEMBLABLES = (portee: string): string => `
  WITH saisie AS MATERIALIZED (SELECT tsvector_to_array(mots_cherches(:intitule)) AS mots),
  rares AS MATERIALIZED (
    SELECT string_agg(quote_literal(mot), ' | ')::tsquery AS requete FROM (
      SELECT mot FROM saisie CROSS JOIN LATERAL unnest(mots) AS u(mot) ORDER BY length(mot) DESC, mot
       LIMIT (SELECT cardinality(mots) - ceil(${TRES_PROCHES} * cardinality(mots)) + 1 FROM saisie)) r),
  candidates AS (
    (${candidates(portee, "to_tsquery('french', :codes)")})
    UNION
    (${candidates(portee, "(SELECT requete FROM rares)")})),
  mesures AS (
    SELECT c.*, coalesce(c.mots @@ to_tsquery('french', :codes), false) AS certification,
           (SELECT count(*) FILTER (WHERE n = 2)::float / greatest(count(*), 1) FROM (
        SELECT mot, count(*) AS n FROM (
          SELECT unnest(s.mots) AS mot UNION ALL SELECT unnest(tsvector_to_array(mots_cherches(c.intitule)))) m
        GROUP BY mot) u) AS part
      FROM candidates c CROSS JOIN saisie s)
  SELECT id, reference, intitule, etat, certification, part >= ${TRES_PROCHES} AS proche
    FROM mesures WHERE certification OR part >= ${TRES_PROCHES}
   ORDER BY certification::int + (part >= ${TRES_PROCHES})::int DESC, part DESC, id DESC LIMIT :limit`;

function candidates(portee: string, requete: string): string {
  return `SELECT a.id, a.reference, a.etat, coalesce(a.contenu->>'intitule', '') AS intitule, a.mots
      FROM catalogue_action a
     WHERE ${portee} AND a.structure = :structure AND a.id <> :sauf
       AND a.etat IN ('creee', 'publiee', 'alerte', 'modifiee') AND a.mots @@ ${requete} LIMIT :candidates`;
}
