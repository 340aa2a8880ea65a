import type { Knex } from "knex";

import type { useSite, Visitor } from "./site.ts";

/** Someone who has just come in, attached to a structure. */
export async function membre(
  db: Knex,
  site: Pick<ReturnType<typeof useSite>, "visit">,
  identifiant: string,
  { structure, profil }: { readonly structure: string; readonly profil: string },
): Promise<Visitor> {
  const visitor = await site.visit(identifiant, "membre");
  const { id } = await db("compte").where({ identifiant }).first("id");
  await db("rattachement").insert({ compte_id: id, structure, profil, etat: "actif" });
  return visitor;
}
