import { connect } from "../../src/db/index.ts";
import { type DeliveryOptions, startDelivery } from "../../src/delivery/index.ts";
import { createLogger } from "../../src/log/index.ts";
import { type QueueOptions, startQueue } from "../../src/queue/index.ts";
import { openStore } from "../../src/snapshot/index.ts";

/** A worker in a process of its own, to be killed: `node --import tsx deliveryChild.ts <JSON of these>`. */
export interface DeliveryChild
  extends Pick<DeliveryOptions, "worker" | "leaseMs" | "sweepMs" | "graceMs" | "concurrency">,
    Pick<QueueOptions, "kind" | "redisUrl"> {
  readonly databaseUrl: string;
  readonly dir: string;
  /** `silent` when not given. */
  readonly journal?: string;
}

const {
  databaseUrl,
  dir,
  kind,
  redisUrl,
  journal = "silent",
  ...options
} = JSON.parse(process.argv[2] ?? "{}") as DeliveryChild;
const log = createLogger({ level: journal });
const db = connect(databaseUrl, { max: 4 });
const queue = await startQueue({ kind, databaseUrl, redisUrl, log });
startDelivery({ db, queue, store: await openStore(dir), log, ...options });
process.send?.("ready");
process.on("message", () => process.send?.(process.resourceUsage().maxRSS));
// Whoever started us is gone: so are we.
process.on("disconnect", () => process.exit());
