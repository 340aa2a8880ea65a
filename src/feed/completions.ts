import { type Notice, type NoticeCode, notice, type Place } from "../notices/index.ts";

/**
 * What the mapping filled in or could not write, collected while one `formation` is built. The same default on every
 * session comes from one blank of the action: it is said once.
 */
export class Completions {
  readonly notices: Notice[] = [];
  readonly #said = new Set<string>();
  readonly #action: string;

  /** @param action number of the action of the catalogue */
  constructor(action: string) {
    this.#action = action;
  }

  /** A blank of the session itself, or one that has a place of its own. */
  say(code: NoticeCode, place: Place): void {
    this.notices.push(notice(code, { action: this.#action, ...place }));
  }

  /**
   * A blank of the action, met again at each of its sessions.
   * @param attendu what the value means, when it is a code
   */
  sayOnce(code: NoticeCode, path: string, value: string, attendu?: string): void {
    const key = `${code}\n${value}`;
    if (this.#said.has(key)) return;
    this.#said.add(key);
    this.say(code, { path, value, attendu });
  }
}
