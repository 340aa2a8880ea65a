import knex, { type Knex } from "knex";
import pg from "pg";

const INT8 = pg.types.builtins.INT8;
const DATE = pg.types.builtins.DATE;

/**
 * How values come back, on our connections only: `bigint` as a number (refused beyond 2^53 rather than rounded),
 * `date` as its text, since a civil day has no instant; `timestamptz` as a Date and `jsonb` as parsed.
 */
const types = {
  getTypeParser(oid: number, format?: string) {
    if (format === "binary") return pg.types.getTypeParser(oid, "binary");
    if (oid === INT8) return exactInteger;
    if (oid === DATE) return (text: string) => text;
    return pg.types.getTypeParser(oid, "text");
  },
};

const silent = (): void => undefined;

function exactInteger(text: string): number {
  const value = Number(text);
  if (!Number.isSafeInteger(value)) throw new RangeError(`${text} does not fit a number`);
  return value;
}

export interface ConnectOptions {
  /** Largest number of connections; 10 when not given. */
  readonly max?: number;
  /** Shown in `pg_stat_activity`. */
  readonly name?: string;
}

/**
 * Opens a pool on a PostgreSQL database; connections are made when they are needed. `destroy()` closes it. Civil
 * days that SQL derives from an instant are those of Europe/Paris.
 */
export function connect(url: string, options: ConnectOptions = {}): Knex {
  return knex({
    client: "pg",
    connection: {
      connectionString: url,
      application_name: options.name ?? "offre-info",
      types,
      keepAlive: true,
    },
    pool: {
      min: 0,
      max: options.max ?? 10,
      afterCreate(client: pg.Client, done: (error: Error | null, client: pg.Client) => void) {
        client.query("SET TimeZone = 'Europe/Paris'; SET jit = off", (error) => done(error ?? null, client));
      },
    },
    acquireConnectionTimeout: 30_000,
    // Faults are thrown to whoever asked; the library would also print them among the results.
    log: { warn: silent, error: silent, deprecate: silent, debug: silent },
  });
}

/**
 * Lends the driver's own client, for what the query builder cannot do. On a transaction it is the transaction's
 * client; on a pool, what `use` left unfinished when it failed is rolled back.
 */
export async function withClient<T>(db: Knex, use: (client: pg.Client) => Promise<T>): Promise<T> {
  const client: pg.Client = await db.client.acquireConnection();
  try {
    return await use(client);
  } catch (error) {
    if (db.isTransaction !== true) await client.query("ROLLBACK").catch(() => client.end());
    throw error;
  } finally {
    await db.client.releaseConnection(client);
  }
}

/** The only clock that decides anything: the database's, to the millisecond. */
export async function horloge(db: Knex): Promise<Date> {
  const { rows } = await db.raw<{ rows: { maintenant: Date }[] }>("SELECT horloge() AS maintenant");
  const [row] = rows;
  if (row === undefined) throw new Error("horloge() answered nothing");
  return row.maintenant;
}
