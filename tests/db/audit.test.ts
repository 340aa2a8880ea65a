import type { Knex } from "knex";
import { beforeEach, describe, expect, test } from "vitest";
import { canonicalJson, readActs, recordAct, verifyAudit } from "../../src/audit/index.ts";
import { useDatabase } from "../support/database.ts";
import { rolledBack } from "../support/rolledBack.ts";

const database = useDatabase({ max: 12 });
beforeEach(() => tamper("TRUNCATE audit"));

const record = (n: number, detail: Record<string, unknown> = {}) =>
  database.db.transaction((trx) =>
    recordAct(trx, {
      acteur: "console:essai",
      acte: "essai",
      objet: { type: "rien", id: `n${n}` },
      motif: "é’",
      detail,
    }),
  );

/** What someone with every right on the database could do. */
async function tamper(sql: string): Promise<void> {
  await database.db.transaction(async (trx) => {
    await trx.raw("SET LOCAL session_replication_role = replica");
    await trx.raw(sql);
  });
}

test("acts recorded at the same time make one chain without a hole", async () => {
  await Promise.all(Array.from({ length: 40 }, (_, n) => record(n)));
  expect(await verifyAudit(database.db, { page: 7 })).toMatchObject({
    lignes: 40,
    tete: { id: 40 },
    rupture: undefined,
  });
  const rows = await readActs(database.db, { limit: 100 });
  expect(new Set(rows.map(({ objet_id }) => objet_id)).size).toBe(40);
});

test("an act stands or falls with what it tells of", async () => {
  await record(1);
  await database.db
    .transaction(async (trx) => {
      await recordAct(trx, { acteur: "systeme", acte: "essai", objet: { type: "rien", id: "perdu" } });
      throw new Error("undone");
    })
    .catch(() => undefined);
  await record(2);
  expect((await readActs(database.db, { limit: 10 })).map(({ id, objet_id }) => [id, objet_id])).toEqual([
    [2, "n2"],
    [1, "n1"],
  ]);
  expect((await verifyAudit(database.db)).rupture).toBeUndefined();
});

test("whatever is told of an act comes back under the same hash", async () => {
  const odd = {
    z: 1,
    a: [null, -0, 1e21, 1e-7, 0.1],
    "é\u2028": { vide: null, absent: undefined },
    date: new Date(0),
  };
  await record(1, odd);
  expect((await verifyAudit(database.db)).rupture).toBeUndefined();
  const [row] = await readActs(database.db, { objet: { type: "rien", id: "n1" }, limit: 1 });
  expect(row?.detail).toEqual(JSON.parse(JSON.stringify(odd)));
  expect(canonicalJson({ b: 1, a: { d: null, c: [2] } })).toBe('{"a":{"c":[2],"d":null},"b":1}');
});

test("it is only ever appended to", async () => {
  await record(1);
  for (const sql of ["UPDATE audit SET motif = 'autre'", "DELETE FROM audit", "TRUNCATE audit"])
    await expect(database.db.raw(sql)).rejects.toThrow(/only ever appended/);
});

describe("a chain that was touched is broken at the first row touched", () => {
  const chain = async () => {
    for (let n = 1; n <= 9; n += 1) await record(n, { n });
  };
  const broken = async (options = {}, db: Knex = database.db) =>
    (await verifyAudit(db, { page: 2, ...options })).rupture;

  test("changed, removed or moved", async () => {
    await chain();
    const cases = [
      ["UPDATE audit SET motif = 'autre' WHERE id = 4", 4, "modifiée"],
      ["UPDATE audit SET detail = '{\"n\": 5.5}' WHERE id IN (5, 7)", 5, "modifiée"],
      ["UPDATE audit SET at = at + interval '1 ms' WHERE id = 6", 6, "modifiée"],
      ["DELETE FROM audit WHERE id = 3", 3, "manque"],
      ["DELETE FROM audit WHERE id = 1", 1, "manque"],
      ["UPDATE audit SET id = 10 WHERE id = 9", 9, "manque"],
    ] as const;
    for (const [sql, id, raison] of cases) {
      const found = await rolledBack(database.db, async (trx) => {
        await trx.raw("SET LOCAL session_replication_role = replica");
        await trx.raw(sql);
        return broken({}, trx);
      });
      expect(found, sql).toEqual({ id, raison: expect.stringContaining(raison) });
    }
    expect(await broken()).toBeUndefined();
  });

  test("even when the row was given a hash that fits it", async () => {
    await chain();
    const ancre = (await verifyAudit(database.db)).tete;
    // Rewritten as this very program would have written it, then put in the place of the old row.
    await tamper("DELETE FROM audit WHERE id >= 6");
    await record(6, { n: "autre chose" });
    expect(await broken()).toBeUndefined();
    expect(await broken({ ancre })).toMatchObject({ id: 9 });
    for (let n = 7; n <= 9; n += 1) await record(n, { n });
    expect(await broken()).toBeUndefined();
    expect(await broken({ ancre })).toMatchObject({ id: 9 });
  });

  test("a row replaced between two that stayed is the one named", async () => {
    await chain();
    const kept = await database.db("audit").where("id", ">", 6);
    await tamper("DELETE FROM audit WHERE id >= 6");
    await record(6, { n: "autre chose" });
    await database.db("audit").insert(kept.map((row) => ({ ...row, detail: JSON.stringify(row.detail) })));
    expect(await broken()).toEqual({ id: 6, raison: expect.stringContaining("remplacée") });
    // Seen as well by a check that starts right after it, and not by one that starts later.
    expect(await broken({ from: 7 })).toMatchObject({ id: 6 });
    expect(await broken({ from: 8 })).toBeUndefined();
  });
});
