import { execFileSync } from "node:child_process";
import { chownSync, lchownSync, readdirSync, statSync } from "node:fs";
import path from "node:path";
import { EmbeddedError } from "./erreur.ts";

/** How a program of PostgreSQL is run: PostgreSQL refuses to run as root. */
export interface Account {
  /** Words in front of the command. */
  readonly prefix: readonly string[];
  /** uid and gid to drop to; empty to keep those of this process. */
  readonly ids: { readonly uid: number; readonly gid: number } | Record<string, never>;
  /** For messages, in French. */
  readonly name: string;
}

const NOBODY = 65534;
const IN_NAMESPACE = ["unshare", "--user", `--map-user=${NOBODY}`, `--map-group=${NOBODY}`];
const ITSELF: Account = { prefix: [], ids: {}, name: "le compte courant" };

/**
 * Chooses the account that runs PostgreSQL on `dir` and gives it the folder. Anyone but root: themselves. Root:
 * the owner of an existing folder, else root itself seen as `nobody` in a user namespace (files stay root's, and
 * folders closed to others can still be entered), else `nobody`.
 * @param dir existing folder
 * @param programs what that account has to be able to run
 * @throws EmbeddedError in French when no account can
 */
export function chooseAccount(dir: string, programs: readonly string[]): Account {
  if (process.getuid?.() !== 0) return ITSELF;
  const owner = statSync(dir);
  if (owner.uid === 0 && canRun(IN_NAMESPACE, "true", {})) {
    return { prefix: IN_NAMESPACE, ids: {}, name: "root dans un espace d'utilisateurs" };
  }
  const ids = owner.uid === 0 ? nobody() : { uid: owner.uid, gid: owner.gid };
  const account: Account = { prefix: [], ids, name: `le compte ${ids.uid}` };
  const blocked =
    programs.find((program) => !canRun([program], "--version", ids)) ??
    (giveAll(dir, ids) && canRun(["ls"], dir, ids) ? undefined : dir);
  if (blocked !== undefined) {
    if (blocked === dir) giveAll(dir, owner);
    throw new EmbeddedError(
      `PostgreSQL refuse de tourner sous root, et le compte ${ids.uid} ne peut pas se servir de ${blocked}. Trois remèdes : lancez offre-info avec un autre compte que root ; ou placez le projet et DATA_DIR dans un dossier ouvert à tous (par exemple /opt/offre-info) ; ou donnez l'adresse d'un PostgreSQL 14 ou plus récent dans DATABASE_URL.`,
    );
  }
  return account;
}

function canRun(prefix: readonly string[], word: string, ids: Account["ids"]): boolean {
  const [command = "", ...rest] = [...prefix, word];
  try {
    execFileSync(command, rest, { stdio: "ignore", timeout: 10_000, cwd: "/", ...ids });
    return true;
  } catch {
    return false;
  }
}

function nobody(): { uid: number; gid: number } {
  const ask = (flag: string): number => {
    try {
      return Number(
        execFileSync("id", [flag, "nobody"], { encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] }),
      );
    } catch {
      return NOBODY;
    }
  };
  return { uid: ask("-u"), gid: ask("-g") };
}

function giveAll(dir: string, ids: { uid: number; gid: number }): boolean {
  try {
    chownSync(dir, ids.uid, ids.gid);
    for (const entry of readdirSync(dir, { withFileTypes: true, recursive: true })) {
      lchownSync(path.join(entry.parentPath, entry.name), ids.uid, ids.gid);
    }
    return true;
  } catch {
    return false;
  }
}
