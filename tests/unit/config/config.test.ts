import { expect, test } from "vitest";
import {
  ConfigError,
  configTable,
  describeConfig,
  loadConfig,
  showConfig,
} from "../../../src/config/index.ts";

function messageOf(env: Record<string, string>): string {
  try {
    loadConfig(env);
  } catch (error) {
    if (error instanceof ConfigError) return error.message;
  }
  return "";
}

test("with nothing set, everything has its default, and an empty variable counts as absent", () => {
  const expected = {
    databaseUrl: undefined,
    dataDir: ".data",
    host: "127.0.0.1",
    port: 3000,
    publicUrl: undefined,
    base: "75",
    queue: "postgres",
    redisUrl: undefined,
    logLevel: "info",
  };
  expect(loadConfig({})).toEqual(expected);
  expect(loadConfig({ DATABASE_URL: "", PORT: " ", BASE: "" })).toEqual(expected);
});

test("values are read, and Redis is chosen by its address", () => {
  const config = loadConfig({
    DATABASE_URL: "postgres://a:b@c/d",
    PORT: "0",
    BASE: "0A-1",
    REDIS_URL: "redis://r:1",
    PUBLIC_URL: "https://offre.exemple.fr/",
  });
  expect(config).toMatchObject({
    port: 0,
    base: "0A-1",
    queue: "redis",
    publicUrl: "https://offre.exemple.fr",
  });
  expect(loadConfig({ REDIS_URL: "redis://r:1", QUEUE: "poll" }).queue).toBe("poll");
});

test("every wrong setting is named at once, in French, without showing a secret", () => {
  const message = messageOf({
    PORT: "70000",
    DATABASE_URL: "mysql://root:hunter2@x/y",
    QUEUE: "rabbit",
    BASE: "a b",
    LOG_LEVEL: "loud",
    PUBLIC_URL: "offre.fr",
    HOST: "a b",
  });
  expect(message.split("\n").filter((line) => line.startsWith("  - "))).toEqual([
    "  - DATABASE_URL « valeur cachée » : attendu : une adresse comme postgres://compte:motdepasse@serveur:5432/base",
    "  - HOST « a b » : attendu : une adresse IP ou un nom de machine",
    "  - PORT « 70000 » : attendu : un nombre de 0 à 65535",
    "  - PUBLIC_URL « offre.fr » : attendu : une adresse comme https://offre-info.exemple.fr",
    "  - BASE « a b » : attendu : 1 à 20 lettres sans accent, chiffres ou tirets",
    "  - QUEUE « rabbit » : attendu : postgres, redis, poll",
    "  - LOG_LEVEL « loud » : attendu : fatal, error, warn, info, debug, trace, silent",
  ]);
  expect(message).not.toContain("hunter2");
  expect(messageOf({ QUEUE: "redis" })).toContain("REDIS_URL");
  expect(messageOf({ PORT: "-1" })).toContain("PORT « -1 »");
});

test("every setting is described, and secrets are shown as set or not", () => {
  expect(describeConfig().filter((row) => row.description === "" || row.parDefaut === "")).toEqual([]);
  const shown = showConfig({ DATABASE_URL: "postgres://a:hunter2@c/d", PORT: "81" });
  expect(shown).toContainEqual({ cle: "DATABASE_URL", valeur: "définie" });
  expect(shown).toContainEqual({ cle: "REDIS_URL", valeur: "non définie" });
  expect(shown).toContainEqual({ cle: "PORT", valeur: "81" });
  expect(shown).toContainEqual({ cle: "HOST", valeur: "127.0.0.1 (par défaut)" });
  expect(configTable().split("\n")).toHaveLength(describeConfig().length + 2);
});
