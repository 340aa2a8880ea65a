import { randomBytes } from "node:crypto";
import { hostname } from "node:os";

/** Who works here, as attempts and runs of jobs remember it: another name at each start. */
export function workerName(): string {
  return `${hostname()}-${process.pid}-${randomBytes(2).toString("hex")}`;
}
