import { expect, test } from "vitest";
import { connect } from "../../src/db/index.ts";
import { QueueError, startQueue } from "../../src/queue/index.ts";
import { useDatabase } from "../support/database.ts";
import { eventually, silence } from "../support/diffusion.ts";
import { queueContract } from "./queues.ts";

const database = useDatabase();
let rank = 0;

queueContract("postgres", async () => {
  rank += 1;
  const schema = `bullmq_${rank}`;
  return {
    shared: true,
    open: (concurrency = 10) =>
      startQueue({ kind: "postgres", databaseUrl: database.url, schema, concurrency, log: silence }),
    close: async () => {
      await database.db.raw(`DROP SCHEMA IF EXISTS ${schema} CASCADE`);
    },
  };
});

queueContract("poll", async () => ({
  shared: false,
  open: (concurrency = 10) => startQueue({ kind: "poll", concurrency, log: silence }),
  close: async () => undefined,
}));

test("a queue whose connections are cut answers again, and the process lives", async () => {
  const queue = await startQueue({
    kind: "postgres",
    databaseUrl: database.url,
    schema: "bullmq_cut",
    log: silence,
  });
  const heard = new Set<string>();
  queue.onWake(async ({ deliveryId }) => {
    heard.add(deliveryId);
  });
  await queue.wake([{ deliveryId: "avant", epoch: 0 }]);
  await eventually(() => (heard.has("avant") ? true : undefined), "the first call");
  const admin = connect(database.url, { max: 1, name: "essai-coupure" });
  for (let cut = 1; cut <= 3; cut += 1) {
    await admin.raw(
      "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()",
    );
    await eventually(async () => {
      await queue.wake([{ deliveryId: `apres-${cut}`, epoch: 0 }]);
      return heard.has(`apres-${cut}`) ? true : undefined;
    }, `the call after cut ${cut}`);
  }
  await admin.destroy();
  await queue.close();
});

test("a queue that lacks what it needs says so in French", async () => {
  await expect(startQueue({ kind: "redis", log: silence })).rejects.toThrow(QueueError);
  await expect(startQueue({ kind: "redis", redisUrl: "redis://127.0.0.1:1", log: silence })).rejects.toThrow(
    /Redis ne répond pas/,
  );
  const nowhere = "postgres://personne@127.0.0.1:1/rien";
  await expect(startQueue({ kind: "postgres", databaseUrl: nowhere, log: silence })).rejects.toThrow(
    /ne démarre pas.*QUEUE=poll/,
  );
  await expect(startQueue({ kind: "postgres", log: silence })).rejects.toThrow(/adresse de la base/);
});
