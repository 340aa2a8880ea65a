import { labelOf } from "../../lheo/index.ts";
import { dernierJourSql } from "../../published/index.ts";
import type { Cadre } from "../fiche.ts";
import type { Ligne } from "./list.ts";

/**
 * What a line shows of an action `a`: for the few lines of a page, its sessions are counted from an index.
 */
export const LIGNE = {
  colonnes: `a.id, a.reference, a.cadre, a.etat, a.alerte, coalesce(a.contenu->>'intitule', '') AS intitule, a.structure,
    st.nom AS responsable, f.nom AS financeur, a.contenu #> '{modalites,financeurs}' AS financeurs, s.debut, s.fin,
    s.sessions, a.updated_at,
    a.publiee_revision IS NOT NULL AND (a.revision <> a.publiee_revision OR w.id IS NOT NULL) AS "modificationEnCours",
    coalesce(s.dernier < to_char(horloge() AT TIME ZONE 'Europe/Paris', 'YYYYMMDD'), true) AS "sansSessionEnCours"`,
  jointures: `JOIN structure st ON st.numero = a.structure LEFT JOIN structure f ON f.numero = a.financeur
    CROSS JOIN LATERAL (SELECT count(*) AS sessions, min(s.debut) AS debut, max(s.fin) AS fin, max(${dernierJourSql("s.fin")}) AS dernier
      FROM catalogue_session s WHERE s.action_id = a.id AND s.etat NOT IN ('retiree', 'supprimee')) s
    LEFT JOIN LATERAL (SELECT w.id FROM catalogue_session w WHERE w.action_id = a.id
      AND w.etat NOT IN ('retiree', 'supprimee') AND w.revision IS DISTINCT FROM w.publiee_revision LIMIT 1) w ON true`,
} as const;

/** A line as the database gives it. */
export interface LigneLue extends Omit<Ligne, "financement" | "sessions"> {
  readonly sessions: string;
  readonly financeur: string | null;
  readonly financeurs: readonly { readonly code?: string }[] | null;
}

export function lireLigne({ financeur, financeurs, ...row }: LigneLue): Ligne {
  return {
    ...row,
    id: Number(row.id),
    sessions: Number(row.sessions),
    financement: financementOf(row.cadre, financeur, financeurs),
  };
}

/** S28: who pays, as the funder itself, as its form says, or as is usual for its kind. */
function financementOf(
  cadre: Cadre,
  financeur: string | null,
  financeurs: readonly { readonly code?: string }[] | null,
): string {
  if (financeur !== null) return financeur;
  const named = (financeurs ?? []).flatMap(({ code }) =>
    code === undefined ? [] : (labelOf("dict-financeurs", code) ?? []),
  );
  if (named.length > 0) return named.join(", ");
  return cadre === "initiale" ? "Formation initiale" : "L'employeur ou le particulier";
}
