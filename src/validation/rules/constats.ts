import type {
  AsRead,
  Leaf,
  Action as LheoAction,
  Formation as LheoFormation,
  Session as LheoSession,
} from "../../lheo/index.ts";
import { textOf } from "../../lheo/index.ts";
import { type Notice, type NoticeCode, notice, type Place } from "../../notices/index.ts";

/** Values as a document may give them: any part can be missing. */
export type Formation = Omit<AsRead<LheoFormation>, "action">;
export type Action = AsRead<LheoAction>;
export type Session = AsRead<LheoSession>;

/** What the caller knows of the records that a value was built from, or of the file it was read in. */
export interface Contexte {
  /** Number of the action of the catalogue (LHEO `formation`). */
  readonly action?: string | undefined;
  readonly session?: string | undefined;
  readonly organisme?: string | undefined;
  readonly line?: number | undefined;
  /** Rank of the LHEO action in its formation, from 1; absent from paths when it is unknown. */
  readonly rang?: number | undefined;
  /** Says once what an ISO-8859-1 partner could not read. */
  readonly latin1?: boolean | undefined;
}

/** What a rule has to say about one value. */
export interface Constat {
  readonly value?: string | undefined;
  readonly attendu?: string | undefined;
  readonly champ?: string | undefined;
  readonly partners?: readonly string[] | undefined;
}

/**
 * Gathers what the rules find in one element. Rules run on every fragment of every feed: they give their path in
 * pieces, put together only for a notice.
 */
export class Constats {
  readonly notices: Notice[] = [];
  readonly #prefix: string;
  readonly #session: string | undefined;
  #place: Omit<Place, "path">;

  constructor({ action, session, organisme, line }: Contexte, prefix = "") {
    this.#prefix = prefix;
    this.#session = session;
    const place: { action?: string; session?: string; organisme?: string; line?: number } = {};
    if (action !== undefined) place.action = action;
    if (session !== undefined) place.session = session;
    if (organisme !== undefined) place.organisme = organisme;
    if (line !== undefined) place.line = line;
    this.#place = place;
  }

  /** What follows is about that session, unless the caller said which one it is all about. */
  about(session: string | undefined): void {
    if (this.#session === undefined && session !== undefined && session !== "") {
      this.#place = { ...this.#place, session };
    }
  }

  add(code: NoticeCode, path: string, constat: Constat = {}): void {
    this.notices.push(notice(code, { ...this.#place, ...constat, path: this.#prefix + path }));
  }
}

/** The text of a leaf; empty for an absent one. */
export function texte(leaf: Leaf | undefined): string {
  return textOf(leaf) ?? "";
}

/** Runs a check on each item of a list that may be absent, with its path: `contact-formation[2]`. */
export function chaque<T>(
  items: readonly T[] | undefined,
  path: string,
  check: (item: T, path: string, rank: number) => void,
): void {
  if (items === undefined) return;
  for (let i = 0; i < items.length; i++) {
    const item = items[i];
    if (item !== undefined) check(item, `${path}[${i + 1}]`, i);
  }
}

/** Path of the LHEO action from its formation. */
export const cheminAction = ({ rang }: Contexte): string =>
  rang === undefined ? "action" : `action[${rang}]`;
