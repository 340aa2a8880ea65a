import type { Knex } from "knex";
import type { Verificateur } from "../../catalogue/index.ts";
import type { Store } from "../../snapshot/index.ts";

/** What the pages of the catalogue work with. */
export interface GestionOptions {
  readonly db: Knex;
  readonly verificateur: Verificateur;
  /** Number of our base, in front of the numbers of the feeds. */
  readonly base: string;
  /** Where an OF writes to have an archived action published again (S45). */
  readonly contact?: string | undefined;
  /** Files of the feeds, to show what is online as partners read it. */
  readonly store?: Pick<Store, "pathOf"> | undefined;
}
