/**
 * Loaded before a worker: its clock is not the time. `STORM_SHIFT_MS` is by how much, in milliseconds; two numbers
 * apart by a comma: by the second one from one second on, as when a machine is set right. Timers go on as they were.
 */
const [first = 0, then = first] = (process.env.STORM_SHIFT_MS ?? "0").split(",").map(Number);
const True = Date;
const shifted = () => True.now() + (performance.now() < 1_000 ? first : then);

class ShiftedDate extends True {
  constructor(...given: unknown[]) {
    // @ts-expect-error every form that Date knows, passed on as it came
    super(...(given.length === 0 ? [shifted()] : given));
  }
  static override now(): number {
    return shifted();
  }
}
globalThis.Date = ShiftedDate as DateConstructor;
