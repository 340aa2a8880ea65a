import { setFlagsFromString } from "node:v8";

/**
 * A run makes much more garbage than it keeps, at a steady pace: left to itself the heap grows to four times what is
 * alive before it is collected. This collects it at 1.6 times, for the whole process: a little more processor, and
 * memory that stays flat.
 */
export function keepHeapSmall(): void {
  setFlagsFromString("--heap-growing-percent=60");
}
