import type { Knex } from "knex";
import type { BrouillonSession } from "../contenu.ts";
import type { FicheSession } from "../fiche.ts";

/** A session that is likely the same as one of those asked for. */
export interface SessionSemblable {
  /** Id of the one asked for. */
  readonly de: number;
  readonly id: number;
  readonly reference: string | null;
}

/**
 * Sessions of the same action on the same dates, at the same place, by the same voie: one for each of those given that has such a
 * twin. Those without dates or a place have none. Found by the dates, so it does not cost more in an action of thousands.
 */
export async function similarSessions(
  db: Knex,
  sessions: readonly Pick<FicheSession, "id" | "action_id" | "contenu">[],
): Promise<readonly SessionSemblable[]> {
  const asked = sessions.flatMap(({ id, action_id, contenu }) => {
    const lieu = lieuOf(contenu);
    const { debut, fin, voie } = contenu;
    return debut && fin && voie && lieu ? [{ id, action_id, debut, fin, voie, ...lieu }] : [];
  });
  if (asked.length === 0) return [];
  const { rows } = await db.raw<{ rows: SessionSemblable[] }>(SEMBLABLES, { asked: JSON.stringify(asked) });
  return rows.map(({ de, id, reference }) => ({ de: Number(de), id: Number(id), reference }));
}

function lieuOf({ lieux }: BrouillonSession): { readonly cp: string; readonly rue: string } | undefined {
  const adresse = lieux?.[0]?.coordonnees.adresse;
  const cp = adresse?.code_postal.trim() ?? "";
  return adresse == null || cp === ""
    ? undefined
    : { cp, rue: (adresse.lignes[0] ?? "").trim().toLowerCase() };
}

const SEMBLABLES = `
  SELECT q.id AS de, s.id, s.reference
    FROM jsonb_to_recordset(:asked::jsonb)
      AS q(id bigint, action_id bigint, debut text, fin text, voie text, cp text, rue text)
   CROSS JOIN LATERAL (
    SELECT s.id, s.reference FROM catalogue_session s
     WHERE s.action_id = q.action_id AND s.fin = q.fin AND s.debut = q.debut
       AND s.etat NOT IN ('retiree', 'supprimee') AND s.id <> q.id AND s.contenu->>'voie' = q.voie
       AND trim(s.contenu #>> '{lieux,0,coordonnees,adresse,code_postal}') = q.cp
       AND lower(trim(coalesce(s.contenu #>> '{lieux,0,coordonnees,adresse,lignes,0}', ''))) = q.rue
     ORDER BY s.id LIMIT 1) s
   ORDER BY q.id`;
