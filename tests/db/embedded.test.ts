import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import {
  chownSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readlinkSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { completeLinks } from "../../src/db/embedded/binaries.ts";
import { isAlive } from "../../src/db/embedded/postmaster.ts";
import {
  connect,
  EmbeddedError,
  type EmbeddedServer,
  runningEmbedded,
  startEmbedded,
} from "../../src/db/index.ts";

const CHILD = fileURLToPath(new URL("../support/embeddedChild.ts", import.meta.url));
let dir = "";
let children: ChildProcess[] = [];

beforeEach(() => {
  dir = mkdtempSync(path.join(tmpdir(), "offre-info-embedded-"));
});
afterEach(async () => {
  for (const child of children) if (child.exitCode === null) child.kill("SIGKILL");
  children = [];
  await until(() => runningPid() === undefined);
  rmSync(dir, { recursive: true, force: true });
});

async function until(done: () => boolean | Promise<boolean>): Promise<void> {
  await expect.poll(done, { timeout: 20_000, interval: 20 }).toBe(true);
}

function runningPid(): number | undefined {
  try {
    const pid = Number(readFileSync(path.join(dir, "data", "postmaster.pid"), "utf8").split("\n")[0]);
    return isAlive(pid) && /postgres/.test(readFileSync(`/proc/${pid}/cmdline`, "utf8")) ? pid : undefined;
  } catch {
    return undefined;
  }
}

interface Said {
  readonly ready?: string;
  readonly error?: string;
  readonly stopped?: string;
  readonly message?: string;
}

/** Starts the server in another process, at the head of a group of its own as under a terminal. */
function startChild(port = 0): { child: ChildProcess; said: Said[]; outcome: Promise<Said> } {
  const child = spawn(process.execPath, ["--import", "tsx", CHILD, dir, String(port)], {
    detached: true,
    stdio: ["ignore", "pipe", "inherit"],
  });
  children.push(child);
  const said: Said[] = [];
  const outcome = new Promise<Said>((resolve) => {
    createInterface({ input: child.stdout }).on("line", (line) => {
      const one: Said = JSON.parse(line);
      said.push(one);
      if (one.ready !== undefined || one.error !== undefined) resolve(one);
    });
  });
  return { child, said, outcome };
}

async function query(url: string, sql: string): Promise<Record<string, unknown>[]> {
  const db = connect(url, { max: 1 });
  try {
    return (await db.raw(sql)).rows;
  } finally {
    await db.destroy();
  }
}

describe("start and stop", () => {
  test("a second start finds the data; the password is kept for its owner alone and is required", async () => {
    const first = await startEmbedded({ dir });
    expect(first.created).toBe(true);
    await query(first.url, "CREATE TABLE garde AS SELECT 'été' AS mot");
    const wrong = new URL(first.url);
    wrong.password = "autre";
    await expect(query(wrong.href, "SELECT 1")).rejects.toThrow(/password authentication failed/);
    await first.stop();
    await first.stop();
    await first.ended;
    expect(statSync(path.join(dir, "data", "offre-info.password")).mode & 0o777).toBe(0o600);
    expect(statSync(dir).mode & 0o777).toBe(0o700);
    expect(runningEmbedded(dir)).toBeUndefined();

    const second = await startEmbedded({ dir });
    try {
      expect(second.created).toBe(false);
      expect(runningEmbedded(dir)).toBe(second.url);
      expect(await query(second.url, "SELECT mot FROM garde")).toEqual([{ mot: "été" }]);
      const settings = await query(
        second.url,
        "SELECT current_setting('server_encoding') AS enc, current_setting('listen_addresses') AS ecoute, current_setting('fsync') AS fsync",
      );
      expect(settings).toEqual([{ enc: "UTF8", ecoute: "127.0.0.1", fsync: "on" }]);
    } finally {
      await second.stop();
    }
  });

  test("a second start on the same folder is refused, in this process and from another", async () => {
    const server = await startEmbedded({ dir });
    try {
      await expect(startEmbedded({ dir })).rejects.toThrow(EmbeddedError);
      const { error } = await startChild().outcome;
      expect(error).toBe(
        `La base embarquée de ${dir} est déjà démarrée (processus ${process.pid}). Arrêtez l'autre offre-info, ou donnez un autre dossier dans DATA_DIR.`,
      );
      expect(await query(server.url, "SELECT 1 AS un")).toEqual([{ un: 1 }]);
    } finally {
      await server.stop();
    }
  });

  test("of several processes starting at once on a new folder, one wins and the others are told", async () => {
    const outcomes = await Promise.all([1, 2, 3, 4].map(() => startChild().outcome));
    expect(outcomes.filter(({ ready }) => ready !== undefined)).toHaveLength(1);
    expect(outcomes.flatMap(({ error }) => error ?? [])).toEqual(
      Array(3).fill(expect.stringMatching(/est déjà démarrée \(processus \d+\)/)),
    );
  });

  test("a port that is taken is named", async () => {
    const other = createServer();
    await new Promise<void>((resolve) => other.listen(0, "127.0.0.1", resolve));
    const address = other.address();
    const port = typeof address === "object" && address !== null ? address.port : 0;
    try {
      await expect(startEmbedded({ dir, port })).rejects.toThrow(
        `Le port ${port} de la base embarquée est déjà pris`,
      );
    } finally {
      other.close();
    }
  });

  test("a folder that is a file is refused in French", async () => {
    const file = path.join(dir, "fichier");
    writeFileSync(file, "");
    await expect(startEmbedded({ dir: file })).rejects.toThrow(/ne peut pas être ouvert .*DATA_DIR/);
  });
});

describe("interruptions", () => {
  test("Ctrl-C goes to the whole group, yet the server answers until it is stopped", async () => {
    const { child, said, outcome } = startChild();
    expect((await outcome).ready).toBeDefined();
    process.kill(-(child.pid ?? 0), "SIGINT");
    await new Promise((resolve) => child.once("close", resolve));
    expect(said.at(-1)).toEqual({ stopped: "encore là" });
    expect(runningPid()).toBeUndefined();
    expect(readFileSync(path.join(dir, "postgres.log"), "utf8").trim().split("\n").at(-1)).toMatch(
      /database system is shut down$/,
    );
  });

  test("when the process that started it is killed, the server ends by itself, cleanly, and the data are there", async () => {
    const { child, outcome } = startChild();
    const { ready = "" } = await outcome;
    await query(ready, "CREATE TABLE garde AS SELECT 7 AS n");
    child.kill("SIGKILL");
    await until(() =>
      /database system is shut down\n$/.test(readFileSync(path.join(dir, "postgres.log"), "utf8")),
    );
    const server = await startEmbedded({ dir });
    expect(await query(server.url, "SELECT n FROM garde")).toEqual([{ n: 7 }]);
    await server.stop();
  });

  test("a server left over by a killed process is ended by the next start", async () => {
    const { child, outcome } = startChild();
    const { ready = "" } = await outcome;
    await query(ready, "CREATE TABLE garde AS SELECT 8 AS n");
    const abandoned = runningPid() ?? 0;
    killGuardian(abandoned);
    child.kill("SIGKILL");
    await new Promise((resolve) => child.once("close", resolve));
    expect(runningPid()).toBe(abandoned);
    expect(runningEmbedded(dir)).toBeUndefined();
    const messages: string[] = [];
    const server = await startEmbedded({ dir, log: (message) => messages.push(message) });
    expect(messages).toEqual(["Arrêt de la base embarquée laissée par un processus interrompu…"]);
    expect(await query(server.url, "SELECT n FROM garde")).toEqual([{ n: 8 }]);
    expect(runningPid()).not.toBe(abandoned);
    await server.stop();
  });

  test("after the server itself was killed, the next start recovers what was committed", async () => {
    const server = await startEmbedded({ dir });
    await query(server.url, "CREATE TABLE garde AS SELECT 9 AS n");
    process.kill(runningPid() ?? 0, "SIGKILL");
    await server.ended;
    await server.stop();
    const again = await startEmbedded({ dir });
    expect(await query(again.url, "SELECT n FROM garde")).toEqual([{ n: 9 }]);
    await again.stop();
  });

  test("a pid file whose number now belongs to another program does not stop a start", async () => {
    await (await startEmbedded({ dir })).stop();
    const other = spawn("sleep", ["60"]);
    children.push(other);
    writeFileSync(path.join(dir, "data", "postmaster.pid"), `${other.pid}\n${dir}/data\n0\n5432\n\n*\n`);
    const server = await startEmbedded({ dir });
    await server.stop();
    expect(other.exitCode).toBeNull();
  });

  test("a creation cut in the middle leaves nothing that a start would trip over", async () => {
    mkdirSync(path.join(dir, "init-abc", "data"), { recursive: true });
    writeFileSync(path.join(dir, "init-abc", "data", "PG_VERSION"), "18");
    const server = await startEmbedded({ dir });
    expect(server.created).toBe(true);
    await server.stop();
  });
});

/** Ends the shell that watches over the server: it is alone in the server's group to be one. */
function killGuardian(postmaster: number): void {
  const { status, stdout } = spawnSync("ps", ["-eo", "pid=,pgid=,comm="], { encoding: "utf8" });
  expect(status).toBe(0);
  const shells = stdout
    .split("\n")
    .map((line) => line.trim().split(/\s+/))
    .filter(([, group, name]) => Number(group) === postmaster && (name === "sh" || name === "dash"));
  expect(shells.length).toBeGreaterThan(0);
  for (const [pid] of shells) process.kill(Number(pid), "SIGKILL");
}

describe("accounts", () => {
  test("a folder is served by the account that owns it, or root is told what to do", async () => {
    const root = process.getuid?.() === 0;
    const owner = root ? 65534 : process.getuid?.();
    if (root) chownSync(dir, 65534, 65534);
    const outcome = await startEmbedded({ dir }).catch((error: unknown) => error);
    if (outcome instanceof Error) {
      // That account cannot reach the project where it stands below a closed folder.
      expect(root).toBe(true);
      expect(outcome.message).toMatch(/PostgreSQL refuse de tourner sous root.*Trois remèdes/);
    } else {
      const status = readFileSync(`/proc/${runningPid()}/status`, "utf8");
      expect(status).toMatch(new RegExp(`^Uid:\t${owner}\t`, "m"));
      await (outcome as EmbeddedServer).stop();
      expect(statSync(path.join(dir, "data", "PG_VERSION")).uid).toBe(owner);
    }
  });

  test("PostgreSQL never runs with the rights of root", async () => {
    const server = await startEmbedded({ dir });
    const status = readFileSync(`/proc/${runningPid()}/status`, "utf8");
    const namespace = (pid: number | string) => readlinkSync(`/proc/${pid}/ns/user`);
    const ownNamespace = namespace(runningPid() ?? 0) !== namespace("self");
    expect(ownNamespace || !/^Uid:\t0\t/m.test(status)).toBe(true);
    await server.stop();
  });
});

test("library links that npm did not make are made at start", () => {
  const native = path.join(dir, "native");
  mkdirSync(path.join(native, "lib"), { recursive: true });
  writeFileSync(path.join(native, "lib", "libx.so.1.2"), "binaire");
  const links = ["libx.so", "libx.so.1"].map((name) => ({
    source: "native/lib/libx.so.1.2",
    target: `native/lib/${name}`,
  }));
  writeFileSync(path.join(native, "pg-symlinks.json"), JSON.stringify(links));
  for (const pass of [1, 2]) {
    completeLinks(native, "paquet");
    expect(readFileSync(path.join(native, "lib", "libx.so.1"), "utf8"), `pass ${pass}`).toBe("binaire");
    expect(readlinkSync(path.join(native, "lib", "libx.so"))).toBe("libx.so.1.2");
  }
  rmSync(path.join(native, "lib"), { recursive: true });
  expect(() => completeLinks(native, "paquet")).toThrow(/Il manque des liens .*npm rebuild paquet/);
});
