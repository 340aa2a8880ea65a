import { connect } from "../../src/db/index.ts";
import { startDelivery } from "../../src/delivery/index.ts";
import { createLogger } from "../../src/log/index.ts";
import { startQueue } from "../../src/queue/index.ts";
import { openStore } from "../../src/snapshot/index.ts";

/** A worker in a process of its own, to be killed: `node --import tsx deliveryChild.ts <database> <store> <lease ms>`. */
const [databaseUrl = "", dir = "", leaseMs = "1000"] = process.argv.slice(2);
const log = createLogger({ level: "silent" });
const db = connect(databaseUrl, { max: 4 });
const queue = await startQueue({ kind: "poll", log });
startDelivery({ db, queue, store: await openStore(dir), log, leaseMs: Number(leaseMs), sweepMs: 100 });
