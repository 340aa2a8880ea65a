import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));

/**
 * The stages of the flow, in order: a folder may import those before it, never those after it. Being equal in
 * rank is no permission either, so the order is total.
 */
const ORDER = [
  "lheo",
  "notices",
  "calendar",
  "config",
  "log",
  "net",
  "db",
  "audit",
  "access",
  "alert",
  "published",
  "feed",
  "validation",
  "snapshot",
  "edition",
  "import",
  "partner",
  "catalogue",
  "queue",
  "delivery",
  "cron",
  "doctor",
  "http",
  "cli",
];

/** The contract is read by everyone without the code that writes it. */
const PUBLIC_SUBFOLDERS = ["published/contract"];

interface Import {
  readonly from: string;
  readonly to: string;
}

function sources(folder: string): string[] {
  return readdirSync(path.join(ROOT, folder), { recursive: true, encoding: "utf8" })
    .filter((file) => /\.tsx?$/.test(file))
    .map((file) => path.posix.join(folder, file.split(path.sep).join("/")));
}

function importsOf(file: string): Import[] {
  const text = readFileSync(path.join(ROOT, file), "utf8");
  const found = [...text.matchAll(/(?:from|import)\s*\(?\s*"(\.{1,2}\/[^"]+)"/g)];
  return found.map(([, target = ""]) => ({
    from: file,
    to: path.posix.join(path.posix.dirname(file), target),
  }));
}

const stageOf = (file: string): string => file.split("/")[1] ?? "";
const imports = sources("src").flatMap(importsOf);

test("every folder of src has its place in the flow", () => {
  const folders = readdirSync(path.join(ROOT, "src"), { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name);
  expect(folders.filter((folder) => !ORDER.includes(folder))).toEqual([]);
});

test("imports go one way along the flow", () => {
  const back = imports.filter(
    ({ from, to }) => to.startsWith("src/") && ORDER.indexOf(stageOf(to)) > ORDER.indexOf(stageOf(from)),
  );
  expect(back).toEqual([]);
});

test("a folder is entered by its index only", () => {
  const deep = imports.filter(({ from, to }) => {
    if (!to.startsWith("src/") || stageOf(from) === stageOf(to)) return false;
    const inside = to.slice("src/".length);
    return ![stageOf(to), ...PUBLIC_SUBFOLDERS].some((folder) => inside === `${folder}/index.ts`);
  });
  expect(deep).toEqual([]);
});

test("lheo is pure: it imports nothing of ours and no I/O", () => {
  const texts = sources("src/lheo").map((file) => ({
    file,
    text: readFileSync(path.join(ROOT, file), "utf8"),
  }));
  expect(imports.filter(({ from, to }) => stageOf(from) === "lheo" && stageOf(to) !== "lheo")).toEqual([]);
  expect(
    texts.filter(({ text }) => /from "node:(fs|net|http|child_process|worker_threads)/.test(text)),
  ).toEqual([]);
});

test("bullmq is imported by the queue alone", () => {
  const files = sources("src").filter((file) =>
    /from "(bullmq|ioredis)"/.test(readFileSync(path.join(ROOT, file), "utf8")),
  );
  expect(files.filter((file) => stageOf(file) !== "queue")).toEqual([]);
});

test("the clock is read in one file", () => {
  const readers = [...sources("src"), ...sources("workers")].filter((file) =>
    /new Date\(\)|Date\.now\(\)/.test(readFileSync(path.join(ROOT, file), "utf8")),
  );
  expect(readers.filter((file) => file !== "src/calendar/clock.ts")).toEqual([]);
});

test("no source file is over 400 lines", () => {
  const long = ["src", "workers", "bench", "fixtures", "tests"]
    .flatMap(sources)
    .filter((file) => !file.includes("/generated/"))
    .map((file) => ({ file, lines: readFileSync(path.join(ROOT, file), "utf8").split("\n").length }))
    .filter(({ lines }) => lines > 401);
  expect(long).toEqual([]);
});
