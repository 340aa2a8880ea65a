/**
 * What `work` brings, unless it takes too long; what it brings later is dropped, an error included.
 * @throws Error after `ms`
 */
export async function inTime<T>(work: Promise<T>, ms: number): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`no answer in ${ms / 1000} s`)), ms);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
    // When it is late it may still fail, with nobody to hear it.
    work.catch(() => undefined);
  }
}
