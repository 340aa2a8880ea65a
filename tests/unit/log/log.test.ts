import { expect, test } from "vitest";
import { createLogger } from "../../../src/log/index.ts";

function written(write: (logger: ReturnType<typeof createLogger>) => void, level = "info"): string[] {
  const lines: string[] = [];
  write(createLogger({ level, destination: { write: (line) => lines.push(line) } }));
  return lines;
}

test("secrets are hidden by name and inside addresses, in messages and in errors too", () => {
  const text = written((logger) => {
    logger.info({
      databaseUrl: "x-hunter2",
      partner: { token: "hunter2" },
      a: { b: { password: "hunter2" } },
    });
    logger.info("connexion à postgres://moi:hunter2@serveur/base impossible");
    logger.error({ err: new Error("redis://:hunter2@serveur:6379 refuse") });
    logger.info({ headers: { authorization: "Bearer hunter2" } });
  }).join("");
  expect(text).not.toContain("hunter2");
  expect(text).toContain("postgres://***@serveur/base");
});

test("one JSON line per event, below the level nothing", () => {
  const lines = written((logger) => {
    logger.debug("non");
    logger.warn({ sessions: 3 }, "oui");
  });
  expect(lines).toHaveLength(1);
  expect(JSON.parse(lines[0] ?? "")).toMatchObject({ level: 40, msg: "oui", sessions: 3 });
});
