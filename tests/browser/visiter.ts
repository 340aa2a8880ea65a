import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import { fautes } from "../support/navigateur.ts";

/** Addresses at which a route is looked at: each variant that reads differently. */
export interface Visites<Scene, Qui extends string> {
  /** Who comes; without it, who sees most. */
  readonly qui?: Qui;
  readonly chemins: (scene: Scene) => readonly string[];
}

/**
 * One test for each route: nothing to complain of at any of its addresses.
 * @param open a window of this person that stays open: each looks at many pages
 */
export function visiter<Scene, Qui extends string>(
  scene: Scene,
  visites: Readonly<Record<string, Visites<Scene, Qui>>>,
  open: (qui: Qui | undefined) => Promise<Page>,
): void {
  const windows = new Map<Qui | undefined, Promise<Page>>();
  const windowOf = (qui: Qui | undefined): Promise<Page> => {
    const page = windows.get(qui) ?? open(qui);
    windows.set(qui, page);
    return page;
  };
  test.each(Object.entries(visites))("%s", async (_, { qui, chemins }) => {
    const page = await windowOf(qui);
    for (const chemin of chemins(scene)) {
      const status = (await page.goto(chemin))?.status() ?? 0;
      expect({ chemin, status: status < 500, fautes: await fautes(page) }).toEqual({
        chemin,
        status: true,
        fautes: [],
      });
    }
  });
}
