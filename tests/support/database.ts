import { randomBytes } from "node:crypto";
import type { Knex } from "knex";
import { afterAll, beforeAll, inject } from "vitest";
import { connect } from "../../src/db/index.ts";
import { TEMPLATE, urlOf } from "./urls.ts";

export interface TestDatabase {
  /** Pool on the database of this file. */
  readonly db: Knex;
  readonly url: string;
  /**
   * Sets `horloge()` ahead (`"3 days"`) or behind for this whole database; open connections of `db` are renewed,
   * those of others keep the offset they started with.
   */
  shiftClock(interval: string): Promise<void>;
  /** Empties every table but those of the migrations, quicker than another clone. */
  clear(): Promise<void>;
}

/** A database of its own for a test file or a `describe`: migrated, empty, dropped afterwards. Call at its top. */
export function useDatabase(options: { max?: number } = {}): TestDatabase {
  const name = `test_${randomBytes(6).toString("hex")}`;
  let db: Knex | undefined;
  let url = "";

  const opened = (): Knex => {
    if (db === undefined) throw new Error("the database is there between beforeAll and afterAll only");
    return db;
  };

  beforeAll(async () => {
    const server = inject("postgresUrl");
    await onServer(server, `CREATE DATABASE ${name} TEMPLATE ${TEMPLATE}`);
    url = urlOf(server, name);
    db = connect(url, options);
  });

  afterAll(async () => {
    await db?.destroy();
    await onServer(inject("postgresUrl"), `DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);
  });

  return {
    get db() {
      return opened();
    },
    get url() {
      return url;
    },
    async shiftClock(interval) {
      await opened().raw(`ALTER DATABASE ${name} SET offre_info.decalage = '${interval}'`);
      await opened().destroy();
      opened().initialize();
    },
    async clear() {
      const { rows } = await opened().raw<{ rows: { name: string }[] }>(
        "SELECT quote_ident(tablename) AS name FROM pg_tables WHERE schemaname = 'public' AND tablename NOT LIKE 'knex%'",
      );
      await opened().transaction(async (trx) => {
        // The audit refuses to be emptied, as it should.
        await trx.raw("SET LOCAL session_replication_role = replica");
        await trx.raw(`TRUNCATE ${rows.map((row) => row.name).join(", ")} RESTART IDENTITY CASCADE`);
      });
    },
  };
}

async function onServer(server: string, sql: string): Promise<void> {
  const admin = connect(server, { max: 1 });
  try {
    await admin.raw(sql);
  } finally {
    await admin.destroy();
  }
}
