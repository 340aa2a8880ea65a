/** Prints what was measured: no console, the terminal only. */

export function say(line = ""): void {
  process.stdout.write(`${line}\n`);
}

/** A table whose first column is text and the others numbers, aligned. */
export function table(head: readonly string[], lines: readonly (readonly string[])[]): void {
  const all = [head, ...lines];
  const widths = head.map((_, i) => Math.max(...all.map((line) => (line[i] ?? "").length)));
  for (const [n, line] of all.entries()) {
    say(
      line
        .map((cell, i) => (i === 0 ? cell.padEnd(widths[i] ?? 0) : cell.padStart(widths[i] ?? 0)))
        .join("  "),
    );
    if (n === 0) say(widths.map((width) => "-".repeat(width)).join("  "));
  }
}

export const seconds = (value: number): string => `${value.toFixed(2)} s`;
export const ratio = (value: number): string => `× ${value.toFixed(2)}`;
export const megabytes = (bytes: number): string => `${(bytes / 1_000_000).toFixed(0)} Mo`;
export const perSecond = (bytes: number, time: number): string =>
  `${(bytes / 1_000_000 / time).toFixed(1)} Mo/s`;

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  const high = sorted[middle] ?? Number.NaN;
  return sorted.length % 2 === 1 ? high : (high + (sorted[middle - 1] ?? high)) / 2;
}

/** Says whether a figure is on the side of its limit that was asked for. */
export function verdict(what: string, value: number, limit: number, sense: "min" | "max"): void {
  const held = sense === "min" ? value >= limit : value <= limit;
  const wanted = `${sense === "min" ? "au moins" : "au plus"} ${limit}`;
  say(`${held ? "tenu    " : "MANQUÉ  "} ${value.toFixed(2)} ${what} (voulu : ${wanted})`);
}
