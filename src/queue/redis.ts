import { Queue, Worker } from "bullmq";
import { Redis } from "ioredis";
import type { Backend } from "./bull.ts";
import { inTime } from "./inTime.ts";
import { QueueError } from "./port.ts";

const CONNECT_MS = 5_000;

/**
 * Redis, refused unless it never evicts: it would drop calls silently, and the locks of BullMQ with them.
 * @throws QueueError
 */
export async function redisBackend(url: string): Promise<Backend> {
  const producer = new Redis(url, {
    // A call that cannot be handed over now is made again by the next sweep: nothing is gained by keeping it here.
    maxRetriesPerRequest: 1,
    enableOfflineQueue: false,
    connectTimeout: CONNECT_MS,
    lazyConnect: true,
  });
  producer.on("error", () => undefined);
  try {
    // Frozen, it takes the connection and says nothing.
    refuseEviction(await inTime(policyOf(producer), CONNECT_MS));
  } catch (error) {
    producer.disconnect();
    if (error instanceof QueueError) throw error;
    throw new QueueError(
      `Redis ne répond pas à REDIS_URL (${error instanceof Error ? error.message : String(error)}). Démarrez-le, ou retirez REDIS_URL pour tenir la file dans PostgreSQL.`,
    );
  }
  const consumer = new Redis(url, { maxRetriesPerRequest: null, connectTimeout: CONNECT_MS });
  consumer.on("error", () => undefined);
  const cutCopies = watchCopies(consumer);
  return {
    kind: "redis",
    producer: (name, options) => new Queue(name, { ...options, connection: producer }),
    consumer: (name, processor, options) => new Worker(name, processor, { ...options, connection: consumer }),
    cut() {
      producer.disconnect();
      consumer.disconnect();
      cutCopies();
    },
  };
}

/**
 * A worker waits on a copy of its connection, which would look for a dead Redis for ever.
 * @returns what cuts all copies, those that BullMQ calls back later included
 */
function watchCopies(redis: Redis): () => void {
  const copies = new Set<Pick<Redis, "disconnect">>();
  let gone = false;
  const duplicate: Redis["duplicate"] = redis.duplicate.bind(redis);
  redis.duplicate = (override) => {
    const copy = duplicate(override);
    copies.add(copy);
    copy.on("connecting", () => {
      if (gone) copy.disconnect();
    });
    return copy;
  };
  return () => {
    gone = true;
    for (const copy of copies) copy.disconnect();
  };
}

async function policyOf(redis: Redis): Promise<string> {
  await redis.connect();
  return /^maxmemory_policy:(\S+)/m.exec(await redis.info("memory"))?.[1] ?? "inconnue";
}

function refuseEviction(policy: string): void {
  if (policy === "noeviction") return;
  throw new QueueError(
    `Redis refusé : maxmemory-policy vaut « ${policy} », qui peut effacer des réveils sans le dire. Réglez-le : CONFIG SET maxmemory-policy noeviction (et dans redis.conf), ou retirez REDIS_URL pour tenir la file dans PostgreSQL.`,
  );
}
