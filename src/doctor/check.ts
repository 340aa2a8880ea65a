/** One thing looked at, in French: what, what was seen there, and what to do when it is not right. */
export interface Check {
  readonly ok: boolean;
  readonly what: string;
  readonly seen: string;
  readonly remedy?: string;
}

export function good(what: string, seen: string): Check {
  return { ok: true, what, seen };
}

export function bad(what: string, seen: string, remedy: string): Check {
  return { ok: false, what, seen, remedy };
}

/** What went wrong, without its stack. */
export function reason(error: unknown): string {
  return error instanceof Error ? error.message || error.name : String(error);
}
