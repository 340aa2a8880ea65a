import { type Notice, notice } from "../../notices/index.ts";
import type { RecordKind } from "../contract/index.ts";
import { numeroHabilitation } from "../numero.ts";
import { type CheckedRecord, checkRecord } from "../write/check.ts";

/** A row of a view, checked. */
export type SourceRow =
  | { readonly numero: string; readonly record: CheckedRecord }
  | { readonly numero: string | undefined; readonly notices: readonly Notice[] };

/** Fields whose value is a civil day in LHEO's form, at any depth. */
const DATES = new Set([
  "debut",
  "fin",
  "datecrea",
  "datemaj",
  "debut_validite",
  "fin_validite",
  "dates_information",
]);

/** Dates as PostgreSQL or an office tool writes them. */
const STRANGE_DATE = /^\d{4}-\d\d-\d\d|^\d\d\/\d\d\/\d{4}/;
/** Could there be one in the JSON of a row? Most rows are spared a second look. */
const MAYBE_STRANGE_DATE = /"(?:\d{4}-\d\d-\d\d|\d\d\/\d\d\/\d{4})/;

/** Reads one row, given as the JSON of its columns. */
export function readRow(kind: RecordKind, json: string): SourceRow {
  const row: unknown = JSON.parse(json);
  const { numero: given, ...fields } = (json.includes("null") ? withoutNulls(row) : row) as Record<
    string,
    unknown
  >;
  const numero = kind === "habilitation" ? numeroOfRight(fields) : given;
  if (typeof numero !== "string" || numero === "") {
    const place = { path: `source_${kind}.numero`, champ: `source_${kind}` };
    return { numero: undefined, notices: [notice("sync-numero-absent", place)] };
  }
  const dates = (MAYBE_STRANGE_DATE.test(json) ? strangeDates(fields, "") : []).map(({ champ, valeur }) =>
    notice("sync-date", { ...placeOf(kind, numero, champ), value: valeur }),
  );
  if (dates.length > 0) return { numero, notices: dates };
  const checked = checkRecord(kind, numero, fields);
  if (checked.ok) return { numero, record: checked.record };
  return {
    numero,
    notices: checked.refusals.map(({ champ, valeur, attendu }) =>
      notice(valeur === "" ? "sync-champ-absent" : "sync-champ-refuse", {
        ...placeOf(kind, numero, champ),
        value: valeur,
        attendu,
      }),
    ),
  };
}

/** Where a notice on a row is, for its reader. */
export function placeOf(kind: RecordKind, numero: string, champ: string) {
  const who = kind === "action" || kind === "session" || kind === "organisme" ? { [kind]: numero } : {};
  return { path: `source_${kind}[${numero}]${champ === "" ? "" : `.${champ}`}`, champ, ...who };
}

/** A column without a value, or an object or a list partly empty, reads as if it did not say anything there. */
function withoutNulls(value: unknown): unknown {
  if (Array.isArray(value)) return value.filter((item) => item !== null).map(withoutNulls);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, field]) => field !== null)
      .map(([name, field]) => [name, withoutNulls(field)]),
  );
}

function numeroOfRight({ organisme, certification }: Record<string, unknown>): string | undefined {
  if (typeof organisme !== "string" || typeof certification !== "string") return undefined;
  return numeroHabilitation(organisme, certification);
}

/** Dates as PostgreSQL writes them, which the contract would take for texts and the feed for errors. */
function strangeDates(value: unknown, champ: string): { champ: string; valeur: string }[] {
  if (typeof value === "string") {
    const name =
      champ
        .replace(/\[\d+\]$/, "")
        .split(".")
        .at(-1) ?? "";
    return DATES.has(name) && STRANGE_DATE.test(value) ? [{ champ, valeur: value }] : [];
  }
  if (Array.isArray(value)) return value.flatMap((item, rank) => strangeDates(item, `${champ}[${rank + 1}]`));
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([name, field]) =>
    strangeDates(field, champ === "" ? name : `${champ}.${name}`),
  );
}
