import type { NoticeCode } from "../notices/index.ts";

/** A cause, before it is placed. */
export interface Cause {
  readonly code: NoticeCode;
  readonly value: string;
  readonly attendu?: string | undefined;
  readonly champ?: string | undefined;
  /** Added to the path of the element. */
  readonly at?: string | undefined;
  /** The cause is in the parent of the element. */
  readonly parent?: boolean | undefined;
}
