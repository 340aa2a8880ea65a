import type { Knex } from "knex";
import { withClient } from "../../db/index.ts";
import type { Certification, Habilitation, Organisme } from "../contract/index.ts";
import { cursorPages } from "../read/cursor.ts";

/** Which rights are looked for: those that something in here may open or close. */
export interface FenetreDeDroits {
  /** First mise en ligne of an action with the certification, in ]after, until]. */
  readonly misEnLigne: { readonly after: Date; readonly until: Date };
  /** Writings of the first day of a validity or of a habilitation. */
  readonly debuts: readonly string[];
  /** Writings of the last day of one. */
  readonly fins: readonly string[];
  /** Key of the certification for which the OF needs no habilitation. */
  readonly sansHabilitation: string;
}

/** What the CPF mention of one certification of one action depends on. */
export interface DroitLu {
  readonly action: string;
  /** Its key, as the registers number it. */
  readonly cle: string;
  /** First mise en ligne of the action with it, whatever the version. */
  readonly depuis: Date;
  readonly certification: Certification;
  readonly habilitation: Habilitation | undefined;
  readonly qualiopi: Organisme["qualiopi"];
}

type Row = readonly [
  action: string,
  cle: string,
  depuis: Date,
  certification: Certification,
  habilitation: Habilitation | null,
  qualiopi: Organisme["qualiopi"] | null,
];

const PAGE = 1000;

/**
 * Reads the rights that may open or close in a window, of the actions that are published with a session of formation
 * continue that aims at the certification; in pages, in no order. Every branch starts from an index (versions by mise en
 * ligne, registers by the day of a bound, actions by certification), so the cost follows the answer, not the offer.
 * @param trx a transaction, read only
 */
export async function* readDroitsCpf(
  trx: Knex.Transaction,
  { misEnLigne, debuts, fins, sansHabilitation }: FenetreDeDroits,
): AsyncGenerator<DroitLu> {
  const client = await withClient(trx, async (lent) => lent);
  const values = [misEnLigne.after, misEnLigne.until, [...debuts], [...fins], sansHabilitation];
  for await (const page of cursorPages<Row>(client, "droits_cpf", {
    sql: SQL,
    values,
    pageSize: PAGE,
  })) {
    for (const [action, cle, depuis, certification, habilitation, qualiopi] of page) {
      yield {
        action,
        cle,
        depuis,
        certification,
        habilitation: habilitation ?? undefined,
        qualiopi: qualiopi ?? [],
      };
    }
  }
}

/** The fence (`OFFSET 0`) makes the planner look actions up for each row of a register, which are few and mostly none. */
const actionsDe = (row: string, more = ""): string =>
  `CROSS JOIN LATERAL (SELECT numero FROM published_action
      WHERE cles_certifications(contenu) @> ARRAY[${row}.cle::text] AND retired_at IS NULL
        AND contenu->'certifications' <> '[]'${more} OFFSET 0) a`;

const SQL = `
  WITH certifications AS (
    SELECT numero AS cle FROM published_certification WHERE retired_at IS NULL AND contenu->>'debut_validite' = ANY ($3::text[])
    UNION
    SELECT numero FROM published_certification WHERE retired_at IS NULL AND contenu->>'fin_validite' = ANY ($4::text[])
  ), habilitations AS (
    SELECT organisme, certification AS cle FROM published_habilitation WHERE retired_at IS NULL AND contenu->>'debut' = ANY ($3::text[])
    UNION
    SELECT organisme, certification FROM published_habilitation WHERE retired_at IS NULL AND contenu->>'fin' = ANY ($4::text[])
  ), candidats AS MATERIALIZED (
    SELECT a.numero AS action, c.cle
      FROM published_action a CROSS JOIN LATERAL unnest(cles_certifications(a.contenu)) AS c(cle)
     WHERE a.contenu->'certifications' <> '[]' AND a.mis_en_ligne_at > $1 AND a.mis_en_ligne_at <= $2
    UNION
    SELECT a.numero, r.cle FROM certifications r ${actionsDe("r")}
    UNION
    SELECT a.numero, h.cle FROM habilitations h ${actionsDe("h", " AND organisme = h.organisme")}
  )
  SELECT k.action, k.cle, d.depuis, c.contenu, h.contenu, o.qualiopi
    FROM candidats k
   CROSS JOIN LATERAL (SELECT organisme, contenu FROM published_action
      WHERE numero = k.action AND retired_at IS NULL ORDER BY version DESC LIMIT 1) a
   CROSS JOIN LATERAL (SELECT contenu FROM published_certification
      WHERE numero = k.cle COLLATE "C" AND retired_at IS NULL ORDER BY version DESC LIMIT 1) c
    LEFT JOIN LATERAL (SELECT contenu FROM published_habilitation
      WHERE numero = a.organisme || '|' || k.cle COLLATE "C" AND retired_at IS NULL ORDER BY version DESC LIMIT 1) h ON true
    LEFT JOIN LATERAL (SELECT contenu->'qualiopi' AS qualiopi FROM published_organisme
      WHERE numero = a.organisme AND retired_at IS NULL ORDER BY version DESC LIMIT 1) o ON true
   CROSS JOIN LATERAL (SELECT FROM published_session s
      WHERE s.action = k.action AND s.retired_at IS NULL AND s.contenu->>'voie' = 'formation_continue'
        AND (s.contenu->'certifications' = '[]' OR cles_certifications(s.contenu) @> ARRAY[k.cle::text])
        AND NOT EXISTS (SELECT FROM published_session n
          WHERE n.numero = s.numero AND n.version > s.version AND n.retired_at IS NULL) LIMIT 1) s
   CROSS JOIN LATERAL (SELECT min(mis_en_ligne_at) AS depuis FROM published_action
      WHERE numero = k.action AND cles_certifications(contenu) @> ARRAY[k.cle::text]) d
   WHERE (h.contenu IS NOT NULL OR k.cle = $5) AND cles_certifications(a.contenu) @> ARRAY[k.cle::text]`;
