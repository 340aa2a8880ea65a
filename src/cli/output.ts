/** Exit codes of every command. */
export const EXIT = { ok: 0, negative: 1, usage: 2, failure: 3 } as const;

/** A failure whose French sentence is enough for the person at the terminal: no stack is shown. */
export class Failure extends Error {
  readonly exitCode: number;
  constructor(message: string, exitCode: number = EXIT.failure) {
    super(message);
    this.exitCode = exitCode;
  }
}

/** Results go to stdout, alone, so that they can be piped. */
export function print(text: string): void {
  process.stdout.write(`${text}\n`);
}

/** One JSON document on stdout, for scripts (`--json`). */
export function printJson(value: unknown): void {
  process.stdout.write(`${JSON.stringify(value, null, 2)}\n`);
}

/** Everything that is said beside the result goes to stderr. */
export function say(text: string): void {
  process.stderr.write(`${text}\n`);
}

/** Number in the French way: `45 000`. */
export function count(value: number): string {
  return new Intl.NumberFormat("fr-FR").format(value);
}

/** Bytes in the French way: `1,2 Mo`. */
export function bytes(value: number): string {
  const units = ["octets", "ko", "Mo", "Go"];
  const rank = Math.min(units.length - 1, value < 1000 ? 0 : Math.floor(Math.log10(value) / 3));
  const scaled = value / 1000 ** rank;
  return `${new Intl.NumberFormat("fr-FR", { maximumFractionDigits: rank === 0 ? 0 : 1 }).format(scaled)} ${units[rank]}`;
}

/** Progress of a long step: one line rewritten on a terminal, a line every tenth elsewhere. */
export function progress(label: string): (done: number, total: number) => void {
  let shown = -1;
  return (done, total) => {
    const percent = total === 0 ? 100 : Math.floor((100 * done) / total);
    const step = process.stderr.isTTY ? percent : Math.floor(percent / 10) * 10;
    if (step === shown) return;
    shown = step;
    const line = `${label} : ${count(done)} / ${count(total)} (${percent} %)`;
    if (process.stderr.isTTY) process.stderr.write(`\r\x1b[K${line}${percent === 100 ? "\n" : ""}`);
    else process.stderr.write(`${line}\n`);
  };
}
