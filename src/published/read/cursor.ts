import type { Client } from "pg";

/**
 * Rows of a query as arrays of values, in pages. Needs a transaction, whose connection is free for other queries
 * between two pages; memory is one page.
 */
export async function* cursorPages<Row extends readonly unknown[]>(
  client: Client,
  name: string,
  query: { readonly sql: string; readonly values: readonly unknown[]; readonly pageSize: number },
): AsyncGenerator<readonly Row[]> {
  await client.query(`DECLARE ${name} NO SCROLL CURSOR FOR ${query.sql}`, [...query.values]);
  let failed = false;
  try {
    for (;;) {
      const { rows } = await client.query<Row & unknown[]>({
        text: `FETCH ${query.pageSize} FROM ${name}`,
        rowMode: "array",
      });
      if (rows.length === 0) return;
      yield rows;
    }
  } catch (error) {
    failed = true;
    throw error;
  } finally {
    // A failed transaction accepts nothing more, and closes its cursors itself.
    if (!failed) await client.query(`CLOSE ${name}`);
  }
}
