import { randomBytes } from "node:crypto";
import { afterAll, beforeAll, describe, expect, inject, test } from "vitest";
import { connect, migrate, pendingMigrations, SchemaError } from "../../src/db/index.ts";
import { urlOf } from "../support/urls.ts";

const name = `test_migrations_${randomBytes(6).toString("hex")}`;
const server = connect(inject("postgresUrl"), { max: 1 });
const url = urlOf(inject("postgresUrl"), name);

describe("migrations", () => {
  beforeAll(async () => {
    await server.raw(`CREATE DATABASE ${name}`);
  });
  afterAll(async () => {
    await server.raw(`DROP DATABASE ${name} WITH (FORCE)`);
    await server.destroy();
  });

  test("20 installers at once on an empty database: one applies all, the others nothing, none fails", async () => {
    const installers = Array.from({ length: 20 }, () => connect(url, { max: 1 }));
    try {
      const [first] = installers;
      const all = first === undefined ? [] : await pendingMigrations(first);
      expect(all.length).toBeGreaterThan(0);
      const applied = await Promise.all(installers.map((db) => migrate(db)));
      expect(applied.filter((names) => names.length > 0)).toEqual([all]);
    } finally {
      await Promise.all(installers.map((db) => db.destroy()));
    }
  });

  test("again: nothing is pending, nothing is applied", async () => {
    const db = connect(url, { max: 1 });
    try {
      expect(await pendingMigrations(db)).toEqual([]);
      expect(await migrate(db)).toEqual([]);
    } finally {
      await db.destroy();
    }
  });

  test("a database of a newer version is refused with the way out", async () => {
    const db = connect(url, { max: 1 });
    try {
      await db("knex_migrations").insert({ name: "9999_future", batch: 9, migration_time: db.fn.now() });
      await expect(migrate(db)).rejects.toThrow(SchemaError);
      await expect(migrate(db)).rejects.toThrow(/plus récente d'offre-info \(9999_future\)/);
    } finally {
      await db.destroy();
    }
  });
});
