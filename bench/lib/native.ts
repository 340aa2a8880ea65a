import { findCommand, runContender, timeCommand } from "./process.ts";

/** The tables that a feed run reads. */
export const TABLES = ["organisme", "certification", "habilitation", "action", "session"].map(
  (kind) => `published_${kind}`,
);

/** Copies out what a feed run has to read, and nothing more. */
export const copySql = (table: string): string =>
  `COPY (SELECT numero, version, contenu, mis_en_ligne_at FROM ${table} WHERE retired_at IS NULL) TO STDOUT`;

/**
 * Seconds of each native step on the same rows and the same bytes, one after the other: reading them out of
 * PostgreSQL, compressing the file, checking it against the schema as a stream.
 */
export async function timeNative(
  url: string,
  xml: string,
  schema: string,
): Promise<{ copie: number; gzip: number; xmllint: number }> {
  return {
    copie: await timeCopy(url),
    gzip: await timeCommand("gzip", ["-6", "-c", xml]),
    xmllint: await timeCommand("xmllint", ["--stream", "--noout", "--schema", schema, xml]),
  };
}

/** psql where there is one, else the same COPY through the driver. */
async function timeCopy(url: string): Promise<number> {
  if (!findCommand("psql")) return (await runContender("copy", [url])).secondes;
  return timeCommand("psql", [url, "-qX", ...TABLES.flatMap((table) => ["-c", copySql(table)])]);
}
