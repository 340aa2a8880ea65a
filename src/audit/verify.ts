import type { Knex } from "knex";
import { hashOf, type Ligne, SELECT } from "./ligne.ts";

/** The end of the chain at some moment: kept elsewhere, it shows that nothing before it was cut or rewritten. */
export interface Ancre {
  readonly id: number;
  readonly hash: string;
}

/** What checking the chain found. */
export interface Verified {
  /** Rows read. */
  readonly lignes: number;
  /** The last row that holds; undefined when there is none. */
  readonly tete: Ancre | undefined;
  /** The first row that does not, and why, in French; undefined when all hold. */
  readonly rupture: { readonly id: number; readonly raison: string } | undefined;
}

export interface VerifyOptions {
  /** Row to start at; the first one when not given. Lets a regular check go on from where the last one ended. */
  readonly from?: number | undefined;
  /** What an earlier check ended with. */
  readonly ancre?: Ancre | undefined;
  /** Rows read at once. */
  readonly page?: number | undefined;
}

/**
 * Reads the chain and computes it again, page after page: memory does not grow with it. Rows that were rewritten,
 * removed or slipped in break it at the first of them; what is cut off its end only shows against an anchor.
 */
export async function verifyAudit(db: Knex, options: VerifyOptions = {}): Promise<Verified> {
  const { from = 1, ancre, page = 1_000 } = options;
  let tete = await headBefore(db, from);
  let lignes = 0;
  const broken = (id: number, raison: string): Verified => ({ lignes, tete, rupture: { id, raison } });
  for (let next = from; ; ) {
    const rows = await db<Ligne>("audit")
      .select(...SELECT)
      .where("id", ">=", next)
      .orderBy("id")
      .limit(page);
    for (const row of rows) {
      lignes += 1;
      if (row.id !== next) return broken(next, `La ligne ${next} manque.`);
      if (row.hash !== hashOf(row)) return broken(row.id, `La ligne ${row.id} a été modifiée.`);
      // A row vouches for the one before: if that one says something else now, it is that one that was rewritten.
      if (tete !== undefined && row.precedent !== tete.hash)
        return broken(tete.id, `La ligne ${tete.id} a été remplacée : la suivante en atteste une autre.`);
      tete = { id: row.id, hash: row.hash };
      next += 1;
    }
    if (rows.length < page) break;
  }
  if (ancre !== undefined && (await hashAt(db, ancre.id)) !== ancre.hash)
    return broken(
      ancre.id,
      `La ligne ${ancre.id} n'est plus celle qui avait été notée : la fin du journal a été coupée ou réécrite.`,
    );
  return { lignes, tete, rupture: undefined };
}

/** What the first row read must follow; undefined when that row was archived, and its word is taken for it. */
async function headBefore(db: Knex, from: number): Promise<Ancre | undefined> {
  const hash = await hashAt(db, from - 1);
  return hash === undefined ? undefined : { id: from - 1, hash };
}

async function hashAt(db: Knex, id: number): Promise<string | undefined> {
  const row = await db<Ligne>("audit").where({ id }).first("hash");
  return row?.hash;
}
