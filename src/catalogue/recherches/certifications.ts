import type { Knex } from "knex";
import { horloge } from "../../db/index.ts";
import { parisDay } from "../../lheo/index.ts";
import type { Certification } from "../../published/contract/index.ts";
import { requeteDuTexte } from "../../published/index.ts";

/** A certification as a form offers it (S79, S81). */
export interface CertificationTrouvee {
  /** `RNCP35819`, `RS5500`, `CERTIFINFO83899`. */
  readonly numero: string;
  readonly intitule: string;
  readonly code_rncp: string | null;
  readonly code_rs: string | null;
  readonly code_certifinfo: string | null;
  readonly niveau: string | null;
  /** AAAAMMJJ. */
  readonly debut_validite: string | null;
  readonly fin_validite: string | null;
  readonly enregistrement: "active" | "echue" | "a_venir";
  /** Of the structure that asks; `sans_declaration`: the register names nobody for it. */
  readonly habilitation: "habilite" | "non_declaree" | "sans_declaration";
  readonly blocs: Certification["blocs"];
}

export interface Recherche {
  /** Number of the organisme whose rights are told. */
  readonly organisme: string;
  readonly limit?: number;
}

/** Records that match words, looked at before the best are kept: common words match thousands. */
const MATCHED = 400;
const LAST = "\u{10ffff}";

/**
 * Certifications by words of their title, or by code: RNCP, RS or Certif Info, with its prefix or without, whole or its
 * beginning. Those that are active come first. Answered by indexes, whatever the size of the register.
 */
export async function searchCertifications(
  db: Knex,
  texte: string,
  { organisme, limit = 20 }: Recherche,
): Promise<readonly CertificationTrouvee[]> {
  const jour = parisDay(await horloge(db));
  const numeros = numerosOf(texte.trim());
  if (numeros === undefined) return [];
  const { rows } = await db.raw<{ rows: CertificationTrouvee[] }>(CERTIFICATIONS(numeros.sql), {
    ...numeros.bindings,
    organisme,
    jour,
    limit,
  });
  return rows;
}

/** How the numbers looked for are found: `rang` is the lower the better. */
function numerosOf(asked: string) {
  const [, prefix = "", digits] = /^(RNCP|RS|CERTIF ?INFO|C ?I)?\s*[-n°]*\s*(\d{2,10})$/i.exec(asked) ?? [];
  if (digits !== undefined) {
    const registres = /^R/i.test(prefix)
      ? [prefix.toUpperCase()]
      : prefix === ""
        ? ["RNCP", "RS", "CERTIFINFO"]
        : ["CERTIFINFO"];
    const codes = registres.map((registre) => `${registre}${digits}`);
    return {
      sql: BY_CODE,
      bindings: {
        codes,
        fins: codes.map((code) => `${code}${LAST}`),
        certifinfo: registres.includes("CERTIFINFO") ? digits : null,
        limit_: MATCHED,
      },
    };
  }
  const mots = requeteDuTexte(asked);
  return mots === undefined ? undefined : { sql: BY_WORDS, bindings: { mots, limit_: MATCHED } };
}

const BY_CODE = `
  SELECT p.numero, CASE WHEN p.numero = ANY (:codes) THEN 0 ELSE 1 END::float AS rang
    FROM unnest(:codes::text[], :fins::text[]) AS c(code, fin)
   CROSS JOIN LATERAL (SELECT numero FROM published_certification
     WHERE retired_at IS NULL AND numero >= c.code COLLATE "C" AND numero < c.fin COLLATE "C"
     ORDER BY numero LIMIT :limit_) p
  UNION
  SELECT numero, 0 FROM published_certification
   WHERE retired_at IS NULL AND (contenu->>'code_certifinfo') COLLATE "C" = :certifinfo`;

const BY_WORDS = `
  SELECT numero, -max(ts_rank(mots_cherches(contenu->>'intitule'), to_tsquery('french', :mots), 2))::float AS rang
    FROM (SELECT numero, contenu FROM published_certification
      WHERE retired_at IS NULL AND mots_cherches(contenu->>'intitule') @@ to_tsquery('french', :mots) LIMIT :limit_) v
   GROUP BY numero`;

const CERTIFICATIONS = (numeros: string): string => `
  SELECT c.numero, c.contenu->>'intitule' AS intitule, c.contenu->>'code_rncp' AS code_rncp,
         c.contenu->>'code_rs' AS code_rs, c.contenu->>'code_certifinfo' AS code_certifinfo,
         c.contenu->>'niveau' AS niveau, c.contenu->>'debut_validite' AS debut_validite,
         c.contenu->>'fin_validite' AS fin_validite, c.enregistrement, coalesce(c.contenu->'blocs', '[]') AS blocs,
         CASE WHEN EXISTS (SELECT FROM published_habilitation h
                            WHERE h.organisme = :organisme AND h.certification = c.cle COLLATE "C" AND h.retired_at IS NULL
                              AND coalesce(h.contenu->>'fin', '99999999') >= :jour) THEN 'habilite'
              WHEN EXISTS (SELECT FROM certification_declaree d WHERE d.numero = c.cle COLLATE "C")
                OR EXISTS (SELECT FROM published_habilitation h
                            WHERE h.certification = c.cle COLLATE "C" AND h.retired_at IS NULL) THEN 'non_declaree'
              ELSE 'sans_declaration' END AS habilitation
    FROM (
      SELECT d.numero, d.contenu, n.rang,
             coalesce(d.contenu->>'code_rncp', d.contenu->>'code_rs', d.numero) AS cle,
             CASE WHEN d.contenu->>'debut_validite' > :jour THEN 'a_venir'
                  WHEN d.contenu->>'fin_validite' < :jour THEN 'echue' ELSE 'active' END AS enregistrement
        FROM (SELECT numero, min(rang) AS rang FROM (${numeros}) n GROUP BY numero) n
       CROSS JOIN LATERAL (SELECT numero, contenu FROM published_certification
         WHERE numero = n.numero AND retired_at IS NULL ORDER BY version DESC LIMIT 1) d
       ORDER BY CASE WHEN n.rang = 0 THEN 0 ELSE 1 END, enregistrement, n.rang, d.numero LIMIT :limit) c
   ORDER BY CASE WHEN c.rang = 0 THEN 0 ELSE 1 END, c.enregistrement, c.rang, c.numero`;
