import { type ChildProcess, spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { once } from "node:events";
import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { createInterface } from "node:readline";
import { setImmediate, setTimeout } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { gunzipSync } from "node:zlib";
import { afterEach, beforeEach, expect, test } from "vitest";
import { loadDemo } from "../../fixtures/demo/index.ts";
import { publish } from "../../src/edition/index.ts";
import { PROFILS } from "../../src/feed/index.ts";
import { currentSnapshot, openStore } from "../../src/snapshot/index.ts";
import { startXsd } from "../../src/validation/index.ts";
import { useDatabase } from "../support/database.ts";

/** Whatever stops an édition, the feeds of before stay current, whole and named by their manifest. */
const CHILD = fileURLToPath(new URL("../support/editionChild.ts", import.meta.url));
const IDS = ["rco", "francetravail"];
const database = useDatabase();
let dir = "";
const children: ChildProcess[] = [];

beforeEach(async () => {
  await database.clear();
  dir = await mkdtemp(path.join(tmpdir(), "offre-info-fautes-"));
  await loadDemo(database.db, "small");
  const profils = PROFILS.filter(({ id }) => IDS.includes(id));
  await database.db("profil").insert(profils.map(({ id, nom }) => ({ id, nom, definition: "{}" })));
});
afterEach(async () => {
  for (const child of children.splice(0)) child.kill("SIGKILL");
  await rm(dir, { recursive: true, force: true });
});

interface Line {
  readonly debut?: number;
  readonly fin?: number;
  readonly echec?: string;
  readonly faute?: string;
  readonly message?: string;
}

/** Éditions in another process, and what it says. */
function editions(command: readonly string[], count: number) {
  const [program = "", ...args] = [...command, "--import", "tsx", CHILD, database.url, dir, String(count)];
  const child = spawn(program, args, { stdio: ["ignore", "pipe", "inherit"] });
  children.push(child);
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const exited = once(child, "exit");
  return {
    child,
    exited,
    async next(): Promise<Line | undefined> {
      const { value, done } = await lines.next();
      return done === true ? undefined : (JSON.parse(value) as Line);
    },
  };
}

const finals = async (): Promise<string[]> =>
  (await readdir(dir, { recursive: true })).filter((name) => /^[0-9a-f]{2}\//.test(name));

/** Every file that has its final name is whole, and every current snapshot has its files. */
async function checkStore(): Promise<(number | null)[]> {
  for (const name of await finals()) {
    const bytes = await readFile(path.join(dir, name));
    const xml = name.endsWith(".gz") ? gunzipSync(bytes) : bytes;
    expect(name).toContain(createHash("sha256").update(xml).digest("hex"));
  }
  const store = await openStore(dir);
  return Promise.all(
    IDS.map(async (id) => {
      const current = await currentSnapshot(database.db, id);
      if (current?.file) expect(await store.has(current.file.sha256)).toBe(true);
      return current?.id ?? null;
    }),
  );
}

/** A run in this process goes through, and leaves nothing of those that were killed. */
async function nextRunWorks(): Promise<void> {
  const xsd = startXsd();
  try {
    const profils = PROFILS.filter(({ id }) => IDS.includes(id));
    const store = await openStore(dir);
    await publish(database.db, { profils, base: "72", store, xsd, attendre: true });
  } finally {
    await xsd.close();
  }
  await checkStore();
  const named: string[] = await database.db("feed_snapshot").whereNotNull("sha256").pluck("sha256");
  const kept = new Set((await finals()).map((name) => path.basename(name).split(".")[0]));
  expect([...kept].filter((sha256) => !named.includes(sha256 ?? ""))).toEqual([]);
  expect((await readdir(dir)).filter((name) => name.startsWith(".en-cours"))).toEqual([]);
  expect(await database.db("edition").where({ etat: "en_cours" })).toEqual([]);
  for (const id of IDS) {
    const manifest = JSON.parse(await readFile(path.join(dir, "profils", id, "manifest.json"), "utf8"));
    expect(manifest.snapshot).toBe((await currentSnapshot(database.db, id))?.id);
  }
}

/** Runs that were killed before their end. */
const cut = async (): Promise<number> =>
  (await database.db("edition").where({ etat: "en_cours" }).orWhereLike("erreur", "%interrompue%")).length;

test("killed at any moment: the feeds of before stay current, and the next édition goes through", async () => {
  // Spread over a run, whatever the machine; the same moments each time.
  const moments = [0.05, 0.25, 0.45, 0.65, 0.8, 0.9, 0.97];
  const first = editions([process.execPath], 1);
  await first.next();
  const start = performance.now();
  await first.next();
  const duration = performance.now() - start;
  await first.exited;
  // A loaded machine may end a run before its moment: then sooner, until enough were cut.
  for (let time = 0; time < moments.length || (await cut()) < 4; time += 1) {
    expect(time).toBeLessThan(5 * moments.length);
    const moment = (moments[time % moments.length] ?? 0) / (1 + Math.floor(time / moments.length));
    const before = await checkStore();
    const { child, exited, next } = editions([process.execPath], 1);
    expect(await next()).toEqual({ debut: 0 });
    await setTimeout(moment * duration);
    child.kill("SIGKILL");
    await exited;
    const ended = (await next())?.fin === 0;
    const after = await checkStore();
    if (!ended)
      for (const [rank, id] of after.entries()) expect(id).toBeGreaterThanOrEqual(before[rank] ?? 0);
  }
  await nextRunWorks();
  const interrupted = await database.db("edition").whereLike("erreur", "%interrompue%");
  expect(interrupted.length).toBeGreaterThanOrEqual(4);
  expect(await database.db("edition").where({ etat: "en_cours" })).toEqual([]);
}, 180_000);

test("killed between the files and the row: the files are not current, and the next édition removes them", async () => {
  const first = editions([process.execPath], 1);
  while ((await first.next()) !== undefined);
  const before = await checkStore();
  const there = new Set(await finals());
  const { child, exited, next } = editions([process.execPath], 1);
  await next();
  while (!(await finals()).some((name) => !there.has(name))) await setImmediate();
  child.kill("SIGKILL");
  await exited;
  const after = await checkStore();
  // The kill may come after the commit: then all the profiles have moved, together.
  expect(
    after.every((id, rank) => id === before[rank]) || after.every((id, rank) => id !== before[rank]),
  ).toBe(true);
  await nextRunWorks();
}, 120_000);

test("no room on the disk: a clean failure that says so, and nothing left behind", async () => {
  const first = editions([process.execPath], 1);
  while ((await first.next()) !== undefined);
  const before = await checkStore();
  const files = await finals();
  // No file of this process may pass 1 MB: the system answers as for a full disk.
  const { next, exited } = editions(["sh", "-c", 'ulimit -f 1024; exec "$0" "$@"', process.execPath], 1);
  expect(await next()).toEqual({ debut: 0 });
  expect(await next()).toMatchObject({
    echec: "StoreError",
    faute: "disque-plein",
    message: expect.stringContaining("Plus de place"),
  });
  await exited;
  expect(await checkStore()).toEqual(before);
  expect(await finals()).toEqual(files);
  expect((await readdir(dir)).filter((name) => name.startsWith(".en-cours"))).toEqual([]);
  const [failed] = await database.db("edition").where({ etat: "echouee" });
  expect(failed).toMatchObject({ erreur: expect.stringContaining("Plus de place") });
  await nextRunWorks();
}, 120_000);
