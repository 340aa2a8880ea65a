import type { Knex } from "knex";
import { addDays, parisInstant, parisTime } from "../../../calendar/index.ts";
import { horloge, together } from "../../../db/index.ts";

/** How deliveries ended. */
export const FINS = ["arrivees", "refusees", "autres"] as const;
export type Fin = (typeof FINS)[number];
export type Comptes = Readonly<Record<Fin, number>>;

/** What ended on a day. */
export interface Jour extends Comptes {
  /** AAAAMMJJ, in Paris. */
  readonly jour: string;
}

/** From the hour at which a delivery was due to its arrival, among those that arrived on a day. */
export interface Delai {
  readonly jour: string;
  /** Milliseconds; undefined: none arrived. */
  readonly median: number | undefined;
  readonly pire: number | undefined;
}

export interface Graphiques {
  readonly jours: readonly Jour[];
  /** The busiest first. */
  readonly partenaires: readonly {
    readonly id: string;
    readonly nom: string;
    readonly jours: readonly Jour[];
  }[];
  readonly delais: readonly Delai[];
}

/** Days shown, today included. */
export const JOURS = 14;

interface CountRow extends Comptes {
  readonly jour: string;
  readonly partner: string;
  readonly nom: string;
}

/**
 * What ended lately, by day: read from one index, in a range of dates. All who look at the page are told to read it again
 * at the same time: they are answered by one reading.
 */
const readTogether = together<undefined, Graphiques>(async (db, all) => {
  const read = await readOnce(db);
  return all.map(() => read);
});

export const readGraphiques = (db: Knex): Promise<Graphiques> => readTogether(db, undefined);

async function readOnce(db: Knex): Promise<Graphiques> {
  const today = parisTime(await horloge(db)).jour;
  const days = Array.from({ length: JOURS }, (_, rang) => addDays(today, rang - JOURS + 1));
  const since = parisInstant(days[0] ?? today);
  const [counts, delays] = await Promise.all([readCounts(db, since), readDelays(db, since)]);
  const noms = new Map(counts.map(({ partner, nom }) => [partner, nom]));
  const perPartner = grouped(counts, ({ partner }) => partner);
  return {
    jours: perDay(days, counts),
    partenaires: [...noms]
      .map(([id, nom]) => ({ id, nom, jours: perDay(days, perPartner.get(id) ?? []) }))
      .sort((a, b) => totalOf(b.jours) - totalOf(a.jours)),
    delais: days.map((jour) => {
      const found = delays.find((one) => one.jour === jour);
      return { jour, median: found?.median, pire: found?.pire };
    }),
  };
}

/** All of some days, by end. */
export function somme(jours: readonly Comptes[]): Comptes {
  const sum = (fin: Fin) => jours.reduce((total, jour) => total + jour[fin], 0);
  return { arrivees: sum("arrivees"), refusees: sum("refusees"), autres: sum("autres") };
}

/** Deliveries, however they ended. */
export const total = (comptes: Comptes): number => FINS.reduce((sum, fin) => sum + comptes[fin], 0);

const totalOf = (jours: readonly Comptes[]): number => total(somme(jours));

function perDay(days: readonly string[], rows: readonly CountRow[]): Jour[] {
  const perJour = grouped(rows, ({ jour }) => jour);
  return days.map((jour) => ({ jour, ...somme(perJour.get(jour) ?? []) }));
}

function grouped<Row>(
  rows: readonly Row[],
  keyOf: (row: Row) => string,
): ReadonlyMap<string, readonly Row[]> {
  const groups = new Map<string, Row[]>();
  for (const row of rows) {
    const group = groups.get(keyOf(row));
    if (group === undefined) groups.set(keyOf(row), [row]);
    else group.push(row);
  }
  return groups;
}

/** Those that are over, since an instant: the words of the index `delivery_fin`. */
const ENDED = "d.etat IN ('accepted', 'rejected', 'dead', 'superseded', 'canceled') AND d.updated_at >= ?";

async function readCounts(db: Knex, since: Date): Promise<CountRow[]> {
  const { rows } = await db.raw<{ rows: CountRow[] }>(
    `SELECT to_char(c.jour, 'YYYYMMDD') AS jour, c.partner, c.arrivees, c.refusees, c.autres, p.nom FROM (
       SELECT d.updated_at::date AS jour, d.partner,
         count(*) FILTER (WHERE d.etat = 'accepted') AS arrivees,
         count(*) FILTER (WHERE d.etat IN ('rejected', 'dead')) AS refusees,
         count(*) FILTER (WHERE d.etat IN ('superseded', 'canceled')) AS autres
       FROM delivery d WHERE ${ENDED} GROUP BY 1, 2) c
     JOIN partner p ON p.id = c.partner ORDER BY p.nom, c.jour`,
    [since],
  );
  return rows;
}

async function readDelays(
  db: Knex,
  since: Date,
): Promise<{ readonly jour: string; readonly median: number; readonly pire: number }[]> {
  const { rows } = await db.raw<{ rows: { jour: string; median: number; pire: number }[] }>(
    `SELECT to_char(l.jour, 'YYYYMMDD') AS jour, percentile_cont(0.5) WITHIN GROUP (ORDER BY l.ms) AS median, max(l.ms) AS pire FROM (
       SELECT d.updated_at::date AS jour,
         (extract(epoch FROM greatest(d.updated_at - d.due_at, interval '0')) * 1000)::float8 AS ms
       FROM delivery d WHERE ${ENDED} AND d.etat = 'accepted') l
     GROUP BY l.jour`,
    [since],
  );
  return rows;
}
