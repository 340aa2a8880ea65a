/**
 * Lets a source run ahead of who consumes it, in order, as long as what waits weighs less than a bound: reading,
 * building and validating then overlap with writing, and memory stays flat whatever the size of the offer.
 */
export async function* ahead<T>(
  source: AsyncIterable<T>,
  weight: (item: T) => number,
  bound: number,
): AsyncGenerator<T> {
  const queue: T[] = [];
  let waiting = 0;
  const outcome: { ended: boolean; failures: unknown[] } = { ended: false, failures: [] };
  let stopped = false;
  let wakeConsumer = () => {};
  let wakeSource = () => {};

  const run = async () => {
    for await (const item of source) {
      queue.push(item);
      waiting += weight(item);
      wakeConsumer();
      while (waiting >= bound && !stopped)
        await new Promise<void>((resolve) => {
          wakeSource = resolve;
        });
      if (stopped) return;
    }
  };
  const running = run()
    .catch((failure: unknown) => {
      outcome.failures.push(failure);
    })
    .then(() => {
      outcome.ended = true;
      wakeConsumer();
    });

  try {
    for (;;) {
      const item = queue.shift();
      if (item !== undefined) {
        yield item;
        waiting -= weight(item);
        wakeSource();
      } else if (outcome.ended) {
        for (const failure of outcome.failures) throw failure;
        return;
      } else {
        await new Promise<void>((resolve) => {
          wakeConsumer = resolve;
        });
      }
    }
  } finally {
    stopped = true;
    wakeSource();
    await running;
  }
}
