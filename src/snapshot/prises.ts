import type { Knex } from "knex";

/** What was taken. */
export type Quoi = "fichier" | "index" | "changements" | "formation";

/** Answers to a pull that are alike. */
export interface Prise {
  readonly profil: string;
  /** null: nobody in particular. */
  readonly partner: string | null;
  readonly snapshot: number | null;
  readonly quoi: Quoi;
  readonly statut: number;
  /** Bytes of content that left, over all of them. */
  readonly octets: number;
  /** After it, who asked has all of what it asked for: whole, its last piece, or nothing new (304). */
  readonly entier: boolean;
  readonly nombre: number;
}

/** Writes pulls down, at the clock of the database. */
export async function recordPrises(db: Knex, prises: readonly Prise[]): Promise<void> {
  if (prises.length === 0) return;
  await db("pull").insert(prises.map(({ snapshot, ...prise }) => ({ ...prise, snapshot_id: snapshot })));
}

/** The last time that a partner came and was served. */
export interface DernierePrise {
  readonly at: Date;
  readonly profil: string;
  readonly quoi: Quoi;
  readonly statut: number;
  readonly octets: number;
  readonly entier: boolean;
  /** Of the feed that it was served from. */
  readonly sha256: string | null;
}

/** The last pull of a partner that was served, if it ever came. */
export async function lastPull(db: Knex, partner: string): Promise<DernierePrise | undefined> {
  const { rows } = await db.raw<{ rows: DernierePrise[] }>(
    `SELECT p.at, p.profil, p.quoi, p.statut, p.octets, p.entier, s.sha256
     FROM pull p LEFT JOIN feed_snapshot s ON s.id = p.snapshot_id
     WHERE p.partner = ? AND p.statut < 400 ORDER BY p.at DESC LIMIT 1`,
    [partner],
  );
  return rows[0];
}
