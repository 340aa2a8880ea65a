import type { SelectedRow } from "./selection.ts";

/** Rows of one record together, though a page may end between two of them. Rows come in order. */
export async function* groupPages(
  pages: AsyncIterable<readonly SelectedRow[]>,
): AsyncGenerator<readonly SelectedRow[][]> {
  let held: SelectedRow[] = [];
  for await (const page of pages) {
    const groups = groupRows([...held, ...page]);
    held = groups.pop() ?? [];
    if (groups.length > 0) yield groups;
  }
  if (held.length > 0) yield [held];
}

/** Runs of rows of one record; for sessions, of one record under one action. */
export function groupRows(rows: readonly SelectedRow[]): SelectedRow[][] {
  const groups: SelectedRow[][] = [];
  let open: SelectedRow[] = [];
  for (const row of rows) {
    const [last] = open;
    if (last !== undefined && (last[0] !== row[0] || last[6] !== row[6])) {
      groups.push(open);
      open = [];
    }
    open.push(row);
  }
  if (open.length > 0) groups.push(open);
  return groups;
}
