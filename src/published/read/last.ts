import type { Knex } from "knex";
import { withClient } from "../../db/index.ts";
import type { MotifDeRetrait, RecordKind } from "../contract/index.ts";
import type { Contents } from "./contents.ts";

/** The newest version of a record. */
export interface Last<T> {
  readonly contenu: T;
  /** Why it is no longer published; absent when it is. */
  readonly retrait?: MotifDeRetrait;
}

/**
 * What was last published under each of these numbers, whatever the waits and even if it has been withdrawn since:
 * a number is never given to another record. Numbers never published are absent from the answer.
 * @param numeros at most a few thousand at a time
 */
export async function readLast<K extends RecordKind>(
  trx: Knex,
  kind: K,
  numeros: readonly string[],
): Promise<ReadonlyMap<string, Last<Contents[K]>>> {
  if (numeros.length === 0) return new Map();
  return withClient(trx, async (client) => {
    const { rows } = await client.query<Row<Contents[K]>>(
      `SELECT n.numero, v.contenu, v.retired_reason FROM unnest($1::text[]) AS n(numero)
         CROSS JOIN LATERAL (SELECT contenu, retired_reason FROM published_${kind}
           WHERE numero = n.numero COLLATE "C" ORDER BY version DESC LIMIT 1) v`,
      [numeros],
    );
    return new Map(
      rows.map(({ numero, contenu, retired_reason: retrait }) => [
        numero,
        retrait === null ? { contenu } : { contenu, retrait },
      ]),
    );
  });
}

interface Row<T> {
  readonly numero: string;
  readonly contenu: T;
  readonly retired_reason: MotifDeRetrait | null;
}
