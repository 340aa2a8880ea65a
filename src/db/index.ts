/**
 * PostgreSQL: a pool, the migrations, bulk loading, and the embedded server that stands in when no database is given.
 */
export { type ConnectOptions, connect, horloge, withClient } from "./connect.ts";
export { type CopyRow, copyField, copyIn, textArray } from "./copy.ts";
export {
  EmbeddedError,
  type EmbeddedOptions,
  type EmbeddedServer,
  findBinaries,
  platformPackage,
  runningEmbedded,
  startEmbedded,
} from "./embedded/index.ts";
export { migrate, pendingMigrations, SchemaError } from "./migrate.ts";
export { type Prepared, prepared } from "./prepared.ts";
export { together } from "./together.ts";
