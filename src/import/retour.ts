import { type Notice, notice, type Place } from "../notices/index.ts";
import type { Last } from "../published/index.ts";

/** A file that still has a record which had been withdrawn publishes it again: that must not go unseen. */
export function noticeDeRetour(last: Last<unknown> | undefined, place: Place & { value: string }): Notice[] {
  const { retrait } = last ?? {};
  return retrait === undefined ? [] : [notice("import-remis-en-ligne", { ...place, attendu: retrait })];
}
