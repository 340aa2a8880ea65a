/** Database with the schema and no rows. */
export const TEMPLATE = "test_template";

/** The same server, another database. */
export function urlOf(server: string, database: string): string {
  const url = new URL(server);
  url.pathname = `/${database}`;
  return url.href;
}
