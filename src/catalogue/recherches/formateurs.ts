import type { Knex } from "knex";
import { requeteDuTexte } from "../../published/index.ts";
import type { Auteur } from "../auteur.ts";

/** A body that may be named as who teaches (S97). */
export interface FormateurTrouve {
  /** Number of the organisme, when it is one of ours. */
  readonly numero: string | null;
  readonly siret: string;
  readonly raison_sociale: string;
  readonly ville: string | null;
  readonly uai: string | null;
  /** The structure named it before. */
  readonly connu: boolean;
}

/**
 * Who teaches, by SIRET (whole, its beginning, or the SIREN) or by words of its name: those that the structure named before, then
 * the structures of the catalogue and the published organismes. Nothing that another structure typed is shown.
 */
export async function searchFormateurs(
  db: Knex,
  { structure }: Pick<Auteur, "structure">,
  texte: string,
  limit = 20,
): Promise<readonly FormateurTrouve[]> {
  const siret = texte.replaceAll(/[\s.]/g, "").toUpperCase();
  const bySiret = /^\d[0-9]{3,13}$|^MONACO[0-9A-Z]*$/.test(siret);
  const mots = requeteDuTexte(texte);
  if (!bySiret && mots === undefined) return [];
  const { rows } = await db.raw<{ rows: FormateurTrouve[] }>(bySiret ? BY_SIRET : BY_WORDS, {
    structure,
    debut: siret,
    fin: `${siret}\u{10ffff}`,
    mots: mots ?? "",
    limit,
    matched: MATCHED,
  });
  return rows;
}

const MATCHED = 200;

/** The same body may be in several places: the structure's own words for it are kept first. */
const formateurs = (connus: string, structures: string, organismes: string): string => `
  SELECT numero, siret, raison_sociale, ville, uai, connu FROM (
    SELECT DISTINCT ON (siret) max(numero) OVER un AS numero, siret, raison_sociale, max(ville) OVER un AS ville,
           coalesce(uai, max(uai) OVER un) AS uai, connu, ordre FROM (
      (SELECT NULL AS numero, siret, raison_sociale, NULL AS ville, uai, true AS connu, 0 AS ordre
         FROM formateur_connu WHERE structure = :structure AND ${connus} LIMIT :matched)
      UNION ALL
      (SELECT numero, siret, coalesce(contenu->>'raison_sociale', nom), ville, contenu->>'uai', false, 1
         FROM structure WHERE type = 'organisme' AND disabled_at IS NULL AND siret IS NOT NULL AND ${structures} LIMIT :matched)
      UNION ALL
      (SELECT numero, contenu->>'siret', contenu->>'raison_sociale', contenu #>> '{coordonnees,adresse,ville}',
              contenu->>'uai', false, 2
         FROM published_organisme WHERE retired_at IS NULL AND ${organismes} LIMIT :matched)) t
    WINDOW un AS (PARTITION BY siret) ORDER BY siret, ordre, t.numero) u
  ORDER BY ordre, raison_sociale, siret LIMIT :limit`;

const between = (column: string): string =>
  `${column} COLLATE "C" >= :debut AND ${column} COLLATE "C" < :fin`;
const found = (text: string): string => `mots_cherches(${text}) @@ to_tsquery('french', :mots)`;

const BY_SIRET = formateurs(between("siret"), between("siret"), between("(contenu->>'siret')"));
const BY_WORDS = formateurs(
  found("raison_sociale"),
  found("nom"),
  found("(contenu->>'nom') || ' ' || (contenu->>'raison_sociale')"),
);
