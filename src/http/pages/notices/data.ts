import type { Knex } from "knex";

/** How often each code was said in the last édition done, and since when it is known. */
export interface Apparitions {
  readonly edition: { readonly id: number; readonly horloge: Date } | undefined;
  readonly nombres: Readonly<Record<string, { readonly nombre: number }>>;
  /** Clock of the first édition that said it. */
  readonly premieres: ReadonlyMap<string, Date>;
}

/** What éditions kept of their counts: their notices themselves are as many as the offer. */
export async function readApparitions(db: Knex): Promise<Apparitions> {
  const { rows } = await db.raw<{ rows: { code: string; premiere: Date }[] }>(
    `SELECT code, min(e.horloge) AS premiere FROM edition e
       CROSS JOIN LATERAL jsonb_object_keys(coalesce(e.bilan->'notices', '{}')) AS code
     WHERE e.etat = 'faite' GROUP BY code`,
  );
  const last = await lastEdition(db);
  return {
    edition: last === undefined ? undefined : { id: last.id, horloge: last.horloge },
    nombres: last?.bilan.notices ?? {},
    premieres: new Map(rows.map(({ code, premiere }) => [code, premiere])),
  };
}

interface LastEdition {
  readonly id: number;
  readonly horloge: Date;
  readonly bilan: { readonly notices?: Readonly<Record<string, { readonly nombre: number }>> };
}

function lastEdition(db: Knex): Promise<LastEdition | undefined> {
  return db("edition").where({ etat: "faite" }).orderBy("id", "desc").first("id", "horloge", "bilan");
}

/** One time a rule spoke in the last édition. */
export interface Occurrence {
  readonly rang: number;
  readonly severity: string;
  readonly path: string;
  readonly value: string;
  readonly message: string;
  readonly action: string | null;
  readonly session: string | null;
  readonly organisme: string | null;
  readonly partners: readonly string[];
}

const PAGE = 50;

export interface PageDOccurrences {
  readonly edition: { readonly id: number; readonly horloge: Date } | undefined;
  readonly occurrences: readonly Occurrence[];
  /** Rank of the last one when there are more. */
  readonly suivant: number | undefined;
}

export async function readOccurrences(
  db: Knex,
  code: string,
  apres: number | undefined,
): Promise<PageDOccurrences> {
  const edition = await lastEdition(db);
  if (edition === undefined) return { edition: undefined, occurrences: [], suivant: undefined };
  const { rows } = await db.raw<{ rows: Occurrence[] }>(
    `SELECT rang, severity, path, value, message, action, session, organisme, partners FROM edition_notice
     WHERE edition_id = ? AND code = ? AND rang > ? ORDER BY rang LIMIT ?`,
    [edition.id, code, apres ?? -1, PAGE + 1],
  );
  const occurrences = rows.slice(0, PAGE);
  return {
    edition: { id: edition.id, horloge: edition.horloge },
    occurrences,
    suivant: rows.length > PAGE ? occurrences.at(-1)?.rang : undefined,
  };
}
