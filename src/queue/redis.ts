import { Queue, Worker } from "bullmq";
import { Redis } from "ioredis";
import type { Backend } from "./bull.ts";
import { QueueError } from "./port.ts";

/**
 * Redis, refused unless it never evicts: it would drop calls silently, and the locks of BullMQ with them.
 * @throws QueueError
 */
export async function redisBackend(url: string): Promise<Backend> {
  const producer = new Redis(url, {
    // A call that cannot be handed over now is made again by the next sweep: nothing is gained by keeping it here.
    maxRetriesPerRequest: 1,
    enableOfflineQueue: false,
    connectTimeout: 5_000,
    lazyConnect: true,
  });
  producer.on("error", () => undefined);
  try {
    await producer.connect();
    refuseEviction(await producer.info("memory"));
  } catch (error) {
    producer.disconnect();
    if (error instanceof QueueError) throw error;
    throw new QueueError(
      `Redis ne répond pas à REDIS_URL (${error instanceof Error ? error.message : String(error)}). Démarrez-le, ou retirez REDIS_URL pour tenir la file dans PostgreSQL.`,
    );
  }
  const consumer = new Redis(url, { maxRetriesPerRequest: null, connectTimeout: 5_000 });
  consumer.on("error", () => undefined);
  return {
    kind: "redis",
    producer: (name, options) => new Queue(name, { ...options, connection: producer }),
    consumer: (name, processor, options) => new Worker(name, processor, { ...options, connection: consumer }),
    async close() {
      producer.disconnect();
      consumer.disconnect();
    },
  };
}

function refuseEviction(info: string): void {
  const policy = /^maxmemory_policy:(\S+)/m.exec(info)?.[1] ?? "inconnue";
  if (policy === "noeviction") return;
  throw new QueueError(
    `Redis refusé : maxmemory-policy vaut « ${policy} », qui peut effacer des réveils sans le dire. Réglez-le : CONFIG SET maxmemory-policy noeviction (et dans redis.conf), ou retirez REDIS_URL pour tenir la file dans PostgreSQL.`,
  );
}
