import { randomBytes } from "node:crypto";
import type { Knex } from "knex";
import type { Acted } from "../acts/index.ts";
import { type Etat, type Filtre, isUnlimited } from "../listing/index.ts";
import { empreinteOf } from "./empreinte.ts";
import type { Ligne } from "./ligne.ts";
import { MOST, readLignes } from "./read.ts";

/** What a replay would do, and what confirms it. */
export interface Apercu {
  /** Confirms this preview and no other, once, for who asked for it. */
  readonly jeton: string;
  readonly expireAt: Date;
  readonly filtre: Filtre;
  /** Deliveries asked for again. */
  readonly diffusions: number;
  /** Files that leave for them: at most one per partner. */
  readonly envois: number;
  readonly lignes: readonly Ligne[];
}

/** States replayed when none is asked for: what should have arrived and did not. */
export const ETATS_REJOUES: readonly Etat[] = ["dead", "rejected", "retry"];

const LIFE = "15 minutes";

/**
 * Shows what replaying the deliveries that pass a filter would do. Sends nothing.
 * @param acteur the only one who may confirm it
 */
export async function previewReplay(db: Knex, asked: Filtre, acteur: string): Promise<Acted<Apercu>> {
  if (isUnlimited(asked))
    return { refused: "Dites quelles diffusions rejouer : leur nom, ou au moins un critère." };
  const filtre: Filtre =
    asked.ids === undefined && asked.etats === undefined ? { ...asked, etats: [...ETATS_REJOUES] } : asked;
  return db.transaction(async (trx) => {
    const lignes = await readLignes(trx, filtre);
    if (lignes === undefined)
      return {
        refused: `Plus de ${MOST} diffusions répondent à ces critères : resserrez la période ou ajoutez un critère.`,
      };
    const { diffusions, envois } = countsOf(lignes);
    if (diffusions === 0) return { refused: "Aucune diffusion ne répond à ces critères." };
    await trx.raw(
      "DELETE FROM replay_batch WHERE etat = 'apercu' AND expire_at < horloge() - interval '1 day'",
    );
    const jeton = randomBytes(16).toString("base64url");
    const [row] = await trx("replay_batch").insert(
      {
        jeton,
        expire_at: trx.raw(`horloge() + interval '${LIFE}'`),
        filtre: JSON.stringify(filtre),
        empreinte: empreinteOf(filtre, lignes),
        diffusions,
        envois,
        acteur,
      },
      ["expire_at"],
    );
    return { done: { jeton, expireAt: row?.expire_at, filtre, diffusions, envois, lignes } };
  });
}

/** Deliveries asked for again, and files that leave for them. */
export function countsOf(lignes: readonly Ligne[]): { readonly diffusions: number; readonly envois: number } {
  return {
    diffusions: lignes.reduce((sum, ligne) => sum + ligne.diffusions.length, 0),
    envois: lignes.filter(({ sort }) => sort !== "refuse").length,
  };
}
