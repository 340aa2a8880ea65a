import type { Knex } from "knex";

/** Names of those who acted, by how the history names them: people by their account, a key by its own name. */
export async function nomsDesActeurs(
  db: Knex,
  acteurs: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const of = (prefix: string) =>
    acteurs.flatMap((one) => (one.startsWith(prefix) ? [one.slice(prefix.length)] : []));
  const [comptes, cles] = await Promise.all([
    db("compte").whereIn("identifiant", of("compte:")).select("identifiant", "nom"),
    db("structure_key")
      .whereIn(
        "id",
        of("cle:").filter((id) => /^\d{1,15}$/.test(id)),
      )
      .select("id", "nom"),
  ]);
  return new Map([
    ["systeme", "Mise à jour automatique"],
    ...comptes.map(({ identifiant, nom }): [string, string] => [`compte:${identifiant}`, nom]),
    ...cles.map(({ id, nom }): [string, string] => [`cle:${id}`, `Clé « ${nom} »`]),
  ]);
}
