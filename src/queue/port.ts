import type { Board } from "./board.ts";

/** A call to look at a delivery again. It carries no truth: whoever answers reads the row. */
export interface Wake {
  readonly deliveryId: string;
  /** Epoch of the row when the call was made: one call per epoch is enough. */
  readonly epoch: number;
  /** Milliseconds to wait first; now when absent. */
  readonly delayMs?: number;
}

/** Answers a call; what it throws is logged and the call is over. */
export type WakeHandler = (wake: Wake) => Promise<void>;

/**
 * The alarm clock. It may lose, repeat, delay or reorder any call, and everything stays right: PostgreSQL is the record
 * and the dispatcher calls again.
 */
export interface Queue {
  readonly kind: "postgres" | "redis" | "poll";
  /** What shows it, and changes nothing; none when calls are not kept anywhere. */
  readonly board?: Board;
  /** Hands calls over. Never rejects: false when they could not be, which is logged when it begins and when it ends. */
  wake(wakes: readonly Wake[]): Promise<boolean>;
  /** Starts answering in this process. Once. */
  onWake(handler: WakeHandler): void;
  /** Stops answering, waits for the answers under way, and leaves. */
  close(): Promise<void>;
}

/** A queue that cannot be used; the message is in French. */
export class QueueError extends Error {
  override readonly name = "QueueError";
}
