import type { Knex } from "knex";
import { withClient } from "../../db/index.ts";
import type { RecordKind } from "../contract/index.ts";
import type { Contents } from "./contents.ts";

/**
 * What was last published under each of these numbers, whatever the waits and even if it has been withdrawn since:
 * a number is never given to another record. Numbers never published are absent from the answer.
 * @param numeros at most a few thousand at a time
 */
export async function readLast<K extends RecordKind>(
  trx: Knex,
  kind: K,
  numeros: readonly string[],
): Promise<ReadonlyMap<string, Contents[K]>> {
  if (numeros.length === 0) return new Map();
  return withClient(trx, async (client) => {
    const { rows } = await client.query<{ numero: string; contenu: Contents[K] }>(
      `SELECT n.numero, v.contenu FROM unnest($1::text[]) AS n(numero)
         CROSS JOIN LATERAL (SELECT contenu FROM published_${kind}
           WHERE numero = n.numero COLLATE "C" ORDER BY version DESC LIMIT 1) v`,
      [numeros],
    );
    return new Map(rows.map(({ numero, contenu }) => [numero, contenu]));
  });
}
