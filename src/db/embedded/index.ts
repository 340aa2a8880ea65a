import { chmodSync, existsSync, mkdirSync, realpathSync, statSync } from "node:fs";
import { createServer } from "node:net";
import path from "node:path";
import { chooseAccount } from "./account.ts";
import { findBinaries } from "./binaries.ts";
import { dataOf, ensureCluster, readPassword, USER } from "./cluster.ts";
import { EmbeddedError } from "./erreur.ts";
import { launch, READY_MS, STOP_MS } from "./launch.ts";
import { findPostmaster, ownerOf, removeStalePidFile, waitFor } from "./postmaster.ts";

export { findBinaries, platformPackage } from "./binaries.ts";
export { EmbeddedError } from "./erreur.ts";

export interface EmbeddedOptions {
  /** Folder of the server: files, password, log. Made when it is not there. */
  readonly dir: string;
  /** 0 (the default): a free one. */
  readonly port?: number;
  /** Told in French what takes time. */
  readonly log?: (message: string) => void;
  /** For throw-away databases: nothing is forced to disk. */
  readonly ephemeral?: boolean;
}

export interface EmbeddedServer {
  /** Connection string, password included. */
  readonly url: string;
  readonly port: number;
  /** Did this start make the cluster? */
  readonly created: boolean;
  /** Fulfilled when the server has ended, asked or not. */
  readonly ended: Promise<void>;
  /** Ends the server cleanly; may be called again. */
  stop(): Promise<void>;
}

const DATABASE = "postgres";
const PORT_TRIES = 5;

/**
 * Starts PostgreSQL from the npm packages on the data in `dir`, listening on 127.0.0.1 with a password.
 * @throws EmbeddedError in French when it cannot: already started elsewhere, port taken, root without a way out…
 */
export async function startEmbedded(options: EmbeddedOptions): Promise<EmbeddedServer> {
  const log = options.log ?? (() => undefined);
  const binaries = findBinaries();
  const dir = openFolder(options.dir);
  const account = chooseAccount(dir, Object.values(binaries));
  const data = dataOf(dir);
  if (findPostmaster(data) === undefined) log("Préparation de la base embarquée…");
  const created = (await ensureCluster(dir, binaries, account)) === "created";
  await takeOver(data, log);
  for (let attempt = 1; ; attempt++) {
    const port = options.port || (await freePort());
    const launched = await launch({
      dir,
      data,
      port,
      account,
      postgres: binaries.postgres,
      ephemeral: options.ephemeral === true,
    });
    if (launched.ok) {
      return { ...launched, created, port, url: urlOf(dir, port) };
    }
    const portTaken = /could not (bind|create any TCP)/.test(launched.log);
    if (portTaken && !options.port && attempt < PORT_TRIES) continue;
    throw failureToStart({ data, port, portTaken, log: launched.log });
  }
}

/**
 * Connection string of the server that another live process of ours keeps on `dir`, so that a command can work
 * beside it; undefined when there is none.
 */
export function runningEmbedded(dir: string): string | undefined {
  if (!existsSync(dir)) return undefined;
  const real = realpathSync(dir);
  const found = findPostmaster(dataOf(real));
  if (found?.ready !== true || ownerOf(dataOf(real))?.alive !== true) return undefined;
  return urlOf(real, found.port);
}

function openFolder(dir: string): string {
  try {
    mkdirSync(dir, { recursive: true });
    const real = realpathSync(dir);
    if (statSync(real).uid === process.getuid?.()) chmodSync(real, 0o700);
    return real;
  } catch (error) {
    throw new EmbeddedError(
      `Le dossier ${path.resolve(dir)} de la base embarquée ne peut pas être ouvert (${error instanceof Error ? error.message : error}). Donnez dans DATA_DIR un dossier où ce compte peut écrire.`,
    );
  }
}

/** Refuses a cluster in use; ends a server whose starter died and that has not ended yet by itself. */
async function takeOver(data: string, log: (message: string) => void): Promise<void> {
  if (findPostmaster(data) !== undefined) {
    // Before it is ready, what the server says of its owner may still be from the start before.
    await waitFor(() => findPostmaster(data)?.ready !== false || undefined, READY_MS);
    const found = findPostmaster(data);
    if (found !== undefined) {
      const owner = ownerOf(data);
      if (owner?.alive !== false) throw inUse(data, owner?.pid ?? found.pid);
      log("Arrêt de la base embarquée laissée par un processus interrompu…");
      signal(found.pid, "SIGINT");
      const gone = () => findPostmaster(data) === undefined || undefined;
      if ((await waitFor(gone, STOP_MS)) === undefined) {
        signal(found.pid, "SIGQUIT");
        await waitFor(gone, STOP_MS);
      }
    }
  }
  removeStalePidFile(data);
}

function inUse(data: string, pid: number): EmbeddedError {
  return new EmbeddedError(
    `La base embarquée de ${path.dirname(data)} est déjà démarrée (processus ${pid}). Arrêtez l'autre offre-info, ou donnez un autre dossier dans DATA_DIR.`,
  );
}

function failureToStart(failed: {
  data: string;
  port: number;
  portTaken: boolean;
  log: string;
}): EmbeddedError {
  const owner = ownerOf(failed.data);
  if (/lock file "postmaster.pid" already exists/.test(failed.log))
    return inUse(failed.data, owner?.pid ?? findPostmaster(failed.data)?.pid ?? 0);
  if (failed.portTaken) {
    return new EmbeddedError(
      `Le port ${failed.port} de la base embarquée est déjà pris par un autre programme. Donnez-en un autre, ou 0 pour un port libre.`,
    );
  }
  if (/database files are incompatible with server/.test(failed.log)) {
    return new EmbeddedError(
      `Les données de ${failed.data} viennent d'une autre version de PostgreSQL. Reprenez-les avec la version d'offre-info qui les a écrites, ou donnez un autre dossier dans DATA_DIR.`,
    );
  }
  const tail = failed.log.trim().split("\n").slice(-8).join("\n");
  return new EmbeddedError(`La base embarquée n'a pas démarré sur ${failed.data}. PostgreSQL dit :\n${tail}`);
}

function urlOf(dir: string, port: number): string {
  return `postgres://${USER}:${encodeURIComponent(readPassword(dir))}@127.0.0.1:${port}/${DATABASE}`;
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(0, "127.0.0.1", resolve);
  });
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  return typeof address === "object" && address !== null ? address.port : 0;
}

function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name);
  } catch {
    // It ended in between.
  }
}
