import type { Client } from "pg";

/**
 * Rows of a query as arrays of values, in pages read one ahead: the server prepares the next page while this one is
 * worked on. Needs a transaction; memory is two pages.
 */
export async function* cursorPages<Row extends readonly unknown[]>(
  client: Client,
  name: string,
  query: { readonly sql: string; readonly values: readonly unknown[]; readonly pageSize: number },
): AsyncGenerator<readonly Row[]> {
  await client.query(`DECLARE ${name} NO SCROLL CURSOR FOR ${query.sql}`, [...query.values]);
  const fetch = (): Promise<readonly Row[]> => {
    const page = client.query<Row & unknown[]>({
      text: `FETCH ${query.pageSize} FROM ${name}`,
      rowMode: "array",
    });
    const rows = page.then((result) => result.rows);
    // Whoever stops reading must not be told of the page that was on its way.
    rows.catch(() => undefined);
    return rows;
  };
  let next = fetch();
  try {
    for (;;) {
      const page = await next;
      if (page.length === 0) return;
      next = fetch();
      yield page;
    }
  } finally {
    await next.catch(() => undefined);
    await client.query(`CLOSE ${name}`).catch(() => undefined);
  }
}
