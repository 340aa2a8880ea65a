import type { FastifyInstance } from "fastify";
import type { Knex } from "knex";
import { pendingMigrations } from "../db/index.ts";

/** A database that has not answered by then does not serve. */
const PATIENCE_MS = 3_000;

/** What `/ready` answers. */
interface Ready {
  readonly pret: boolean;
  readonly base: "joignable" | "injoignable";
  /** Migrations that are missing. */
  readonly migrations: readonly string[];
  readonly derniere_edition: {
    readonly id: number;
    readonly horloge: string;
    readonly age_secondes: number;
  } | null;
}

/** `/health`: the process lives. `/ready`: it can serve, and how old what it serves is. */
export function health({ db }: { readonly db: Knex }) {
  return async (app: FastifyInstance): Promise<void> => {
    app.get("/health", async (_request, reply) =>
      reply.header("cache-control", "no-store").send({ etat: "ok" }),
    );
    app.get("/ready", async (_request, reply) => {
      const ready = await readiness(db);
      return reply
        .code(ready.pret ? 200 : 503)
        .header("cache-control", "no-store")
        .send(ready);
    });
  };
}

async function readiness(db: Knex): Promise<Ready> {
  const away: Ready = { pret: false, base: "injoignable", migrations: [], derniere_edition: null };
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<Ready>((resolve) => {
    timer = setTimeout(() => resolve(away), PATIENCE_MS);
  });
  try {
    return await Promise.race([look(db), late]);
  } catch {
    return away;
  } finally {
    clearTimeout(timer);
  }
}

async function look(db: Knex): Promise<Ready> {
  const migrations = await pendingMigrations(db);
  const edition = migrations.length === 0 ? await lastEdition(db) : null;
  return { pret: migrations.length === 0, base: "joignable", migrations, derniere_edition: edition };
}

async function lastEdition(db: Knex): Promise<Ready["derniere_edition"]> {
  const { rows } = await db.raw<{ rows: { id: number; horloge: Date; age: number }[] }>(
    `SELECT id, horloge, floor(extract(epoch FROM horloge() - horloge))::int AS age
     FROM edition WHERE etat = 'faite' ORDER BY id DESC LIMIT 1`,
  );
  const [row] = rows;
  return row === undefined ? null : { id: row.id, horloge: row.horloge.toISOString(), age_secondes: row.age };
}
