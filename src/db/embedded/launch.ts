import { type ChildProcess, spawn } from "node:child_process";
import { closeSync, openSync, readFileSync, renameSync, statSync } from "node:fs";
import path from "node:path";
import type { Account } from "./account.ts";
import { environment } from "./cluster.ts";
import { findPostmaster, OWNER_SETTING, processToken, waitFor } from "./postmaster.ts";

/** A crash recovery may take this long. */
export const READY_MS = 300_000;
/** After this long a server that does not end is cut. */
export const STOP_MS = 60_000;
const LOG_BYTES = 10_000_000;

/**
 * The server must survive Ctrl-C, which the terminal sends to the whole group, until it is told to stop; and must
 * not survive the process that started it, however that one ends. So it runs in a group of its own with, beside
 * it, a shell that waits on a pipe held by that process: at its end the shell asks for a clean stop. A line on the
 * pipe dismisses the shell.
 */
const GUARDIAN = '( ( read _ <&3 || kill -INT $$ ) >/dev/null 2>&1 & ) ; exec "$@" 3<&-';

/** One start of the server. */
export interface Launch {
  readonly dir: string;
  readonly data: string;
  readonly port: number;
  readonly postgres: string;
  readonly account: Account;
  readonly ephemeral: boolean;
}

export type Launched =
  | { readonly ok: true; readonly ended: Promise<void>; stop(): Promise<void> }
  | { readonly ok: false; readonly log: string };

/** Starts the server and waits until it accepts connections, or ended; then `log` is what it said. */
export async function launch(launch: Launch): Promise<Launched> {
  const { data, account } = launch;
  const journal = path.join(launch.dir, "postgres.log");
  const { descriptor, start } = openJournal(journal);
  const child = spawn(
    "/bin/sh",
    ["-c", GUARDIAN, "sh", ...account.prefix, launch.postgres, ...flags(launch)],
    {
      cwd: "/",
      detached: true,
      env: environment(),
      stdio: ["ignore", descriptor, descriptor, "pipe"],
      ...account.ids,
    },
  );
  closeSync(descriptor);
  const ended = endOf(child);
  let over = false;
  void ended.then(() => {
    over = true;
  });
  const outcome = await waitFor(() => {
    const found = findPostmaster(data);
    if (over) return "over";
    return found?.ready && found.pid === child.pid ? "ready" : undefined;
  }, READY_MS);
  if (outcome !== "ready") {
    if (!over) child.kill("SIGQUIT");
    await ended;
    return { ok: false, log: readFileSync(journal, "utf8").slice(start) };
  }
  // Whoever forgets to stop it is not kept alive by it.
  child.unref();
  const stop = async (): Promise<void> => {
    if (over) return;
    child.ref();
    child.kill("SIGINT");
    const forced = setTimeout(() => child.kill("SIGQUIT"), STOP_MS);
    await ended;
    clearTimeout(forced);
  };
  return { ok: true, ended, stop };
}

function flags({ data, port, ephemeral }: Launch): string[] {
  const settings: Record<string, string | number> = {
    listen_addresses: "127.0.0.1",
    port,
    unix_socket_directories: "",
    max_connections: 200,
    shared_buffers: "128MB",
    max_wal_size: "2GB",
    log_timezone: "UTC",
    [OWNER_SETTING]: processToken(process.pid) ?? process.pid,
    ...(ephemeral ? { fsync: "off", synchronous_commit: "off", full_page_writes: "off" } : {}),
  };
  return ["-D", data, ...Object.entries(settings).flatMap(([name, value]) => ["-c", `${name}=${value}`])];
}

/** Resolves at the end of the server and then dismisses its guardian, whose target no longer exists. */
function endOf(child: ChildProcess): Promise<void> {
  const pipe = child.stdio[3];
  if (pipe != null && "write" in pipe) {
    pipe.on("error", () => undefined);
    if ("unref" in pipe && typeof pipe.unref === "function") pipe.unref();
  }
  return new Promise((resolve) => {
    const close = () => {
      if (pipe != null && "write" in pipe) pipe.end("\n");
      resolve();
    };
    child.once("exit", close);
    child.once("error", close);
  });
}

function openJournal(file: string): { descriptor: number; start: number } {
  const size = (): number => {
    try {
      return statSync(file).size;
    } catch {
      return 0;
    }
  };
  if (size() > LOG_BYTES) renameSync(file, `${file}.1`);
  return { start: size(), descriptor: openSync(file, "a", 0o600) };
}
