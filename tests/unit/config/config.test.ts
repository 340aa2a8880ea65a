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
    secretsKeys: [],
    alertWebhook: undefined,
    alertMail: undefined,
    alertExpiryWeeks: [12, 8, 4, 2, 1],
    replaySecondPerson: 20,
    catalogueContact: undefined,
    retentionJours: 400,
    metricsToken: undefined,
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

test("keys of the secrets are several, whole, and not shown", () => {
  const [one, two] = [Buffer.alloc(32, 1), Buffer.alloc(32, 2)];
  const given = `${one.toString("base64")}, ${two.toString("base64")}`;
  expect(loadConfig({ SECRETS_KEY: given }).secretsKeys).toEqual([one, two]);
  for (const wrong of ["court", `${given},court`, Buffer.alloc(31).toString("base64")]) {
    expect(messageOf({ SECRETS_KEY: wrong })).toContain(
      "SECRETS_KEY « valeur cachée » : attendu : une clé de 32",
    );
    expect(messageOf({ SECRETS_KEY: wrong })).not.toContain(wrong);
  }
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

test("alerts: a webhook asks for its key, a mail server for who writes to whom", () => {
  const secret = `whsec_${"a".repeat(32)}`;
  const mail = { ALERT_SMTP_URL: "smtps://compte:hunter2@courrier.fr", ALERT_MAIL_FROM: "b@exemple.fr" };
  expect(
    loadConfig({
      ...mail,
      ALERT_MAIL_TO: "a@exemple.fr, c@exemple.fr",
      ALERT_WEBHOOK_URL: "https://x.fr/y",
      ALERT_WEBHOOK_SECRET: secret,
    }),
  ).toMatchObject({
    alertWebhook: { url: "https://x.fr/y", secret, interne: false },
    alertMail: { smtpUrl: mail.ALERT_SMTP_URL, to: ["a@exemple.fr", "c@exemple.fr"], from: "b@exemple.fr" },
  });
  const message = messageOf({
    ...mail,
    ALERT_WEBHOOK_URL: "https://hunter2.fr",
    ALERT_WEBHOOK_INTERNE: "peut-être",
  });
  expect(message).toContain("ALERT_WEBHOOK_INTERNE « peut-être » : attendu : oui, non");
  expect(message).toContain("attendu : ALERT_WEBHOOK_SECRET");
  expect(message).toContain("attendu : ALERT_MAIL_TO et ALERT_MAIL_FROM");
  expect(message).not.toContain("hunter2");
  expect(messageOf({ ALERT_MAIL_FROM: "a@b.fr\nBcc: c@d.fr", ALERT_MAIL_TO: "a@b.fr,,x" })).toMatch(
    /ALERT_MAIL_TO .*\n.*ALERT_MAIL_FROM/,
  );
});
