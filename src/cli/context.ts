import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import type { Knex } from "knex";
import { type Config, ConfigError, embeddedDir, loadConfig } from "../config/index.ts";
import {
  connect,
  EmbeddedError,
  migrate,
  pendingMigrations,
  runningEmbedded,
  startEmbedded,
} from "../db/index.ts";
import { createLogger, type Logger } from "../log/index.ts";
import { Failure, say } from "./output.ts";

/** What every command works with. */
export interface Context {
  readonly config: Config;
  readonly log: Logger;
}

/** An open database and how to leave it. */
export interface OpenDatabase {
  readonly db: Knex;
  readonly url: string;
  /** The embedded server, where demonstration data are at home. */
  readonly embedded: boolean;
  close(): Promise<void>;
}

/** Reads the settings; a wrong one is a failure in French, not a stack. */
export function readContext(): Context {
  try {
    const config = loadConfig(process.env);
    return { config, log: createLogger({ level: config.logLevel }) };
  } catch (error) {
    if (error instanceof ConfigError) throw new Failure(error.message);
    throw error;
  }
}

/**
 * Opens the database of the settings: `DATABASE_URL`, else the embedded one, joined where another process keeps it.
 * @param schema `migrate` brings the schema up to date; `ready` refuses one that is late
 */
export async function openDatabase(
  { config }: Context,
  schema: "migrate" | "ready" = "ready",
): Promise<OpenDatabase> {
  const dir = embeddedDir(config);
  const running = config.databaseUrl ?? runningEmbedded(dir);
  const server = running === undefined ? await inFrench(startEmbedded({ dir, log: say })) : undefined;
  const url = server?.url ?? running ?? "";
  const opened = await open(url, config.databaseUrl === undefined, async () => server?.stop());
  try {
    // The embedded database has no administrator who would migrate it beforehand.
    if (schema === "migrate" || opened.embedded) await migrate(opened.db);
    else await refuseLateSchema(opened.db);
    return opened;
  } catch (error) {
    await opened.close();
    throw unreachable(error);
  }
}

/** A database that lives as long as the command, for a try that must touch nothing. */
export async function openThrowaway(): Promise<OpenDatabase> {
  const dir = mkdtempSync(path.join(tmpdir(), "offre-info-"));
  const server = await inFrench(startEmbedded({ dir, ephemeral: true }));
  const opened = await open(server.url, true, async () => {
    await server.stop();
    rmSync(dir, { recursive: true, force: true });
  });
  await migrate(opened.db);
  return opened;
}

/** Runs `use` on a database and leaves it whatever happens, a Ctrl-C included. */
export async function withDatabase<T>(
  opening: Promise<OpenDatabase>,
  use: (opened: OpenDatabase) => Promise<T>,
): Promise<T> {
  const opened = await opening;
  const interrupted = () => void opened.close().finally(() => process.exit(130));
  process.once("SIGINT", interrupted).once("SIGTERM", interrupted);
  try {
    return await use(opened);
  } finally {
    process.off("SIGINT", interrupted).off("SIGTERM", interrupted);
    await opened.close();
  }
}

async function open(url: string, embedded: boolean, after: () => Promise<void>): Promise<OpenDatabase> {
  const db = connect(url);
  let closing: Promise<void> | undefined;
  const close = async () => {
    await db.destroy();
    await after();
  };
  return {
    db,
    url,
    embedded,
    close() {
      closing ??= close();
      return closing;
    },
  };
}

async function refuseLateSchema(db: Knex): Promise<void> {
  const pending = await pendingMigrations(db);
  if (pending.length === 0) return;
  throw new Failure(
    `Le schéma de la base n'est pas à jour (il manque : ${pending.join(", ")}). Lancez : offre-info migrate`,
  );
}

async function inFrench<T>(starting: Promise<T>): Promise<T> {
  try {
    return await starting;
  } catch (error) {
    if (error instanceof EmbeddedError) throw new Failure(error.message);
    throw error;
  }
}

const CONNECTION_FAULTS = new Set([
  "ECONNREFUSED",
  "ENOTFOUND",
  "ETIMEDOUT",
  "EHOSTUNREACH",
  "28P01",
  "28000",
  "3D000",
]);

function unreachable(error: unknown): unknown {
  const code = error instanceof Error && "code" in error ? String(error.code) : "";
  if (!CONNECTION_FAULTS.has(code)) return error;
  return new Failure(
    `La base de DATABASE_URL ne répond pas (${code}). Vérifiez l'adresse, le compte et que PostgreSQL est démarré, puis lancez : offre-info doctor`,
  );
}
