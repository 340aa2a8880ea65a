import type { Knex } from "knex";
import { monotonic } from "../calendar/index.ts";
import { renewLease } from "./complete.ts";
import type { Conduct } from "./transports/index.ts";

/** A claim kept alive while we work. */
export interface Lease extends Pick<Conduct, "signal" | "stillOurs"> {
  release(): void;
}

/**
 * Renews a claim until it is released. What it guards stops as soon as the delivery is not ours any more, or when we
 * could not say so in time: a worker that is cut from the database must not go on beside the one that took over.
 */
export function holdLease(
  db: Knex,
  claimed: { readonly id: string; readonly epoch: number },
  leaseMs: number,
  outside: AbortSignal,
): Lease {
  const controller = new AbortController();
  let renewedAt = monotonic();
  const lose = () => controller.abort();
  const renew = async (): Promise<boolean> => {
    const asked = monotonic();
    const ours = await renewLease(db, claimed, leaseMs);
    if (ours) renewedAt = asked;
    else lose();
    return ours;
  };
  const timer = setInterval(() => {
    if (monotonic() - renewedAt >= leaseMs) lose();
    renew().catch(() => undefined);
  }, leaseMs / 3);
  outside.addEventListener("abort", lose, { once: true });
  if (outside.aborted) lose();
  return {
    signal: controller.signal,
    stillOurs: () => renew().catch(() => false),
    release() {
      clearInterval(timer);
      outside.removeEventListener("abort", lose);
    },
  };
}
