import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import type { Knex } from "knex";
import { connect, migrate, startEmbedded } from "../src/db/index.ts";

/**
 * Writes src/db/schema.sql: what the migrations make, read from the catalogs of a throw-away server, to be reviewed
 * like code. `--check` writes nothing and exits 1 when the file says something else.
 */

const FILE = fileURLToPath(new URL("../src/db/schema.sql", import.meta.url));
const HEADER =
  "-- What the migrations make. Written by `npm run db:dump`: change src/db/migrations, not this file.\n";

/** Tables of ours: the migrations' own bookkeeping is left out. */
const TABLES = `SELECT c.oid, c.relname AS name FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
  WHERE n.nspname = 'public' AND c.relkind = 'r' AND c.relname NOT LIKE 'knex\\_%' ORDER BY c.relname`;

const FUNCTIONS = `SELECT pg_get_functiondef(p.oid) AS text FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace
  WHERE n.nspname = 'public' AND p.prokind = 'f' ORDER BY p.proname`;

const COLUMNS = `SELECT a.attname AS name, format_type(a.atttypid, a.atttypmod) AS type, a.attnotnull AS required,
    CASE WHEN a.attcollation <> t.typcollation THEN quote_ident(co.collname) END AS collation,
    a.attidentity AS identity, a.attgenerated AS generated, pg_get_expr(d.adbin, d.adrelid) AS expression
  FROM pg_attribute a JOIN pg_type t ON t.oid = a.atttypid
  LEFT JOIN pg_collation co ON co.oid = a.attcollation
  LEFT JOIN pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
  WHERE a.attrelid = ? AND a.attnum > 0 AND NOT a.attisdropped ORDER BY a.attnum`;

const CONSTRAINTS = `SELECT conname AS name, pg_get_constraintdef(oid) AS text FROM pg_constraint
  WHERE conrelid = ? AND contype IN ('p', 'u', 'f', 'c', 'x') ORDER BY contype = 'p' DESC, conname`;

const INDEXES = `SELECT pg_get_indexdef(i.indexrelid) AS text FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid
  WHERE i.indrelid = ? AND NOT EXISTS (SELECT 1 FROM pg_constraint WHERE conindid = i.indexrelid AND contype IN ('p', 'u', 'x'))
  ORDER BY c.relname`;

const TRIGGERS = `SELECT pg_get_triggerdef(oid) AS text FROM pg_trigger WHERE tgrelid = ? AND NOT tgisinternal ORDER BY tgname`;

interface Column {
  readonly name: string;
  readonly type: string;
  readonly required: boolean;
  readonly collation: string | null;
  readonly identity: string;
  readonly generated: string;
  readonly expression: string | null;
}

async function dumpSchema(db: Knex): Promise<string> {
  const functions = await rows<{ text: string }>(db, FUNCTIONS);
  const tables = await rows<{ oid: number; name: string }>(db, TABLES);
  const texts = [];
  for (const table of tables) texts.push(await dumpTable(db, table));
  return [HEADER, ...functions.map(({ text }) => `${text.trimEnd()};\n`), ...texts].join("\n");
}

async function dumpTable(db: Knex, { oid, name }: { oid: number; name: string }): Promise<string> {
  const columns = (await rows<Column>(db, COLUMNS, oid)).map(columnText);
  const constraints = await rows<{ name: string; text: string }>(db, CONSTRAINTS, oid);
  const inside = [...columns, ...constraints.map((one) => `CONSTRAINT ${one.name} ${one.text}`)];
  const after = [
    ...(await rows<{ text: string }>(db, INDEXES, oid)),
    ...(await rows<{ text: string }>(db, TRIGGERS, oid)),
  ];
  return [
    `CREATE TABLE ${name} (`,
    inside.map((line) => `  ${line}`).join(",\n"),
    ");",
    ...after.map(({ text }) => `${text.replaceAll("public.", "")};`),
    "",
  ].join("\n");
}

function columnText({ name, type, required, collation, identity, generated, expression }: Column): string {
  const value =
    identity !== ""
      ? `GENERATED ${identity === "a" ? "ALWAYS" : "BY DEFAULT"} AS IDENTITY`
      : generated !== ""
        ? `GENERATED ALWAYS AS (${expression}) ${generated === "s" ? "STORED" : "VIRTUAL"}`
        : expression === null
          ? undefined
          : `DEFAULT ${expression}`;
  return [name, type, collation && `COLLATE ${collation}`, required && "NOT NULL", value]
    .filter(Boolean)
    .join(" ");
}

async function rows<T>(db: Knex, sql: string, oid?: number): Promise<T[]> {
  const result = await db.raw<{ rows: T[] }>(sql, oid === undefined ? [] : [oid]);
  return result.rows;
}

async function readSchema(): Promise<string> {
  const dir = mkdtempSync(path.join(tmpdir(), "offre-info-schema-"));
  const server = await startEmbedded({ dir, ephemeral: true });
  const db = connect(server.url, { max: 1 });
  try {
    await migrate(db);
    return await dumpSchema(db);
  } finally {
    await db.destroy();
    await server.stop();
    rmSync(dir, { recursive: true, force: true });
  }
}

const schema = await readSchema();
if (!process.argv.includes("--check")) writeFileSync(FILE, schema);
else if (!existsSync(FILE) || readFileSync(FILE, "utf8") !== schema) {
  process.stderr.write("src/db/schema.sql is not what the migrations make: run npm run db:dump\n");
  process.exitCode = 1;
}
