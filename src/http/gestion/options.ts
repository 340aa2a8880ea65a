import type { Knex } from "knex";
import type { Verificateur } from "../../catalogue/index.ts";
import type { Store } from "../../snapshot/index.ts";

/** What the pages and the API of the catalogue work with. */
export interface GestionOptions {
  readonly db: Knex;
  readonly verificateur: Verificateur;
  /** Number of our base, in front of the numbers of the feeds. */
  readonly base: string;
  /** The site is reached by https. */
  readonly secure: boolean;
  /** Address of the site seen from outside; without it, where the server listens. */
  readonly publicUrl: string | undefined;
  /** Where an OF writes to have an archived action published again (S45). */
  readonly contact?: string | undefined;
  /** Files of the feeds, to show what is online as partners read it. */
  readonly store?: Pick<Store, "pathOf"> | undefined;
}
