import { type Failure, failure } from "../outcome.ts";

/** The one timer of a push: each phase starts it again, and it tells why it stopped the work. */
export interface Deadline {
  /** Aborted by the timer or by whoever conducts the push. */
  readonly signal: AbortSignal;
  /** Starts the timer again. @param message for the operator, if it is not beaten */
  within(seconds: number, message: string): void;
  /** Waits for what cannot be aborted, no longer than the timer allows. */
  orStop<T>(work: Promise<T>): Promise<T>;
  /** What stopped the work, if something of ours did. */
  stopped(): Failure | undefined;
  /** Stopped from outside, and not by the timer. */
  aborted(): boolean;
  /** The work is over: what still runs of it starts no timer any more. */
  clear(): void;
}

export function startDeadline(outside: AbortSignal): Deadline {
  const controller = new AbortController();
  let timer: NodeJS.Timeout | undefined;
  let reason: Failure | undefined;
  let over = false;
  const stop = (why: Failure) => {
    clearTimeout(timer);
    reason ??= why;
    controller.abort();
  };
  const onOutside = () => stop(failure("interrompue", "Envoi interrompu de notre côté."));
  outside.addEventListener("abort", onOutside, { once: true });
  if (outside.aborted) onOutside();
  return {
    signal: controller.signal,
    within(seconds, message) {
      clearTimeout(timer);
      if (reason === undefined && !over)
        timer = setTimeout(() => stop(failure("delai", message)), seconds * 1000);
    },
    orStop(work) {
      const { signal } = controller;
      return new Promise((resolve, reject) => {
        const onAbort = () => reject(signal.reason);
        if (signal.aborted) onAbort();
        signal.addEventListener("abort", onAbort, { once: true });
        work.then(resolve, reject).finally(() => signal.removeEventListener("abort", onAbort));
      });
    },
    stopped: () => reason,
    aborted: () => outside.aborted,
    clear() {
      over = true;
      clearTimeout(timer);
      outside.removeEventListener("abort", onOutside);
    },
  };
}
