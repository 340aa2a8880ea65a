import type { Notice } from "../../notices/index.ts";
import type { RecordKind } from "../contract/index.ts";

/** What became of the rows of one view. */
export interface KindReport {
  readonly lues: number;
  /** New versions: new records, changed ones and those published again after a withdrawal. */
  readonly ecrites: number;
  readonly inchangees: number;
  /** Sessions that ended so long ago that they are shown nowhere: left as they are (S136). */
  readonly perimees: number;
  /** Rows not taken; see the notices. */
  readonly refusees: number;
  /** Numbers withdrawn because the view no longer has them. */
  readonly retirees: readonly string[];
}

export interface SyncReport {
  /** False: nothing was written, `refus` says why. */
  readonly fait: boolean;
  readonly refus: readonly string[];
  readonly kinds: Readonly<Partial<Record<RecordKind, KindReport>>>;
  /** The first ones of each code. */
  readonly notices: readonly Notice[];
  /** How many more there were. */
  readonly noticesOmises: number;
}

/** The most notices kept of one code, so that a view that is wrong throughout is still readable. */
const KEPT = 100;

/** Keeps the first notices of each code and counts the others. */
export class NoticeKeeper {
  readonly kept: Notice[] = [];
  omitted = 0;
  readonly #byCode = new Map<string, number>();

  add(notices: readonly Notice[]): void {
    for (const notice of notices) {
      const count = (this.#byCode.get(notice.code) ?? 0) + 1;
      this.#byCode.set(notice.code, count);
      if (count <= KEPT) this.kept.push(notice);
      else this.omitted++;
    }
  }
}

const NAMES: Readonly<Record<RecordKind, string>> = {
  organisme: "organismes",
  action: "actions",
  session: "sessions",
  certification: "certifications",
  habilitation: "habilitations",
};

const SHOWN = 20;

/** The report in plain French, for a terminal. */
export function describeSync(report: SyncReport): string {
  const lines = Object.entries(report.kinds).map(
    ([kind, { lues, ecrites, inchangees, perimees, refusees, retirees }]) =>
      `${NAMES[kind as RecordKind]} : ${count(lues)} lues, ${count(ecrites)} nouvelles ou modifiées, ${count(inchangees)} inchangées, ${count(refusees)} refusées, ${count(retirees.length)} retirées${perimees === 0 ? "" : `, ${count(perimees)} terminées depuis plus de 30 jours et laissées de côté`}`,
  );
  const shown = report.notices.slice(0, SHOWN).map(({ path, message }) => `  ${path} : ${message}`);
  const more = report.notices.length - shown.length + report.noticesOmises;
  return [
    ...(report.fait ? [] : ["Rien n'a été écrit :", ...report.refus.map((text) => `  - ${text}`)]),
    ...lines,
    ...(shown.length > 0 ? ["Lignes refusées :", ...shown] : []),
    ...(more > 0 ? [`  … et ${count(more)} autres.`] : []),
  ].join("\n");
}

function count(value: number): string {
  return new Intl.NumberFormat("fr-FR").format(value);
}
