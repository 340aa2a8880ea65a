import type { Notice } from "../notices/index.ts";

/**
 * The notices of one record found by several checks, one for each cause: what is said first at a place (a text the
 * XSD refuses for its length) is not said again by a rule at the same place (a SIRET of 13 digits).
 *
 * Sessions are told apart by their numbers, not by the ranks of their LHEO elements, which a slice does not know.
 *
 * @param lists the checks in order of authority: the XSD, then the rules, then what the reading noticed
 */
export function fusionner(...lists: readonly (readonly Notice[])[]): Notice[] {
  const merged: Notice[] = [];
  const taken = new Set<string>();
  for (const list of lists) {
    const places = list.map(placeOf);
    list.forEach((notice, i) => {
      if (!taken.has(places[i] ?? "")) merged.push(notice);
    });
    for (const place of places) taken.add(place);
  }
  return merged;
}

function placeOf({ path, session }: Notice): string {
  return session === undefined ? path : `${session} ${path.replace(RANGS, "action$1")}`;
}

const RANGS = /^action(?:\[\d+\])?(\/session)?(?:\[\d+\])?/;
