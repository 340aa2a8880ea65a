import fc from "fast-check";
import { beforeAll, expect, test } from "vitest";
import { connect, copyIn, horloge, textArray, withClient } from "../../src/db/index.ts";
import { useDatabase } from "../support/database.ts";
import { rolledBack } from "../support/rolledBack.ts";

const database = useDatabase();

beforeAll(async () => {
  await database.db.raw(
    `CREATE TABLE essai (rang int PRIMARY KEY, texte text, json jsonb, liste text[], instant timestamptz, octets bytea,
       vrai boolean, "Nom à ""citer""" int)`,
  );
});

/** Every text that PostgreSQL can hold: no NUL, no half of a character. */
const text = fc
  .oneof(
    fc.string({ unit: "binary" }),
    fc.string({ unit: fc.constantFrom("\\", "\n", "\r", "\t", "N", ".", '"', ",", "{") }),
  )
  .filter((value) => !value.includes("\0") && !/\p{Surrogate}/u.test(value));
/** Plain keys: JSON.parse of V8 13.6 (Node 24) takes a key that is one escape, such as "\\t", for another. */
const key = fc.string({ unit: fc.constantFrom("a", "N", "é", "😀", " ", ",", "{") });
const row = fc.record({
  texte: fc.option(text),
  json: fc.option(
    fc.dictionary(key, fc.oneof(text, fc.integer(), fc.boolean(), fc.constant(null), fc.array(text))),
  ),
  liste: fc.option(fc.array(text)),
  instant: fc.option(fc.date({ noInvalidDate: true, min: new Date(0), max: new Date("2100-01-01") })),
  octets: fc.option(fc.uint8Array()),
  vrai: fc.option(fc.boolean()),
  nombre: fc.option(fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 })),
});

test("whatever goes in by COPY comes out the same", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(row, { maxLength: 30 }), (rows) =>
      rolledBack(database.db, async (trx) => {
        const columns = ["rang", "texte", "json", "liste", "instant", "octets", "vrai", 'Nom à "citer"'];
        const lines = rows.map((r, rang) => [
          rang,
          r.texte,
          r.json,
          r.liste === null ? null : textArray(r.liste),
          r.instant,
          r.octets,
          r.vrai,
          r.nombre,
        ]);
        expect(await withClient(trx, (client) => copyIn(client, "public.essai", columns, lines))).toBe(
          rows.length,
        );
        const back = await trx("essai").orderBy("rang");
        expect(
          back.map(({ rang, octets, 'Nom à "citer"': nombre, ...rest }) => ({
            ...rest,
            octets: octets === null ? null : [...octets],
            nombre,
          })),
        ).toEqual(rows.map((r) => ({ ...r, octets: r.octets === null ? null : [...r.octets] })));
      }),
    ),
    { numRuns: 100 },
  );
});

test("a source that fails writes nothing and leaves the connection usable", async () => {
  async function* broken() {
    for (let rang = 0; rang < 5000; rang++) yield [rang, "x".repeat(100)];
    throw new Error("source perdue");
  }
  const loading = withClient(database.db, (client) => copyIn(client, "essai", ["rang", "texte"], broken()));
  await expect(loading).rejects.toThrow("source perdue");
  await expect(
    withClient(database.db, (client) =>
      copyIn(
        client,
        "essai",
        ["rang", "texte"],
        [
          [1, "a"],
          [1, "b"],
        ],
      ),
    ),
  ).rejects.toThrow(/duplicate key/);
  expect(await database.db("essai").select()).toEqual([]);
});

test("bigint is a number, a day is its text, jsonb is parsed, and what does not fit is refused", async () => {
  const { rows } = await database.db.raw(
    `SELECT 9007199254740991::bigint AS grand, '2026-03-01'::date AS jour, '{"a": [1]}'::jsonb AS json,
            '2026-03-01T12:00:00.123Z'::timestamptz AS instant, count(*) AS n FROM essai`,
  );
  expect(rows).toEqual([
    {
      grand: Number.MAX_SAFE_INTEGER,
      jour: "2026-03-01",
      json: { a: [1] },
      instant: new Date("2026-03-01T12:00:00.123Z"),
      n: 0,
    },
  ]);
  await expect(database.db.raw("SELECT 9007199254740993::bigint")).rejects.toThrow(/does not fit/);
});

test("days are those of Paris, and the connection says who it is", async () => {
  const db = connect(database.url, { max: 1, name: "essai-nom" });
  try {
    const { rows } = await db.raw(
      "SELECT '2026-06-30T22:30:00Z'::timestamptz::date AS jour, current_setting('application_name') AS nom",
    );
    expect(rows).toEqual([{ jour: "2026-07-01", nom: "essai-nom" }]);
  } finally {
    await db.destroy();
  }
});

test("the clock can be set ahead in a test database, and nowhere else", async () => {
  const real = await horloge(database.db);
  await database.shiftClock("30 days");
  const ahead = (await horloge(database.db)).getTime() - real.getTime();
  expect(ahead).toBeGreaterThanOrEqual(30 * 24 * 3_600_000);
  await database.shiftClock("0");
  const { rows } = await database.db.raw(`SELECT pg_get_functiondef('horloge'::regproc) AS source`);
  expect(rows[0].source).toContain("current_database() LIKE 'test\\_%'");
});
