import type { Logger } from "../log/index.ts";

/** Says when the queue stops working and when it works again, and nothing in between. */
export interface Health {
  good(): void;
  bad(error: unknown): void;
}

export function watchHealth(log: Logger, kind: string): Health {
  let degraded = false;
  return {
    good() {
      if (degraded) log.info({ kind }, "queue.recovered");
      degraded = false;
    },
    bad(error) {
      if (!degraded) log.warn({ kind, err: error }, "queue.degraded");
      degraded = true;
    },
  };
}
