import type { RecordKind, Version } from "../contract/index.ts";

/**
 * What several watermarks select among the versions of one record. Watermark w selects the newest version still
 * published (not retired) with a mise en ligne at or before w.
 */
export interface Selection<T> {
  readonly numero: string;
  /** The selected versions, each once, newest first. */
  readonly versions: readonly Version<T>[];
  /** For each watermark, in the order given, the position of its version in `versions`, or -1 for none. */
  readonly choix: readonly number[];
}

/** The version that a watermark selects, or undefined when the record is not there for it. */
export function selected<T>(selection: Selection<T>, watermark: number): Version<T> | undefined {
  return selection.versions[selection.choix[watermark] ?? -1];
}

/** One selected version as SQL gives it; see {@link selectionSql}. */
export type SelectedRow = readonly [
  numero: string,
  version: number,
  contenu: string,
  misEnLigneMs: number,
  premiereMs: number,
  /** Earliest mise en ligne of a newer version still published. */
  plusRecenteMs: number | null,
  action: string | null,
];

/**
 * SQL of the versions that at least one watermark selects, each with what is needed to tell which. A version is
 * selected by w when it is not after w and every newer one is: so only the earliest newer one matters, found in the
 * index alone, and versions that no one needs never leave the server.
 * @param where condition on `s`, the versions
 * @param first number of the parameter of the first watermark; the others follow
 */
export function selectionSql(
  kind: RecordKind,
  where: string,
  order: string,
  watermarks: { readonly first: number; readonly count: number },
): string {
  const chosen = Array.from({ length: watermarks.count }, (_, rank) => {
    const w = `$${watermarks.first + rank}::timestamptz`;
    return `(s.mis_en_ligne_at <= ${w} AND (n.at IS NULL OR n.at > ${w}))`;
  });
  return `SELECT s.numero, s.version, s.contenu::text, ${milliseconds("s.mis_en_ligne_at")},
       ${milliseconds("s.premiere_mise_en_ligne_at")}, ${milliseconds("n.at")}, ${kind === "session" ? "s.action" : "NULL"}
  FROM published_${kind} s
  CROSS JOIN LATERAL (SELECT min(mis_en_ligne_at) AS at FROM published_${kind}
    WHERE numero = s.numero AND version > s.version AND retired_at IS NULL) n
 WHERE s.retired_at IS NULL AND ${where} AND (${chosen.join(" OR ") || "false"})
 ORDER BY ${order}`;
}

function milliseconds(column: string): string {
  return `(extract(epoch FROM ${column}) * 1000)::float8`;
}

/** Rows of one record, oldest version first, as its selection. */
export function toSelection<T>(rows: readonly SelectedRow[], watermarks: readonly number[]): Selection<T> {
  const newestFirst = rows.toReversed();
  return {
    numero: newestFirst[0]?.[0] ?? "",
    versions: newestFirst.map(toVersion<T>),
    choix: watermarks.map((w) =>
      newestFirst.findIndex(
        ([, , , misEnLigne, , plusRecente]) => misEnLigne <= w && (plusRecente ?? Infinity) > w,
      ),
    ),
  };
}

/** The content was checked when it was written: it is believed here. */
function toVersion<T>([numero, version, contenu, misEnLigneMs, premiereMs]: SelectedRow): Version<T> {
  return {
    numero,
    version,
    contenu: JSON.parse(contenu) as T,
    misEnLigneAt: new Date(misEnLigneMs),
    premiereMiseEnLigneAt: new Date(premiereMs),
  };
}
