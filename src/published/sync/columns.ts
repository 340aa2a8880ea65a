import type { Knex } from "knex";
import { z } from "zod";
import { RECORDS, type RecordKind } from "../contract/index.ts";

/** What a column of a view may hold, in the words of JSON. */
type JsonType = "string" | "number" | "integer" | "boolean" | "array" | "object";

interface Column {
  readonly name: string;
  /** Type as PostgreSQL writes it. */
  readonly type: string;
  /** Category of the type: `S` text, `N` number, `B` boolean, `A` array, `D` date, `E` enum, `C` composite, `U` other. */
  readonly category: string;
}

/** A view as it is read: where it is, what it lacks. */
export interface SourceView {
  readonly kind: RecordKind;
  /** Quoted for SQL, schema included. */
  readonly relation: string;
  /** In French; the view can be read only when there are none. */
  readonly problems: readonly string[];
}

/**
 * Finds `source_<kind>` (view or table) and compares its columns with the fields of the contract, once for all rows.
 * @param schema where to look; the search path when not given
 */
export async function findSourceView(
  trx: Knex,
  kind: RecordKind,
  schema: string | undefined,
): Promise<SourceView | undefined> {
  const name = `source_${kind}`;
  const { rows } = await trx.raw<{ rows: { oid: number; schema: string }[] }>(
    `SELECT c.oid, n.nspname AS schema FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
      WHERE c.relname = ? AND c.relkind IN ('v', 'm', 'r', 'p', 'f')
        AND CASE WHEN ?::text IS NULL THEN pg_table_is_visible(c.oid) ELSE n.nspname = ?::text END`,
    [name, schema ?? null, schema ?? null],
  );
  const [found] = rows;
  if (found === undefined) return undefined;
  const columns = await trx.raw<{ rows: Column[] }>(
    `SELECT a.attname AS name, format_type(a.atttypid, a.atttypmod) AS type, t.typcategory AS category
       FROM pg_attribute a JOIN pg_type t ON t.oid = a.atttypid
      WHERE a.attrelid = ? AND a.attnum > 0 AND NOT a.attisdropped ORDER BY a.attnum`,
    [found.oid],
  );
  const quote = (part: string) => `"${part.replaceAll('"', '""')}"`;
  return {
    kind,
    relation: `${quote(found.schema)}.${quote(name)}`,
    problems: columnProblems(kind, columns.rows),
  };
}

/** Fields of the contract for one kind, `numero` first: what may stand as a column and in what form. */
export function sourceFields(
  kind: RecordKind,
): { name: string; types: readonly JsonType[]; required: boolean }[] {
  const schema = z.toJSONSchema(RECORDS[kind], { io: "input", unrepresentable: "any" });
  const required = new Set(schema.required ?? []);
  const fields = Object.entries(schema.properties ?? {}).map(([name, field]) => ({
    name,
    types: typeof field === "object" ? jsonTypes(field) : [],
    required: required.has(name),
  }));
  // The number of a right is made of its two parts.
  if (kind === "habilitation") return fields;
  return [{ name: "numero", types: ["string"], required: true }, ...fields];
}

function columnProblems(kind: RecordKind, columns: readonly Column[]): string[] {
  const fields = sourceFields(kind);
  const named = new Map(columns.map((column) => [column.name, column]));
  const missing = fields
    .filter(({ name, required }) => required && !named.has(name))
    .map(({ name }) => `source_${kind} : la colonne « ${name} » manque, elle est obligatoire.`);
  const known = new Map(fields.map((field) => [field.name, field]));
  const wrong = columns.flatMap((column) => {
    const field = known.get(column.name);
    if (field === undefined) {
      return `source_${kind} : la colonne « ${column.name} » n'existe pas dans le contrat. Retirez-la de la vue, ou donnez-lui le nom d'un champ du contrat.`;
    }
    const remedy = remedyFor(column, field.types);
    if (remedy === undefined) return [];
    return `source_${kind} : la colonne « ${column.name} » est de type ${column.type}. ${remedy}`;
  });
  return [...missing, ...wrong];
}

/** JSON holds any shape and is checked row by row; the rest has to be of the right type from the start. */
function remedyFor({ name, type, category }: Column, types: readonly JsonType[]): string | undefined {
  if (type === "json" || type === "jsonb" || types.length === 0) return undefined;
  const holds = (...wanted: JsonType[]) => wanted.some((one) => types.includes(one));
  if (holds("string")) {
    if (category === "S" || category === "E" || type === "uuid") return undefined;
    if (category === "D") return `Écrivez la date en texte : to_char(${name}, 'YYYYMMDD') AS ${name}.`;
    return `Écrivez un texte : ${name}::text AS ${name}.`;
  }
  if (holds("boolean")) {
    return category === "B" ? undefined : `Écrivez un booléen, par exemple : (${name} = 'O') AS ${name}.`;
  }
  if (holds("number", "integer"))
    return category === "N" ? undefined : `Écrivez un nombre entier : ${name}::int AS ${name}.`;
  if (holds("array")) {
    return category === "A"
      ? undefined
      : `Écrivez une liste : un tableau, ou jsonb_build_array(…) AS ${name}.`;
  }
  return category === "C" ? undefined : `Écrivez un objet : jsonb_build_object(…) AS ${name}.`;
}

function jsonTypes(field: z.core.JSONSchema._JSONSchema): JsonType[] {
  if (typeof field === "boolean") return [];
  const alternatives = [...(field.anyOf ?? []), ...(field.oneOf ?? [])].flatMap(jsonTypes);
  const own = [field.type ?? []].flat().filter((type): type is JsonType => type !== "null");
  return [...new Set([...alternatives, ...own])];
}
