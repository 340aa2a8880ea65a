import fc from "fast-check";
import { Pool } from "undici";
import { beforeAll, expect, test } from "vitest";
import { useDatabase } from "../support/database.ts";
import { profilDe, usePullScene, writeOffre } from "../support/pullScene.ts";

/** Ten thousand requests that nobody meant: each is answered with a clear word, by nothing that broke. */
const database = useDatabase();
const scene = usePullScene(database, [profilDe("rco"), profilDe("ferme", { acces: "restreint" })]);
const sha = { courant: "" };

beforeAll(async () => {
  await writeOffre(scene, { A1: ["S1", "S2"], A2: ["S3"] });
  const feeds = await scene.edit();
  sha.courant = feeds.get("rco")?.file?.sha256 ?? "";
});

const RUNS = 200;
const AT_ONCE = 50;

const wild = fc.oneof(
  fc.string({ unit: "grapheme", maxLength: 30 }).map(encodeURIComponent),
  fc.constantFrom(
    "..",
    ".",
    "%2e%2e%2f",
    "..%5c",
    "%00",
    "%zz",
    "%ff",
    "%E0%A4%A",
    "a".repeat(300),
    "'--",
    "%27",
    "*",
  ),
);
const known = fc.constantFrom(
  ..."flux rco ferme offres sitemap offre-info.xml offre-info.xml.gz manifest.json SHA256SUMS formation lheo-index.xml changements S1 1.xml sitemap.xml robots.txt openapi.json health ready metrics".split(
    " ",
  ),
);
const address = fc.oneof(
  fc
    .constantFrom(
      ..."offre-info.xml offre-info.xml.gz manifest.json SHA256SUMS formation lheo-index.xml changements".split(
        " ",
      ),
    )
    .map((one) => `/flux/rco/${one}`),
  fc.constantFrom("/flux/rco/SHA.xml", "/flux/ferme/SHA.xml.gz", "/sitemap/1.xml", "/offres/S1"),
  wild.map((one) => `/offres/${one}`),
  fc.array(fc.oneof(known, wild), { maxLength: 5 }).map((parts) => `/${parts.join("/")}`),
);
const value = fc.oneof(
  wild,
  fc.constantFrom(
    "72_A1",
    "A1",
    "33",
    "2A",
    "31734",
    "20261012",
    "2026-13-45",
    "1",
    "0",
    "-1",
    "9".repeat(40),
    "SHA",
  ),
  fc.constantFrom("WzEsIiJd", "WzEsIlwwIl0", "W10", "bnVsbA", "WzEuNSwiYSJd", "Wzk5OTk5OTksIiJd"),
  fc.constantFrom("2026-10-12T06:00:00Z", "9999-12-31T23:59:59Z", "1970-01-01", "0001-01-01T00:00:00Z"),
);
const name = fc.oneof(
  fc.constantFrom("num", "depuis", "departement", "formacode", "page", "taille", "suite", "__proto__", "x[]"),
  wild,
);
const query = fc
  .array(fc.tuple(name, value), { maxLength: 4 })
  .map((pairs) => (pairs.length === 0 ? "" : `?${pairs.map((pair) => pair.join("=")).join("&")}`));
const header = fc.constantFrom<Record<string, string>>(
  { host: "pirate.exemple" },
  { host: "" },
  { "x-forwarded-host": "pirate.exemple", "x-forwarded-proto": "https" },
  { range: "bytes=5-2" },
  { range: "bytes=99999999-" },
  { range: "bytes=0-99999999999999999999" },
  { "if-none-match": "*" },
  { "if-match": '"x"' },
  { "if-modified-since": "9999" },
  { "accept-encoding": "gzip;q=a, *" },
  { accept: "text/html" },
  { accept: "application/json" },
  { authorization: "Basic ::::" },
  { authorization: "Basic AAAA" },
  { authorization: "Bearer oi_x" },
  { cookie: "offre-info=x; =; ;" },
);
const requests = fc.record({
  method: fc.constantFrom(
    "GET" as const,
    "GET" as const,
    "GET" as const,
    "HEAD" as const,
    "POST" as const,
    "DELETE" as const,
  ),
  path: fc.tuple(address, query).map((parts) => parts.join("")),
  headers: fc
    .array(header, { maxLength: 2 })
    .map((all) => Object.assign({}, ...all) as Record<string, string>),
});

test("a clear answer to each, never a fault of ours", { timeout: 120_000 }, async () => {
  const pool = new Pool(scene.base, { connections: 8 });
  const seen = new Map<number, number>();
  try {
    await fc.assert(
      fc.asyncProperty(fc.array(requests, { minLength: AT_ONCE, maxLength: AT_ONCE }), async (all) => {
        await Promise.all(
          all.map(async ({ method, path, headers }) => {
            const target = path.replaceAll("SHA", sha.courant);
            const {
              statusCode,
              headers: answered,
              body,
            } = await pool.request({ method, path: target, headers });
            const text = await body.text();
            const what = `${method} ${target} ${JSON.stringify(headers)} → ${statusCode} ${text.slice(0, 200)}`;
            seen.set(statusCode, (seen.get(statusCode) ?? 0) + 1);
            expect(statusCode, what).toBeLessThan(500);
            expect(JSON.stringify(answered) + text, what).not.toContain("pirate");
            if (statusCode < 400 || method === "HEAD") return;
            expect(text, what).not.toMatch(/FST_ERR|\bat .*:\d+:\d+|node_modules|SELECT|syntax/);
            expect(text, what).toMatch(/\S\.(?:\n|<|"|$)/);
          }),
        );
      }),
      { numRuns: RUNS, endOnFailure: true },
    );
  } finally {
    await pool.destroy();
  }
  // Not all of them went astray.
  for (const status of [200, 206, 304, 400, 401, 404, 405, 412, 416])
    expect([...seen.keys()]).toContain(status);
  expect(await database.db("feed_snapshot").count().first()).toEqual({ count: 2 });
});
