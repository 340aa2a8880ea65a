import { createHash } from "node:crypto";
import { appendFile, mkdtemp, open, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { relire } from "../../../src/snapshot/relecture.ts";

let dir: string;
let xml: string;
let gz: string;
beforeEach(async () => {
  dir = await mkdtemp(path.join(tmpdir(), "offre-info-relecture-"));
  xml = path.join(dir, "a.xml");
  gz = path.join(dir, "a.xml.gz");
  await writeFile(gz, "gzip");
});
afterEach(() => rm(dir, { recursive: true, force: true }));

const sha256 = (bytes: string | Uint8Array) => createHash("sha256").update(bytes).digest("hex");
const MB = 1024 * 1024;

test("a file is followed while it grows, then read again from its start", async () => {
  const parts = ["<a>", ...Array.from("été".repeat(3), (letter) => letter.repeat(MB)), "</a>"];
  const relecture = relire(xml);
  let octets = 0;
  for (const part of parts) {
    await appendFile(xml, part);
    octets += Buffer.byteLength(part);
    relecture.written(octets);
  }
  const whole = sha256(parts.join(""));
  expect(await relecture.end(gz)).toEqual({
    sha256: [whole, whole],
    sha256Gz: sha256("gzip"),
    malForme: undefined,
  });
  relecture.close();
});

test("bytes that change after they were followed are seen at the end", async () => {
  const text = `<a>${"x".repeat(2 * MB)}</a>`;
  await writeFile(xml, text);
  const relecture = relire(xml);
  relecture.written(text.length);
  // Long enough for most machines to have followed it; the end sees the change in any case.
  await new Promise((resolve) => setTimeout(resolve, 200));
  const handle = await open(xml, "r+");
  await handle.write(Buffer.from("y"), 0, 1, 10);
  await handle.close();
  const { sha256: seen, malForme } = await relecture.end(gz);
  expect(malForme).toBeUndefined();
  expect(seen[1]).not.toBe(sha256(text));
  relecture.close();
});

test("files followed together have each their own verdict", async () => {
  const other = path.join(dir, "b.xml");
  await writeFile(xml, "<a/>");
  await writeFile(other, "<a><b></a>");
  const [good, bad] = [relire(xml), relire(other)];
  const [first, second] = await Promise.all([good.end(gz), bad.end(gz)]);
  expect(first.malForme).toBeUndefined();
  expect(second.malForme).toContain("an end tag that closes nothing");
  good.close();
  bad.close();
});

test("a file that is not there is a clear failure", async () => {
  const relecture = relire(xml);
  await expect(relecture.end(gz)).rejects.toThrow("ENOENT");
  relecture.close();
});

test("a thread that breaks is a clear failure, and the next file has another one", async () => {
  await writeFile(xml, "<a/>");
  const relecture = relire(xml, new URL("data:text/javascript,throw new Error('cassé')"));
  await expect(relecture.end(gz)).rejects.toThrow("la relecture s'est arrêtée : cassé");
  relecture.close();
  const next = relire(xml);
  expect((await next.end(gz)).malForme).toBeUndefined();
  next.close();
});
