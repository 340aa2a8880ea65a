import { createHash } from "node:crypto";
import { mkdtemp, open, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { hostname, tmpdir } from "node:os";
import path from "node:path";
import { gunzipSync } from "node:zlib";
import { afterEach, beforeEach, expect, test } from "vitest";
import { manifestOf, openFolder, openStore, type Snapshot, StoreError } from "../../../src/snapshot/index.ts";

let dir: string;
beforeEach(async () => {
  dir = await mkdtemp(path.join(tmpdir(), "offre-info-store-"));
});
afterEach(() => rm(dir, { recursive: true, force: true }));

const sha256 = (bytes: Uint8Array) => createHash("sha256").update(bytes).digest("hex");
const listed = async () => (await readdir(dir, { recursive: true })).filter((name) => name.includes("."));

/** About `size` bytes of well-formed XML. */
function document(size: number): Buffer {
  const lines = Array.from(
    { length: Math.ceil(size / 60) },
    (_, rank) => `<ligne rang="${rank}">été ${rank * 7919}</ligne>\n`,
  );
  return Buffer.from(`<?xml version="1.0" encoding="UTF-8"?>\n<lheo>${lines.join("")}</lheo>\n`);
}

async function written(bytes: Uint8Array, piece: number) {
  const store = await openStore(dir);
  const file = await store.open();
  for (let at = 0; at < bytes.length; at += piece) await file.write(bytes.subarray(at, at + piece));
  return { store, file };
}

test.each([1, 700, 3_000_000])(
  "a document of about %i bytes is stored under its sha256, as XML and gzip",
  async (size) => {
    const bytes = document(size);
    const { store, file } = await written(bytes, 100_003);
    const facts = await file.finish();
    await store.place(file, facts);

    expect(facts.sha256).toBe(sha256(bytes));
    expect(await store.has(facts.sha256)).toBe(true);
    const xml = await readFile(store.pathOf(facts.sha256, "xml"));
    const gz = await readFile(store.pathOf(facts.sha256, "xml.gz"));
    expect(xml.equals(bytes)).toBe(true);
    expect(gunzipSync(gz).equals(bytes)).toBe(true);
    expect({ ...facts }).toEqual({
      sha256: sha256(xml),
      sha256Gz: sha256(gz),
      octets: xml.length,
      octetsGz: gz.length,
    });
    expect(await listed()).toHaveLength(2);
  },
);

test("the same bytes give the same files, whatever the pieces", async () => {
  const bytes = document(900_000);
  const first = await (await written(bytes, 1_000)).file.finish();
  const second = await (await written(bytes, 400_000)).file.finish();
  expect(second).toEqual(first);
});

test("nothing has its final name before it is placed, nothing is left when it is given up", async () => {
  const { file } = await written(document(600_000), 50_000);
  expect((await listed()).every((name) => name.startsWith(".en-cours~"))).toBe(true);
  await file.discard();
  expect(await listed()).toEqual([]);
});

test("a file that the disk altered is refused, with a sentence", async () => {
  const { file } = await written(document(2_000_000), 50_000);
  const handle = await open(file.xml, "r+");
  await handle.write(Buffer.from("x"), 0, 1, 5_000);
  await handle.close();
  const refusal = await file.finish().catch((error: unknown) => error);
  expect(refusal).toBeInstanceOf(StoreError);
  expect(refusal).toMatchObject({
    fault: "fichier-altere",
    message: expect.stringContaining("Vérifiez le disque"),
  });
  expect(await listed()).toEqual([]);
});

test("a document that is not well-formed is refused even when the disk is faithful", async () => {
  const { file } = await written(Buffer.from("<lheo><offres></lheo>"), 7);
  await expect(file.finish()).rejects.toMatchObject({ fault: "fichier-altere" });
  expect(await listed()).toEqual([]);
});

test("a folder that cannot be written is a typed error", async () => {
  const store = await openStore(dir);
  await rm(dir, { recursive: true });
  await expect(store.open()).rejects.toMatchObject({ name: "StoreError", fault: "ecriture" });
});

test("the sweep removes what dead processes left, and nothing else", async () => {
  const { store, file } = await written(document(1_000), 100);
  const dead = `.en-cours~${hostname()}~${2 ** 30}~00000000~1`;
  const before = `.en-cours~${hostname()}~${process.pid}~00000000~2.gz`;
  const elsewhere = ".en-cours~autre-machine~12~00000000~3";
  for (const name of [dead, before, elsewhere, "a-garder.xml"]) await writeFile(path.join(dir, name), "<a");
  expect(await store.sweep()).toBe(2);
  const left = await listed();
  expect(left).toContain(elsewhere);
  expect(left).toContain("a-garder.xml");
  expect(left).toContain(path.basename(file.xml));
  expect(left).not.toContain(dead);
  await file.discard();
});

const snapshot: Snapshot = {
  id: 7,
  edition: 3,
  previousId: 5,
  previousSha256: "c".repeat(64),
  profil: "rco",
  file: { sha256: "a".repeat(64), sha256Gz: "b".repeat(64), octets: 1000, octetsGz: 100 },
  contenuSha256: "d".repeat(64),
  formations: 1,
  actions: 2,
  sessions: 2,
  formationsEcartees: 0,
  sessionsEcartees: 1,
  completeesParDefaut: { "defaut-rythme": 2 },
  watermark: new Date("2026-06-01T00:00:00Z"),
  xsdVersion: "x",
  reglesVersion: "r",
  createdAt: new Date("2026-06-02T00:00:00Z"),
};

test("the manifest is written whole beside the files, and replaced whole", async () => {
  const store = await openStore(dir);
  for (const id of [7, 8]) {
    await store.writeManifest(manifestOf({ ...snapshot, id }));
    expect(JSON.parse(await readFile(store.manifestPath("rco"), "utf8"))).toMatchObject({
      snapshot: id,
      previous_sha256: "c".repeat(64),
      files: [
        { name: "offre-info.xml", bytes: 1000, sha256: "a".repeat(64) },
        { name: "offre-info.xml.gz", bytes: 100, sha256: "b".repeat(64) },
      ],
      counts: { formations: 1, actions: 2, sessions: 2 },
      set_aside: { formations: 0, sessions: 1 },
      generated_at: "2026-06-02T00:00:00.000Z",
    });
  }
  expect(await listed()).toEqual([path.join("profils", "rco", "manifest.json")]);
});

test("the manifest of an empty scope names no file", () => {
  expect(manifestOf({ ...snapshot, file: null, formations: 0, actions: 0, sessions: 0 }).files).toEqual([]);
});

test("one folder for one feed holds plain names", async () => {
  const folder = await openFolder(path.join(dir, "sortie"));
  const file = await folder.open();
  await file.write(document(5_000));
  await folder.place(file, await file.finish());
  await folder.writeJson("manifest.json", { profil: "rco" });
  expect((await readdir(path.join(dir, "sortie"))).sort()).toEqual([
    "manifest.json",
    "offre-info.xml",
    "offre-info.xml.gz",
  ]);
});
