import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import type { Client } from "pg";
import { from as copyFrom } from "pg-copy-streams";

/** One row, in the order of the columns. Objects and arrays are written as JSON; for `text[]` see `textArray`. */
export type CopyRow = readonly unknown[];

/** Characters gathered before a write: fewer and the calls cost more than the bytes. */
const CHUNK = 1 << 16;

/**
 * Loads rows by COPY, at the speed at which the server takes them and in constant memory.
 * @param table name as written in SQL, schema included if need be
 * @param columns names of columns
 * @returns the number of rows written
 */
export async function copyIn(
  client: Client,
  table: string,
  columns: readonly string[],
  rows: AsyncIterable<CopyRow> | Iterable<CopyRow>,
): Promise<number> {
  const target = table.split(".").map(quote).join(".");
  const stream = client.query(copyFrom(`COPY ${target} (${columns.map(quote).join(", ")}) FROM STDIN`));
  await pipeline(Readable.from(chunks(rows)), stream);
  return stream.rowCount;
}

async function* chunks(rows: AsyncIterable<CopyRow> | Iterable<CopyRow>): AsyncGenerator<string> {
  let text = "";
  for await (const row of rows) {
    text += `${row.map(copyField).join("\t")}\n`;
    if (text.length >= CHUNK) {
      yield text;
      text = "";
    }
  }
  if (text !== "") yield text;
}

/** One value in COPY's text format. */
export function copyField(value: unknown): string {
  if (value === null || value === undefined) return "\\N";
  return escapeText(asText(value));
}

function asText(value: unknown): string {
  if (typeof value === "string") return value;
  if (value instanceof Date) return value.toISOString();
  if (value instanceof Uint8Array) return `\\x${Buffer.from(value).toString("hex")}`;
  if (typeof value === "object") return JSON.stringify(value);
  return String(value);
}

const ESCAPES: Readonly<Record<string, string>> = { "\\": "\\\\", "\n": "\\n", "\r": "\\r", "\t": "\\t" };

function escapeText(text: string): string {
  return /[\\\n\r\t]/.test(text) ? text.replace(/[\\\n\r\t]/g, (found) => ESCAPES[found] ?? found) : text;
}

/** A `text[]` as PostgreSQL writes it. */
export function textArray(values: readonly string[]): string {
  return `{${values.map((value) => `"${value.replace(/["\\]/g, "\\$&")}"`).join(",")}}`;
}

function quote(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}
