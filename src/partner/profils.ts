import type { Knex } from "knex";
import { type Profil, zProfil } from "../feed/index.ts";

/** Writes the profiles that the product brings; one that is already there is left as the agency set it. */
export async function seedProfils(db: Knex, profils: readonly Profil[]): Promise<void> {
  if (profils.length === 0) return;
  const rows = profils.map((profil) => ({
    id: profil.id,
    nom: profil.nom,
    definition: JSON.stringify(profil),
  }));
  await db("profil").insert(rows).onConflict("id").ignore();
}

/**
 * All profiles of this base, by id.
 * @throws z.ZodError when a row holds what this version does not know
 */
export async function readProfils(db: Knex): Promise<Profil[]> {
  const rows = await db<{ id: string; nom: string; definition: unknown }>("profil").orderBy("id");
  return rows.map(({ definition }) => zProfil.parse(definition));
}
