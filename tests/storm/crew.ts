import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { closeSync, mkdirSync, openSync, readFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import type { Random } from "../../fixtures/demo/random.ts";
import type { DeliveryChild } from "../support/deliveryChild.ts";

const WORKER = fileURLToPath(new URL("../support/deliveryChild.ts", import.meta.url));
const SHIFT = new URL("shiftedDate.ts", import.meta.url).href;
const HOUR = 3_600_000;

/** Workers, each a process whose clock is up to an hour wrong; one that ends is replaced. */
export interface Crew {
  /** Names of those that work now. */
  readonly working: readonly string[];
  /** Deaths that nobody asked for, with their last words. */
  readonly deaths: readonly string[];
  /** Kills one at once. @returns false when it is not there any more */
  kill(name: string): Promise<boolean>;
  stop(): Promise<void>;
}

export function startCrew(
  size: number,
  options: Omit<DeliveryChild, "worker">,
  random: Random,
  journals: string,
): Crew {
  const working = new Map<string, ChildProcess>();
  const all = new Set<ChildProcess>();
  const deaths: string[] = [];
  const doomed = new Set<string>();
  mkdirSync(journals, { recursive: true });
  let hired = 0;
  let stopping = false;
  const hire = () => {
    if (stopping) return;
    hired += 1;
    const name = `ouvrier-${hired}`;
    // The first ones are an hour off on either side; the others anywhere between.
    const shift = hired <= 2 ? HOUR * (hired === 1 ? 1 : -1) : random.int(-HOUR, HOUR);
    const journal = path.join(journals, name);
    const fd = openSync(journal, "a");
    const child = fork(WORKER, [JSON.stringify({ ...options, worker: name })], {
      execArgv: ["--import", "tsx", "--import", SHIFT],
      env: { ...process.env, STORM_SHIFT_MS: String(shift) },
      stdio: ["ignore", fd, fd, "ipc"],
    });
    closeSync(fd);
    all.add(child);
    child.once("message", () => working.set(name, child));
    child.once("exit", (code, signal) => {
      all.delete(child);
      // Who finds no database when it starts may give up; who works may not.
      if (working.delete(name) && !doomed.has(name) && !stopping)
        deaths.push(`${name}: ${signal ?? code}: ${readFileSync(journal, "utf8").slice(-2_000)}`);
      hire();
    });
  };
  for (let rank = 0; rank < size; rank += 1) hire();
  return {
    get working() {
      return [...working.keys()];
    },
    deaths,
    async kill(name) {
      const child = working.get(name);
      if (child === undefined) return false;
      doomed.add(name);
      const ended = once(child, "exit");
      child.kill("SIGKILL");
      await ended;
      return true;
    },
    async stop() {
      stopping = true;
      await Promise.all(
        [...all].map(async (child) => {
          const ended = once(child, "exit");
          child.kill("SIGKILL");
          await ended;
        }),
      );
    },
  };
}
