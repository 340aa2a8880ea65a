import { readFileSync, rmSync } from "node:fs";
import path from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { monotonic } from "../../calendar/index.ts";

/** What `postmaster.pid` and `postmaster.opts` say of the server that holds a cluster. */
export interface Postmaster {
  readonly pid: number;
  readonly port: number;
  readonly ready: boolean;
}

/** The setting under which the server carries the process that started it. */
export const OWNER_SETTING = "offre_info.owner";

/** Identifies a running process beyond its number, which the system reuses. */
export function processToken(pid: number): string | undefined {
  if (!isAlive(pid)) return undefined;
  try {
    // Field 22 is the start time; the name before it may hold spaces and parentheses.
    const fields = readFileSync(`/proc/${pid}/stat`, "utf8").split(") ").at(-1)?.split(" ");
    return `${pid}.${fields?.[19] ?? ""}`;
  } catch {
    return `${pid}.`;
  }
}

export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && "code" in error && error.code === "EPERM";
  }
}

/** The live server on a cluster, or undefined. A pid file left by a dead server, even if its number was reused, is none. */
export function findPostmaster(data: string): Postmaster | undefined {
  const lines = readLines(path.join(data, "postmaster.pid"));
  const pid = Number(lines[0]);
  if (!Number.isInteger(pid) || pid <= 0 || !isAlive(pid) || !serves(pid, data)) return undefined;
  return { pid, port: Number(lines[3]), ready: lines[7]?.trim() === "ready" };
}

/**
 * PostgreSQL replaces the pid file of a dead server by itself, but would refuse to start over one whose number now
 * belongs to another program: that one alone is removed here, lest a server just starting lose its own.
 */
export function removeStalePidFile(data: string): void {
  const file = path.join(data, "postmaster.pid");
  const pid = Number(readLines(file)[0]);
  if (pid > 0 && isAlive(pid) && !serves(pid, data)) rmSync(file, { force: true });
}

/** Is the process that started this server still there? */
export function ownerOf(data: string): { readonly pid: number; readonly alive: boolean } | undefined {
  const options = readLines(path.join(data, "postmaster.opts")).join(" ");
  const token = options.match(new RegExp(`${OWNER_SETTING.replace(".", "\\.")}=(\\d+)\\.(\\d*)`));
  if (token === null) return undefined;
  const pid = Number(token[1]);
  return { pid, alive: processToken(pid) === `${pid}.${token[2]}` };
}

/** Waits until `done` answers something other than undefined. */
export async function waitFor<T>(done: () => T | undefined, timeoutMs: number): Promise<T | undefined> {
  const limit = monotonic() + timeoutMs;
  for (;;) {
    const answer = done();
    if (answer !== undefined) return answer;
    if (monotonic() > limit) return undefined;
    await delay(20);
  }
}

function serves(pid: number, data: string): boolean {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, "utf8").split("\0").includes(data);
  } catch {
    // No /proc on this system: believe the file.
    return true;
  }
}

function readLines(file: string): string[] {
  try {
    return readFileSync(file, "utf8").split("\n");
  } catch {
    return [];
  }
}
