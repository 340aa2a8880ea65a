import type { Knex } from "knex";
import { withClient } from "../../db/index.ts";
import type { Certification, Habilitation, RecordKind, Version } from "../contract/index.ts";
import { numeroHabilitation } from "../numero.ts";
import type { Contents } from "./contents.ts";
import { groupRows } from "./group.ts";
import { type SelectedRow, type Selection, selected, selectionSql, toSelection } from "./selection.ts";

/**
 * Reads some records of one kind by their numbers; numbers that no watermark finds are absent from the answer.
 * @param numeros at most a few thousand at a time
 */
export async function readRecords<K extends RecordKind>(
  trx: Knex,
  kind: K,
  numeros: readonly string[],
  watermarks: readonly Date[],
): Promise<ReadonlyMap<string, Selection<Contents[K]>>> {
  const found = new Map<string, Selection<Contents[K]>>();
  if (numeros.length === 0 || watermarks.length === 0) return found;
  const rows = await withClient(trx, async (client) => {
    const result = await client.query<SelectedRow & unknown[]>({
      text: selectionSql(kind, "s.numero = ANY ($1::text[])", "s.numero, s.version", {
        first: 2,
        count: watermarks.length,
      }),
      values: [numeros, ...watermarks],
      rowMode: "array",
    });
    return result.rows;
  });
  const instants = watermarks.map((date) => date.getTime());
  for (const group of groupRows(rows)) {
    const selection = toSelection<Contents[K]>(group, instants);
    found.set(selection.numero, selection);
  }
  return found;
}

/** Certifications by code (`RNCP35819`): what the registers say is current at once, for everyone. */
export async function readCertifications(
  trx: Knex,
  codes: readonly string[],
  maintenant: Date,
): Promise<ReadonlyMap<string, Certification>> {
  return current(await readRecords(trx, "certification", codes, [maintenant]));
}

/** Rights of OF to certifications, current at once; by {@link numeroHabilitation}. */
export async function readHabilitations(
  trx: Knex,
  couples: readonly { readonly organisme: string; readonly certification: string }[],
  maintenant: Date,
): Promise<ReadonlyMap<string, Habilitation>> {
  const numeros = couples.map(({ organisme, certification }) => numeroHabilitation(organisme, certification));
  return current(await readRecords(trx, "habilitation", numeros, [maintenant]));
}

function current<T>(selections: ReadonlyMap<string, Selection<T>>): ReadonlyMap<string, T> {
  const found = new Map<string, T>();
  for (const [numero, selection] of selections) {
    const version: Version<T> | undefined = selected(selection, 0);
    if (version !== undefined) found.set(numero, version.contenu);
  }
  return found;
}
