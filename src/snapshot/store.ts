import { randomBytes } from "node:crypto";
import { mkdir, open, readdir, rename, rm, stat, writeFile } from "node:fs/promises";
import { hostname } from "node:os";
import path from "node:path";
import { wallClock } from "../calendar/index.ts";
import { storeError } from "./error.ts";
import { type FeedFile, type FileFacts, openFeedFile } from "./feedFile.ts";
import type { Manifest } from "./manifest.ts";

/** Where finished feeds go: the store of the product, or one folder for one feed. */
export interface Sink {
  /** Opens a feed under temporary names in the same file system. */
  open(): Promise<FeedFile>;
  /** Puts a finished feed under its final names. */
  place(file: FeedFile, facts: FileFacts): Promise<void>;
}

/** The two forms of a feed. */
export type Form = "xml" | "xml.gz";

/** A file of the store: a feed, or beside it where each of its offers is. */
type Stored = Form | "idx";

/** Files by their sha256 in one folder, shared by all profiles; never changed once there. */
export interface Store extends Sink {
  readonly dir: string;
  /** Path of a stored feed; `sha256` is that of the XML, for all forms. */
  pathOf(sha256: string, form: Stored): string;
  /** Are both forms there? */
  has(sha256: string): Promise<boolean>;
  /** Writes the summary of a stored feed, whole or not at all. */
  writeSommaire(sha256: string, text: string): Promise<void>;
  /** Removes a feed that nothing names. */
  remove(sha256: string): Promise<void>;
  /** Writes `<dir>/profils/<profil>/manifest.json`, whole or not at all. */
  writeManifest(manifest: Manifest): Promise<void>;
  manifestPath(profil: string): string;
  /** Removes what killed runs left under temporary names; returns how many files. */
  sweep(): Promise<number>;
}

const TEMPORARY = ".en-cours";
/** A process number can be given again after a restart: this tells two processes apart. */
const INCARNATION = randomBytes(4).toString("hex");
/** After this, a temporary file of another machine is nobody's. */
const ABANDONED_MS = 24 * 3_600_000;

/** Opens a store, creating its folder when needed. */
export async function openStore(dir: string): Promise<Store> {
  await mkdir(dir, { recursive: true });
  const pathOf = (sha256: string, form: Stored) => path.join(dir, sha256.slice(0, 2), `${sha256}.${form}`);
  const manifestPath = (profil: string) => path.join(dir, "profils", profil, "manifest.json");
  return {
    dir,
    pathOf,
    manifestPath,
    open: () => openFeedFile(temporary(dir)),
    async place(file, facts) {
      await moveInto(file.gz, pathOf(facts.sha256, "xml.gz"));
      await moveInto(file.xml, pathOf(facts.sha256, "xml"));
    },
    async has(sha256) {
      const found = await Promise.allSettled([stat(pathOf(sha256, "xml")), stat(pathOf(sha256, "xml.gz"))]);
      return found.every((form) => form.status === "fulfilled");
    },
    async remove(sha256) {
      await Promise.all(
        (["xml", "xml.gz", "idx"] as const).map((form) => rm(pathOf(sha256, form), { force: true })),
      );
    },
    writeSommaire: (sha256, text) => writeWhole(dir, pathOf(sha256, "idx"), text),
    writeManifest: (manifest) =>
      writeWhole(dir, manifestPath(manifest.profil), JSON.stringify(manifest, null, 2)),
    sweep: () => sweep(dir),
  };
}

/** One folder for one feed, under plain names. */
export interface Folder extends Sink {
  writeJson(name: string, value: unknown): Promise<void>;
  /** Removes the feed that an earlier run left there, when there is none any more. */
  clear(): Promise<void>;
}

const FEED = "offre-info.xml";
const FEED_GZ = "offre-info.xml.gz";

/** Opens the folder that `offre-info feed --out` fills, creating it when needed. */
export async function openFolder(dir: string): Promise<Folder> {
  await mkdir(dir, { recursive: true });
  await sweep(dir);
  return {
    open: () => openFeedFile(temporary(dir)),
    async place(file) {
      await moveInto(file.gz, path.join(dir, FEED_GZ));
      await moveInto(file.xml, path.join(dir, FEED));
    },
    async clear() {
      await Promise.all([FEED, FEED_GZ].map((name) => rm(path.join(dir, name), { force: true })));
    },
    writeJson: (name, value) => writeWhole(dir, path.join(dir, name), JSON.stringify(value, null, 2)),
  };
}

function temporary(dir: string): string {
  const name = [TEMPORARY, hostname(), process.pid, INCARNATION, randomBytes(6).toString("hex")];
  return path.join(dir, name.join("~"));
}

/** Renames, and makes the new name durable: until then a power cut may lose it, never halve it. */
async function moveInto(from: string, to: string): Promise<void> {
  try {
    await mkdir(path.dirname(to), { recursive: true });
    await rename(from, to);
    await syncFolder(path.dirname(to));
  } catch (cause) {
    throw storeError(cause, to);
  }
}

async function syncFolder(dir: string): Promise<void> {
  const handle = await open(dir, "r");
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

async function writeWhole(dir: string, to: string, text: string): Promise<void> {
  const from = temporary(dir);
  try {
    await writeFile(from, `${text}\n`, { flag: "wx", flush: true });
    await moveInto(from, to);
  } catch (cause) {
    await rm(from, { force: true });
    throw storeError(cause, to);
  }
}

async function sweep(dir: string): Promise<number> {
  const left = (await readdir(dir)).filter((name) => name.startsWith(`${TEMPORARY}~`));
  const dead = [];
  for (const name of left) if (await isDead(dir, name)) dead.push(name);
  await Promise.all(dead.map((name) => rm(path.join(dir, name), { force: true })));
  return dead.length;
}

async function isDead(dir: string, name: string): Promise<boolean> {
  const [, host, pid, incarnation] = name.split("~");
  if (host === hostname()) {
    if (Number(pid) === process.pid) return incarnation !== INCARNATION;
    if (!isRunning(Number(pid))) return true;
  }
  const { mtimeMs } = await stat(path.join(dir, name)).catch(() => ({ mtimeMs: Number.POSITIVE_INFINITY }));
  return wallClock().getTime() - mtimeMs > ABANDONED_MS;
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && "code" in error && error.code === "EPERM";
  }
}
