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

const INSTANT = new Intl.DateTimeFormat("fr-FR", {
  dateStyle: "short",
  timeStyle: "short",
  timeZone: "Europe/Paris",
});

const SECOND = new Intl.DateTimeFormat("fr-FR", {
  dateStyle: "short",
  timeStyle: "medium",
  timeZone: "Europe/Paris",
});

/** An instant in Paris: `24/11/2026 08:30`. */
export const instant = (at: Date): string => INSTANT.format(at);

/** The same to the second: `24/11/2026 08:30:15`. */
export const instantExact = (at: Date): string => SECOND.format(at);

/** A civil day AAAAMMJJ: `24/11/2026`. */
export const day = (jour: string): string => `${jour.slice(6)}/${jour.slice(4, 6)}/${jour.slice(0, 4)}`;

/** Text that came from outside, without what would drive the terminal. */
export const plain = (text: string): string => text.replaceAll(/[^\P{Cc}\n\t]/gu, "�");

/** Lines in columns, the first one being their names; the last column is as long as it likes. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const lines = [head, ...rows].map((row) => row.map((cell) => plain(cell).replaceAll(/\s+/g, " ")));
  const widths = head.map((_, rank) => Math.max(...lines.map((row) => (row[rank] ?? "").length)));
  return lines
    .map((row) =>
      row
        .map((cell, rank) => (rank === row.length - 1 ? cell : cell.padEnd(widths[rank] ?? 0)))
        .join("  ")
        .trimEnd(),
    )
    .join("\n");
}
