import type { Knex } from "knex";
import { explainRefusal, type RefusExplique } from "./codes.ts";
import { codesOf } from "./mappings.ts";

/** A session that a partner refused and that its feed still shows. */
export interface RefusConnu {
  readonly session: string;
  readonly at: Date;
  /** As the partner wrote it. */
  readonly code: string | null;
  readonly refus: RefusExplique;
  /** The feed shows it otherwise since: it may pass now. */
  readonly changee: boolean;
}

/**
 * What a partner is known to refuse among what its feed shows now, the latest first.
 * @param limit of those given; the count has them all
 */
export async function knownRefusals(
  db: Knex,
  partner: string,
  limit: number,
): Promise<{ readonly nombre: number; readonly refus: readonly RefusConnu[] }> {
  const { rows } = await db.raw<{
    rows: {
      session: string;
      at: Date;
      code: string | null;
      message: string | null;
      changee: boolean;
      nombre: number;
    }[];
  }>(
    `SELECT a.session, a.at, a.code, a.message, f.from_snapshot > a.depuis AS changee, (count(*) OVER ())::int AS nombre
     FROM session_accuse a JOIN partner p ON p.id = a.partner
       JOIN feed_presence f ON f.profil = p.profil AND f.session = a.session AND f.to_snapshot IS NULL
     WHERE a.partner = ? AND a.etat = 'refusee' ORDER BY a.at DESC, a.session LIMIT ?`,
    [partner, limit],
  );
  const codes = await codesOf(db, partner);
  return {
    nombre: rows[0]?.nombre ?? 0,
    refus: rows.map(({ session, at, code, message, changee }) => ({
      session,
      at,
      code,
      changee,
      refus: explainRefusal({ code: code ?? "", message: message ?? "" }, codes),
    })),
  };
}
