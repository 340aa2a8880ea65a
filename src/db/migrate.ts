import type { Knex } from "knex";
import * as contract from "./migrations/0001_contract.ts";
import * as edition from "./migrations/0002_edition.ts";
import * as delivery from "./migrations/0003_delivery.ts";
import * as schedule from "./migrations/0004_schedule.ts";
import * as secrets from "./migrations/0005_secrets.ts";
import * as receipts from "./migrations/0006_receipts.ts";
import * as replay from "./migrations/0007_replay.ts";
import * as cron from "./migrations/0008_cron.ts";
import * as upkeep from "./migrations/0009_upkeep.ts";
import * as guard from "./migrations/0010_guard.ts";
import * as access from "./migrations/0011_access.ts";
import * as search from "./migrations/0012_search.ts";
import * as pull from "./migrations/0013_pull.ts";
import * as demo from "./migrations/0014_demo.ts";
import * as graphiques from "./migrations/0015_graphiques.ts";
import * as catalogue from "./migrations/0016_catalogue.ts";
import * as referentiels from "./migrations/0017_referentiels.ts";
import * as comptes from "./migrations/0019_comptes.ts";
import * as catalogueListes from "./migrations/0024_catalogueListes.ts";
import * as structures from "./migrations/0026_structures.ts";

/** In order, for ever: a migration that was released is never changed. */
const MIGRATIONS: Readonly<Record<string, Knex.Migration>> = {
  "0001_contract": contract,
  "0002_edition": edition,
  "0003_delivery": delivery,
  "0004_schedule": schedule,
  "0005_secrets": secrets,
  "0006_receipts": receipts,
  "0007_replay": replay,
  "0008_cron": cron,
  "0009_upkeep": upkeep,
  "0010_guard": guard,
  "0011_access": access,
  "0012_search": search,
  "0013_pull": pull,
  "0014_demo": demo,
  "0015_graphiques": graphiques,
  "0016_catalogue": catalogue,
  "0017_referentiels": referentiels,
  "0019_comptes": comptes,
  "0024_catalogueListes": catalogueListes,
  "0026_structures": structures,
};

/** Any number that no one else uses for an advisory lock in this database. */
const LOCK = 7_340_231_001;

const config: Knex.MigratorConfig = {
  migrationSource: {
    getMigrations: async () => Object.keys(MIGRATIONS),
    getMigrationName: (name: string) => name,
    getMigration: async (name: string) => {
      const migration = MIGRATIONS[name];
      if (migration === undefined) throw new Error(`unknown migration ${name}`);
      return migration;
    },
  },
};

/** The schema of the database and this program do not go together; the message is in French. */
export class SchemaError extends Error {
  override readonly name = "SchemaError";
}

/**
 * Brings the schema up to date, in one transaction: all or nothing. Any number of processes may call it at once;
 * one works, the others wait and find nothing left to do.
 * @returns the names of the migrations that this call applied
 * @throws SchemaError when the database was written by a newer version
 */
export async function migrate(db: Knex): Promise<string[]> {
  return db.transaction(async (trx) => {
    await trx.raw("SELECT pg_advisory_xact_lock(?)", [LOCK]);
    await refuseNewer(trx);
    const [, applied] = (await trx.migrate.latest(config)) as [number, string[]];
    return applied;
  });
}

/** Names of the migrations that the database still lacks; writes nothing. */
export async function pendingMigrations(db: Knex): Promise<string[]> {
  const applied = new Set(await appliedMigrations(db));
  return Object.keys(MIGRATIONS).filter((name) => !applied.has(name));
}

async function refuseNewer(db: Knex): Promise<void> {
  const unknown = (await appliedMigrations(db)).filter((name) => !Object.hasOwn(MIGRATIONS, name));
  if (unknown.length > 0) {
    throw new SchemaError(
      `Cette base a été mise à jour par une version plus récente d'offre-info (${unknown.join(", ")}). Installez cette version ou une plus récente.`,
    );
  }
}

async function appliedMigrations(db: Knex): Promise<string[]> {
  const found = await db.raw<{ rows: { there: boolean }[] }>(
    "SELECT to_regclass('knex_migrations') IS NOT NULL AS there",
  );
  if (found.rows[0]?.there !== true) return [];
  const { rows } = await db.raw<{ rows: { name: string }[] }>("SELECT name FROM knex_migrations ORDER BY id");
  return rows.map(({ name }) => name);
}
