import type { Facts } from "./facts.ts";
import type { Violations } from "./verdict.ts";
import type { Blow } from "./weather.ts";

/** What a storm was, in figures. */
export interface Summary {
  readonly deliveries: number;
  readonly states: Readonly<Record<string, number>>;
  readonly attempts: number;
  readonly unknown: number;
  readonly requests: number;
  /** Accepted again under the same key: harmless, and the price of never losing one. */
  readonly sameKey: number;
  /** Milliseconds, real: from the instant when an attempt was due to its claim. */
  readonly worstLag: number;
  readonly medianLag: number;
  /** Days that the clock of the database went through. */
  readonly days: number;
}

export interface Report {
  readonly blows: Readonly<Record<Blow, number>>;
  readonly deaths: readonly string[];
  readonly seconds: number;
  readonly summary: Summary;
  readonly violations: Violations;
}

export function summarize(facts: Facts): Summary {
  const accepted = facts.lines.filter(({ step }) => step === "accepted");
  const lags = lagsOf(facts);
  const states: Record<string, number> = {};
  for (const { etat } of facts.deliveries) states[etat] = (states[etat] ?? 0) + 1;
  return {
    deliveries: facts.deliveries.length,
    states,
    attempts: facts.attempts.length,
    unknown: facts.attempts.filter(({ issue }) => issue === "inconnue").length,
    requests: facts.lines.filter(({ step }) => step === "request").length,
    sameKey: accepted.length - new Set(accepted.map(({ key }) => key)).size,
    worstLag: lags.at(-1) ?? 0,
    medianLag: lags[lags.length >> 1] ?? 0,
    days: Math.round((facts.clock.at(-1)?.ahead ?? 0) / 86_400_000),
  };
}

/** Real milliseconds between the date of each claim and the claim, whatever moves the clock made meanwhile; sorted. */
function lagsOf({ claims, clock }: Facts): number[] {
  const dueReal = (due: number): number => {
    for (const [rank, { real_at, ahead }] of clock.entries()) {
      const until = clock[rank + 1]?.real_at.getTime() ?? Number.POSITIVE_INFINITY;
      // Due during this stretch, or passed over by the move that began it.
      if (due - ahead < until) return Math.max(due - ahead, real_at.getTime());
    }
    return due;
  };
  return claims
    .map(({ due_at, real_at }) => real_at.getTime() - dueReal(due_at.getTime()))
    .sort((a, b) => a - b);
}

const total = (violations: Violations): number => Object.values(violations).flat().length;

export const held = (report: Report): boolean => total(report.violations) === 0 && report.deaths.length === 0;

/** The table that a storm prints, in French, and the first of what went wrong. */
export function tableOf(title: string, report: Report): string {
  const { blows, deaths, summary, seconds, violations } = report;
  const states = Object.entries(summary.states).sort(([, a], [, b]) => b - a);
  const lines: [string, string | number][] = [
    ["diffusions", summary.deliveries],
    ...states.map(([etat, count]): [string, number] => [`  ${etat}`, count]),
    ["tentatives", summary.attempts],
    ["  issue inconnue", summary.unknown],
    ["requêtes vues par les destinataires", summary.requests],
    ["ouvriers tués", blows.kills],
    ["files vidées", blows.flushes],
    ["Redis tués", blows.redisKills],
    ["PostgreSQL arrêtés net", blows.crashes],
    ["sessions coupées", blows.cuts],
    ["morts inattendues", deaths.length],
    ["non livrées", violations.undelivered.length],
    ["en avance", violations.early.length],
    ["sans trace", violations.untraced.length],
    ["en désordre", violations.disordered.length],
    ["doublons, même clé (sans effet)", summary.sameKey],
    ["doublons, autre clé", violations.doubled.length],
    ["durée", `${seconds.toFixed(0)} s`],
    ["temps parcouru par la base", `${summary.days} jours`],
    ["retard médian", `${summary.medianLag.toFixed(0)} ms`],
    ["pire retard", `${(summary.worstLag / 1000).toFixed(1)} s`],
  ];
  const width = Math.max(...lines.map(([name]) => name.length));
  const rows = lines.map(([name, value]) => `${name.padEnd(width)}  ${String(value).padStart(10)}`);
  const faults = [
    ...Object.entries(violations).flatMap(([kind, list]) => list.map((one: string) => `${kind}: ${one}`)),
    ...deaths,
  ];
  const shown = faults.slice(0, 20).map((one) => `  ${one}`);
  return [title, "-".repeat(width + 12), ...rows, ...(shown.length > 0 ? ["", ...shown] : []), ""].join("\n");
}
