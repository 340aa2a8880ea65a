/**
 * Loaded before a worker: its clock is not the time. Milliseconds in `STORM_SHIFT_MS`; timers go on as they were, as when
 * a machine is simply set wrong.
 */
const shift = Number(process.env.STORM_SHIFT_MS ?? 0);
const True = Date;

class ShiftedDate extends True {
  constructor(...given: unknown[]) {
    // @ts-expect-error every form that Date knows, passed on as it came
    super(...(given.length === 0 ? [True.now() + shift] : given));
  }
  static override now(): number {
    return True.now() + shift;
  }
}
globalThis.Date = ShiftedDate as DateConstructor;
