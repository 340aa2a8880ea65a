import type { Knex } from "knex";
import type { CodesCertification, Voie } from "../contract/index.ts";
import { motsDe, requeteDe } from "./mots.ts";

/** A published action of an organisme, with what its sessions that are looked for have in common. */
export interface ActionEnLigne {
  readonly numero: string;
  readonly intitule: string;
  readonly objectif: string;
  readonly certifications: readonly CodesCertification[];
  readonly premiereMiseEnLigneAt: Date;
  readonly sessions: number;
  /** AAAAMMJJ: the first start and the last end. */
  readonly debut: string;
  readonly fin: string;
  readonly villes: readonly string[];
  readonly voies: readonly Voie[];
}

export interface FiltreDOffre {
  /** Words of the title; blank: all. */
  readonly mots?: string;
  readonly voie?: Voie | undefined;
  /** Beginning of the name of a town, or of a postal code. */
  readonly lieu?: string;
  /** Last number of the page before. */
  readonly apres?: string;
  readonly limit: number;
}

/** What an organisme has online, by number; actions without a session that is looked for are left out. */
export async function offreDe(
  db: Knex,
  organisme: string,
  { mots = "", voie, lieu = "", apres = "", limit }: FiltreDOffre,
): Promise<ActionEnLigne[]> {
  const { rows } = await db.raw<{ rows: (Omit<ActionEnLigne, "sessions"> & { sessions: string })[] }>(
    `SELECT n.numero, a.contenu->>'intitule' AS intitule, a.contenu->>'objectif' AS objectif,
       coalesce(a.contenu->'certifications', '[]') AS certifications,
       a.premiere_mise_en_ligne_at AS "premiereMiseEnLigneAt", s.*
     FROM (SELECT DISTINCT numero FROM published_action
       WHERE organisme = :organisme AND retired_at IS NULL AND numero > :apres ORDER BY numero) n
     CROSS JOIN LATERAL (SELECT contenu, premiere_mise_en_ligne_at FROM published_action
       WHERE numero = n.numero ORDER BY version DESC LIMIT 1) a
     CROSS JOIN LATERAL (
       SELECT count(*) AS sessions, min(debut) AS debut, max(fin) AS fin,
         array_remove(array_agg(DISTINCT ville), NULL) AS villes, array_agg(DISTINCT voie) AS voies
       FROM (SELECT DISTINCT ON (numero) contenu->>'debut' AS debut, fin, contenu->>'voie' AS voie,
           contenu #>> '{lieux,0,coordonnees,adresse,ville}' AS ville,
           contenu #>> '{lieux,0,coordonnees,adresse,code_postal}' AS code_postal
         FROM published_session WHERE action = n.numero AND retired_at IS NULL ORDER BY numero, version DESC) d
       WHERE (:voie = '' OR voie = :voie)
         AND (:lieu = '' OR starts_with(lower(ville), lower(:lieu)) OR starts_with(code_postal, :lieu))) s
     WHERE s.sessions > 0
       AND (:mots = '' OR mots_cherches(a.contenu->>'intitule') @@ to_tsquery('french', :mots))
     ORDER BY n.numero LIMIT :limit`,
    {
      organisme,
      apres,
      voie: voie ?? "",
      lieu: lieu.trim(),
      mots: requeteDe(motsDe(mots)),
      limit,
    },
  );
  return rows.map((row) => ({ ...row, sessions: Number(row.sessions) }));
}
