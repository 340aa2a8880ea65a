import type { Knex } from "knex";
import type { CodeCause } from "./causes.ts";
import type { Raison } from "./verdict.ts";

/** A feed that is held. */
export interface Retenue {
  readonly id: number;
  readonly profil: string;
  readonly nom: string;
  readonly depuis: Date;
  /** Édition that was held first, and the last one that judged it. */
  readonly edition: number;
  readonly derniereEdition: number;
  readonly raisons: readonly Raison[];
  readonly avant: number;
  readonly sansCause: number;
}

/** Feeds that are held now, by profile. */
export async function openHolds(db: Knex): Promise<readonly Retenue[]> {
  const { rows } = await db.raw<{ rows: Retenue[] }>(
    `SELECT r.id, r.profil, p.nom, r.created_at AS depuis, r.edition_id AS edition,
       r.jugee_edition_id AS "derniereEdition", r.raisons, r.avant, r.sans_cause AS "sansCause"
     FROM feed_retenue r JOIN profil p ON p.id = r.profil WHERE r.etat = 'retenue' ORDER BY r.profil`,
  );
  return rows;
}

/** A session that would vanish. */
export interface SessionRetenue {
  readonly session: string;
  readonly action: string;
  /** As it was last published, whatever became of it. */
  readonly intitule: string;
  readonly organisme: string;
  readonly nomOrganisme: string;
  readonly cause: CodeCause;
}

/** Which part of what would vanish: a page of it, or all. */
export interface Part {
  /** The last session of the page before; one that is not of the hold any more starts again. */
  readonly apres?: string | undefined;
  readonly limit?: number | undefined;
}

/** What would vanish in one hold: the OF that lose most first. */
export async function heldSessions(
  db: Knex,
  retenue: number,
  { apres, limit }: Part = {},
): Promise<readonly SessionRetenue[]> {
  const { rows } = await db.raw<{ rows: SessionRetenue[] }>(
    `WITH perdues AS (
       SELECT organisme, count(*) AS combien FROM feed_retenue_session WHERE retenue_id = :retenue GROUP BY organisme),
     rangees AS (
       SELECT x.session, x.action, x.organisme, x.cause, ROW(-p.combien, x.organisme, x.action, x.session) AS rang
       FROM feed_retenue_session x JOIN perdues p USING (organisme) WHERE x.retenue_id = :retenue),
     page AS (
       SELECT * FROM rangees
       WHERE coalesce(rang > (SELECT rang FROM rangees WHERE session = :apres), true)
       ORDER BY rang LIMIT :limit)
     SELECT x.session, x.action, x.organisme, x.cause,
       coalesce((SELECT a.contenu->>'intitule' FROM published_action a WHERE a.numero = x.action
                  ORDER BY a.version DESC LIMIT 1), '') AS intitule,
       coalesce((SELECT o.contenu->>'nom' FROM published_organisme o WHERE o.numero = x.organisme
                  ORDER BY o.version DESC LIMIT 1), '') AS "nomOrganisme"
     FROM page x ORDER BY x.rang`,
    { retenue, apres: apres ?? null, limit: limit ?? null },
  );
  return rows;
}

/** What the guard does to one session of a profile. */
export interface SessionGardee {
  readonly depuis: Date;
  /** Why it would vanish, when it is one of those. */
  readonly cause: CodeCause | undefined;
}

/** By profile that is held: does this session wait with the rest, or is it of what would vanish? */
export async function guardOf(db: Knex, session: string): Promise<ReadonlyMap<string, SessionGardee>> {
  const { rows } = await db.raw<{ rows: { profil: string; depuis: Date; cause: CodeCause | null }[] }>(
    `SELECT r.profil, r.created_at AS depuis, x.cause FROM feed_retenue r
       LEFT JOIN feed_retenue_session x ON x.retenue_id = r.id AND x.session = ?
     WHERE r.etat = 'retenue'`,
    [session],
  );
  return new Map(rows.map(({ profil, depuis, cause }) => [profil, { depuis, cause: cause ?? undefined }]));
}
