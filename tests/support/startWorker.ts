import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import type { DeliveryChild } from "./deliveryChild.ts";

const WORKER = fileURLToPath(new URL("deliveryChild.ts", import.meta.url));
const SHIFT = new URL("../storm/shiftedDate.ts", import.meta.url).href;

/** Starts a worker in a process of its own, and waits until it works. @param shift of its clock, see `shiftedDate.ts` */
export async function startWorker(options: DeliveryChild, shift = "0"): Promise<ChildProcess> {
  const child = fork(WORKER, [JSON.stringify(options)], {
    execArgv: ["--import", "tsx", "--import", SHIFT],
    env: { ...process.env, STORM_SHIFT_MS: shift },
  });
  await once(child, "message");
  return child;
}

/** Largest resident memory that a worker ever had, bytes. */
export async function memoryOf(worker: ChildProcess): Promise<number> {
  worker.send("memory");
  const [kilobytes] = await once(worker, "message");
  return Number(kilobytes) * 1024;
}
