import type { Notice, Severity } from "../notices/index.ts";

/** How often a code was met, and how grave it is. */
export interface Frequence {
  readonly severity: Severity;
  readonly nombre: number;
}

/** Kept for each code that sets nothing aside: enough to see what it is about. */
const SHOWN = 50;
/** Notices that set something aside are all kept, up to what no one could read anyway. */
const MOST = 100_000;

/** What a run has to say: everything that set a record aside, and a sample of the rest with its counts. */
export class Dits {
  private readonly counts = new Map<string, { severity: Severity; nombre: number }>();
  private readonly held: Notice[] = [];

  /** @param setAside did it set something aside in a stream? */
  add(one: Notice, setAside: boolean): void {
    const count = this.counts.get(one.code) ?? { severity: one.severity, nombre: 0 };
    this.counts.set(one.code, count);
    count.nombre += 1;
    if (count.nombre <= SHOWN || (setAside && this.held.length < MOST)) this.held.push(one);
  }

  get notices(): readonly Notice[] {
    return this.held;
  }

  /** By code, the most frequent first. */
  get frequences(): Readonly<Record<string, Frequence>> {
    return Object.fromEntries([...this.counts].sort(([, a], [, b]) => b.nombre - a.nombre));
  }
}
