import { createContext } from "preact";
import type { Sujet } from "./marque.ts";
import type { Vue } from "./veille.ts";

/** What a page needs to say how it stays up to date. */
export interface Direct {
  /** Address of the page, when it can be read again. */
  readonly page: string | undefined;
  /** Alerts that are open. */
  readonly ouvertes: number;
  /** What was seen of these before the page was read, if anything was. */
  vue(sujets: readonly Sujet[]): Vue | undefined;
}

/** There is none on the pages that are open to all. */
export const DirectContext = createContext<Direct | undefined>(undefined);
