/**
 * The alarm clock of deliveries: BullMQ on PostgreSQL or Redis, or none. Nothing else of the product knows BullMQ.
 */
import type { Logger } from "../log/index.ts";
import { bullQueue } from "./bull.ts";
import { pollQueue } from "./poll.ts";
import { type Queue, QueueError } from "./port.ts";
import { postgresBackend } from "./postgres.ts";
import { redisBackend } from "./redis.ts";

export type { Board } from "./board.ts";
export { type Queue, QueueError, type Wake, type WakeHandler } from "./port.ts";

export interface QueueOptions {
  readonly kind: "postgres" | "redis" | "poll";
  /** Of the database, for `postgres`. */
  readonly databaseUrl?: string | undefined;
  /** For `redis`. */
  readonly redisUrl?: string | undefined;
  /** Calls answered at once in this process; 10 when not given. */
  readonly concurrency?: number;
  /** Schema of BullMQ's tables in PostgreSQL; `bullmq` when not given. */
  readonly schema?: string;
  readonly log: Logger;
}

const NAME = "offre-info-diffusions";

/**
 * Starts the queue; answering starts with `onWake`.
 * @throws QueueError when it cannot be used, in French
 */
export async function startQueue(options: QueueOptions): Promise<Queue> {
  const { kind, databaseUrl, redisUrl, concurrency = 10, schema = "bullmq", log } = options;
  if (kind === "poll") return pollQueue({ concurrency, log });
  const bull = { name: NAME, concurrency, log };
  if (kind === "redis") {
    if (redisUrl === undefined) throw new QueueError("La file « redis » demande REDIS_URL.");
    return bullQueue(await redisBackend(redisUrl), bull);
  }
  if (databaseUrl === undefined) throw new QueueError("La file « postgres » demande l'adresse de la base.");
  return bullQueue(postgresBackend(databaseUrl, schema), bull);
}
