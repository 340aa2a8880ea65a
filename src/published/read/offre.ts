import type { Knex } from "knex";
import type { Client } from "pg";
import { withClient } from "../../db/index.ts";
import type { Action, Session } from "../contract/index.ts";
import { compareNumeros } from "../numero.ts";
import { cursorPages } from "./cursor.ts";
import { groupPages } from "./group.ts";
import { type PremiereCertification, premieresCertifications } from "./premieres.ts";
import { type SelectedRow, type Selection, selectionSql, toSelection } from "./selection.ts";

/** Part of the reading of one action: all of it, unless it has very many sessions. */
export interface Lot {
  readonly action: Selection<Action>;
  /**
   * Its sessions in the order of their numbers. A session that changed actions is given under each, with the
   * versions that belong there.
   */
  readonly sessions: readonly Selection<Session>[];
  readonly premier: boolean;
  readonly dernier: boolean;
  /** Since when the action carries each certification, all its versions considered. */
  readonly certifieeDepuis: readonly PremiereCertification[];
}

export interface ReadOptions {
  /** Instants; each selects its own versions. Equal ones cost nothing but had better be given once. */
  readonly watermarks: readonly Date[];
  /** Actions and sessions read at a time, and the most sessions in a lot; 250 when not given. */
  readonly pageSize?: number;
}

/**
 * Reads the whole published offer once for all watermarks: every action that at least one selects, in the order of
 * the bytes of its number, with the sessions selected. Two cursors advance side by side, so memory is a few pages
 * whatever the size, an action with thousands of sessions included.
 * @param trx the transaction of {@link reading}; not to be used for a write meanwhile
 */
export async function* readOffre(trx: Knex.Transaction, options: ReadOptions): AsyncGenerator<Lot> {
  if (options.watermarks.length === 0) return;
  const client = await withClient(trx, async (lent) => lent);
  const pageSize = options.pageSize ?? 250;
  const sessions = new SessionReader(client, options, pageSize);
  const watermarks = options.watermarks.map((date) => date.getTime());
  const pages = cursorPages<SelectedRow>(client, "offre_actions", {
    sql: selectionSql("action", "true", "s.numero, s.version", { first: 1, count: watermarks.length }),
    values: options.watermarks,
    pageSize,
  });
  try {
    for await (const groups of groupPages(pages)) {
      const actions = groups.map((group) => toSelection<Action>(group, watermarks));
      const depuis = await premieresCertifications(client, actions);
      for (const action of actions) {
        const certifieeDepuis = depuis.get(action.numero) ?? [];
        let premier = true;
        for (;;) {
          const { lot, fini } = await sessions.take(action.numero);
          yield { action, sessions: lot, premier, dernier: fini, certifieeDepuis };
          if (fini) break;
          premier = false;
        }
      }
    }
  } finally {
    await sessions.close();
  }
}

/** The sessions, in the order of their actions: those of one action are taken as they are asked for. */
class SessionReader {
  readonly #groups: AsyncGenerator<readonly SelectedRow[][]>;
  readonly #watermarks: readonly number[];
  readonly #pageSize: number;
  #page: readonly SelectedRow[][] = [];
  #next = 0;
  #over = false;

  constructor(client: Client, { watermarks }: ReadOptions, pageSize: number) {
    this.#watermarks = watermarks.map((date) => date.getTime());
    this.#pageSize = pageSize;
    this.#groups = groupPages(
      cursorPages<SelectedRow>(client, "offre_sessions", {
        sql: selectionSql("session", "true", "s.action, s.numero, s.version", {
          first: 1,
          count: watermarks.length,
        }),
        values: watermarks,
        pageSize,
      }),
    );
  }

  /** The next sessions of this action, at most a page; those of actions that no one selects are passed over. */
  async take(action: string): Promise<{ lot: Selection<Session>[]; fini: boolean }> {
    const lot: Selection<Session>[] = [];
    for (;;) {
      const group = await this.#peek();
      const of = group?.[0]?.[6];
      if (group === undefined || of == null) return { lot, fini: true };
      const order = compareNumeros(of, action);
      if (order > 0) return { lot, fini: true };
      if (order === 0 && lot.length === this.#pageSize) return { lot, fini: false };
      if (order === 0) lot.push(toSelection<Session>(group, this.#watermarks));
      this.#next++;
    }
  }

  async close(): Promise<void> {
    await this.#groups.return(undefined);
  }

  async #peek(): Promise<SelectedRow[] | undefined> {
    while (this.#next >= this.#page.length && !this.#over) {
      const { value, done } = await this.#groups.next();
      this.#over = done === true;
      this.#page = value ?? [];
      this.#next = 0;
    }
    return this.#page[this.#next];
  }
}
