import type { Notice, Severity } from "../notices/index.ts";
import { count } from "./output.ts";

const WORDS: Readonly<Record<Severity, string>> = {
  bloquant: "BLOQUANT",
  avertissement: "avertissement",
  information: "information",
};

/** One notice on two lines: where and which, then the sentence. */
export function describeNotice(notice: Notice): string {
  const places = [
    notice.line === undefined ? undefined : `ligne ${notice.line}`,
    notice.session === undefined ? undefined : `session ${notice.session}`,
    notice.session === undefined && notice.action !== undefined ? `action ${notice.action}` : undefined,
    notice.path === "" ? undefined : notice.path,
    notice.partners?.length ? `bloquant pour ${notice.partners.join(", ")}` : undefined,
  ].filter((place) => place !== undefined);
  return `${[WORDS[notice.severity], notice.code, ...places].join(" · ")}\n    ${notice.message}`;
}

/** The counts of a set of notices by code, the most frequent first. */
export function describeCounts(counts: Readonly<Record<string, number>>): string[] {
  return Object.entries(counts)
    .sort(([a, n], [b, m]) => m - n || (a < b ? -1 : 1))
    .map(([code, n]) => `  ${count(n).padStart(9)}  ${code}`);
}
