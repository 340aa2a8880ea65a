import { beforeAll, describe, expect, test } from "vitest";
import type { Role } from "../../src/access/index.ts";
import { useDatabase } from "../support/database.ts";
import { useNavigateur } from "../support/navigateur.ts";
import { useSite } from "../support/site.ts";
import { useSiteRempli } from "../support/siteRempli.ts";
import { visiter } from "./visiter.ts";
import { AUTRES, SANS_PAGE, VISITES } from "./visites.ts";
import { VISITES_GESTION } from "./visitesGestion.ts";

/** Every page, as it is to those who see it, hear it, or have it in their hand. */
const database = useDatabase();
const rempli = useSiteRempli(database);
const site = useSite(database, () => ({ outils: rempli.outils }));
const navigateur = useNavigateur(site);
const jetons = new Map<Role | "personne", string>();

beforeAll(async () => {
  for (const role of ["lecteur", "administrateur"] as const) jetons.set(role, await site.enter(role, role));
});

test("no page is forgotten: each route for people is visited, or said to be none", () => {
  const known = [...Object.keys(VISITES), ...Object.keys(VISITES_GESTION), ...SANS_PAGE];
  expect([...site.pages.keys()].sort()).toEqual(known.sort());
});

describe("is clear to everyone, by day and by night, on a desk and in the hand:", () => {
  visiter(rempli, { ...VISITES, ...AUTRES }, async (qui = "administrateur") => {
    const jeton = jetons.get(qui);
    return navigateur.open({ garde: true, ...(jeton === undefined ? {} : { jeton }) });
  });
});
