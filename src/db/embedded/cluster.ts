import { execFile } from "node:child_process";
import { randomBytes } from "node:crypto";
import { chownSync, existsSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { promisify } from "node:util";
import type { Account } from "./account.ts";
import type { Binaries } from "./binaries.ts";
import { EmbeddedError } from "./erreur.ts";

const run = promisify(execFile);

export const USER = "offre_info";

/** Files of PostgreSQL, inside the folder of the embedded server. */
export const dataOf = (dir: string): string => path.join(dir, "data");

const passwordFile = (data: string): string => path.join(data, "offre-info.password");

/** Password of the server's only account; made with the cluster and readable by its owner alone. */
export function readPassword(dir: string): string {
  return readFileSync(passwordFile(dataOf(dir)), "utf8").trim();
}

/**
 * Makes the cluster when there is none. It is built aside and renamed, so that neither an interruption nor another
 * process doing the same can leave half a cluster in place.
 */
export async function ensureCluster(
  dir: string,
  binaries: Binaries,
  account: Account,
): Promise<"created" | "found"> {
  const data = dataOf(dir);
  if (existsSync(path.join(data, "PG_VERSION"))) return "found";
  const scratch = mkdtempSync(path.join(dir, "init-"));
  try {
    const secret = path.join(scratch, "password");
    writeFileSync(secret, `${randomBytes(24).toString("base64url")}\n`, { mode: 0o600 });
    const { uid, gid } = account.ids;
    if (uid !== undefined && gid !== undefined) {
      chownSync(scratch, uid, gid);
      chownSync(secret, uid, gid);
    }
    const fresh = path.join(scratch, "data");
    const [command = "", ...prefix] = [...account.prefix, binaries.initdb];
    await run(
      command,
      [
        ...prefix,
        `--pgdata=${fresh}`,
        `--username=${USER}`,
        `--pwfile=${secret}`,
        "--auth=scram-sha-256",
        "--encoding=UTF8",
        // The same order of text on every machine, with case rules that know accents.
        "--locale-provider=builtin",
        "--builtin-locale=C.UTF-8",
        "--locale=C",
        "--no-sync",
      ],
      { cwd: "/", ...account.ids, env: environment() },
    );
    renameSync(secret, passwordFile(fresh));
    try {
      renameSync(fresh, data);
    } catch (error) {
      if (existsSync(path.join(data, "PG_VERSION"))) return "found";
      throw error;
    }
    return "created";
  } catch (error) {
    const told = error instanceof Error && "stderr" in error ? String(error.stderr).trim() : "";
    throw new EmbeddedError(
      `La base embarquée n'a pas pu être créée dans ${dir} par ${account.name} : ${told || (error instanceof Error ? error.message : error)}`,
    );
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

/** Environment of the server's programs: messages in plain English, none of the caller's PG* variables. */
export function environment(): NodeJS.ProcessEnv {
  const kept = Object.entries(process.env).filter(([name]) => !/^(PG|LC_|LANG)/.test(name));
  return { ...Object.fromEntries(kept), LC_ALL: "C" };
}
