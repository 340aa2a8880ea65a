import type { Knex } from "knex";
import { request } from "undici";
import { beforeAll, describe, expect, test } from "vitest";
import type { Role } from "../../src/access/index.ts";
import { createStructureKey, type ProfilDeStructure } from "../../src/catalogue/index.ts";
import { done, SANS_CONTROLE, saisieAction, saisieSession } from "../support/catalogue.ts";
import { useDatabase } from "../support/database.ts";
import { type Biens, etatDeOf1, loadDeuxStructures, SECRET } from "../support/deuxStructures.ts";
import { texte, useSite, type Visitor } from "../support/site.ts";
import { rattacher } from "../support/structures.ts";

/** Every route of the catalogue, by page and by API, with every role: nothing of a structure is read or changed by another. */
const database = useDatabase();
const site = useSite(database, () => ({ verificateur: SANS_CONTROLE }));
let db: Knex;
let biens: Biens;

beforeAll(async () => {
  db = database.db;
  biens = await loadDeuxStructures(db);
});

const PAGES = /^\/gestion(\/|$)/;
const API = /^\/api\//;
const routesOf = (which: RegExp) =>
  site.routes.filter(({ method, url }) => which.test(url) && method !== "HEAD" && method !== "OPTIONS");
/** An address that names something, and what is at stake is whose. */
const names = (url: string): boolean => url.includes(":");

/** As much of any form as there is, so that no route stops at what it lacks. */
const FORM = {
  revision: "1",
  motif: "Essai",
  message: "Essai",
  nom: "Essai",
  identifiant: "intruse",
  profil: "general",
  referent: "oui",
  code: "24054",
  structure: "OF1",
  choix: "general:OF1",
  intitule: "Pris",
};
/** Looks for what only OF1 has, wherever something can be looked for. */
const ASKED = new URLSearchParams({ q: "Zzmot", filtre: "Zzmot", structure: "OF1", organisme: "OF1" });

async function come(
  identifiant: string,
  role: Role,
  attached: Readonly<Record<string, ProfilDeStructure>> = {},
) {
  const visitor = await site.visit(identifiant, role);
  // Referent where it is at home: not even that gives anything elsewhere.
  for (const [structure, profil] of Object.entries(attached))
    await rattacher(db, identifiant, { structure, profil, referent: profil === "general" });
  return visitor;
}

/** What is done meanwhile leaves OF1 as it was. */
async function untouched<T>(work: () => Promise<T>): Promise<T> {
  const before = await etatDeOf1(db);
  const done = await work();
  expect(await etatDeOf1(db)).toBe(before);
  return done;
}

interface Seen {
  readonly route: string;
  readonly status: number;
  readonly said: string;
}

async function walk(visitor: Visitor, routes: readonly { method: string; url: string }[]): Promise<Seen[]> {
  const seen: Seen[] = [];
  for (const { method, url } of routes) {
    const path = biens.valueOf(url);
    const { status, html } =
      method === "GET" ? await visitor.get(`${path}?${ASKED}`) : await visitor.post(path, FORM);
    seen.push({ route: `${method} ${url}`, status, said: texte(html) });
  }
  return seen;
}

describe("pages", () => {
  test("every route is walked, and the numbers of the walk are those of something", async () => {
    const routes = routesOf(PAGES);
    expect(routes.length).toBeGreaterThan(40);
    const chef = await come("chef", "administrateur");
    const anne = await come("anne", "membre", { OF1: "general" });
    const wrong: string[] = [];
    for (const { url } of routes.filter((one) => one.method === "GET" && names(one.url))) {
      const path = biens.valueOf(url);
      const status = Math.min(
        ...(await Promise.all([chef, anne].map(async (one) => (await one.get(path)).status))),
      );
      if (status !== 200) wrong.push(`${path} ${status}`);
    }
    expect(wrong).toEqual([]);
  });

  test.each<[string, Role, Readonly<Record<string, ProfilDeStructure>>]>([
    ["sans structure", "membre", {}],
    ["gestionnaire et référent d'une autre", "membre", { OF2: "general" }],
    ["préinscription d'une autre", "membre", { OF2: "preinscription" }],
    ["financeur d'autres marchés", "membre", { REGION2: "financeur" }],
    ["lecteur de l'exploitation", "lecteur", {}],
    ["opérateur de l'exploitation", "operateur", {}],
  ])("%s: no page shows anything of OF1, no form changes it", async (qui, role, attached) => {
    const visitor = await come(qui.replaceAll(/[^a-z]/g, ""), role, attached);
    const seen = await untouched(() => walk(visitor, routesOf(PAGES)));
    const named = seen.filter(({ route }) => names(route));
    expect(named.filter(({ status }) => status !== 403 && status !== 404)).toEqual([]);
    expect(named.filter(({ said }) => !/Accès refusé|Introuvable|Rien n'a été fait/i.test(said))).toEqual([]);
    expect(seen.filter(({ said }) => said.includes(SECRET))).toEqual([]);
    expect(seen.filter(({ status }) => status >= 500)).toEqual([]);
  });

  test("nobody without signing in, nor with a form that is not theirs", async () => {
    const wrong: string[] = [];
    const nobody = site.as("x".repeat(43));
    const forger = await come("forgeuse", "administrateur");
    const before = await etatDeOf1(db);
    for (const { method, url } of routesOf(PAGES)) {
      const path = biens.valueOf(url);
      const statuses =
        method === "GET"
          ? [(await nobody.get(path)).status === 303 ? 403 : 0]
          : [(await nobody.post(path, FORM)).status, (await forger.forge(path, "faux", FORM)).status];
      if (!statuses.every((status) => status === 401 || status === 403))
        wrong.push(`${method} ${path} ${statuses}`);
    }
    expect(wrong).toEqual([]);
    expect(await etatDeOf1(db)).toBe(before);
  });

  test("préinscription of OF1 itself reads its catalogue and changes nothing of it (S6)", async () => {
    const visitor = await come("prue", "membre", { OF1: "preinscription" });
    expect((await visitor.get(biens.valueOf("/gestion/actions/:id"))).status).toBe(200);
    const forms = routesOf(PAGES).filter(({ method }) => method === "POST");
    const seen = await untouched(() =>
      walk(
        visitor,
        forms.filter(({ url }) => names(url)),
      ),
    );
    expect(seen.filter(({ status }) => status !== 403 && status !== 404)).toEqual([]);
  });

  test("a conventionnée is read by its OF, which does not change it (S31)", async () => {
    const anne = await come("alice", "membre", { OF1: "general" });
    const of = (url: string) => url.replace(":id", String(biens.conventionnee));
    expect(texte((await anne.get(of("/gestion/actions/:id"))).html)).toContain(SECRET);
    await untouched(async () => {
      // Looking at what the checks say writes nothing.
      for (const { method, url } of routesOf(/^\/gestion\/actions\/:id/))
        if (method === "POST" && !url.endsWith("/verifier"))
          expect((await anne.post(of(url), FORM)).status, url).toBeGreaterThanOrEqual(400);
    });
  });

  test("a closed structure, or a closed account, gives nothing at once", async () => {
    const visitor = await come("paula", "membre", { OF1: "general" });
    const path = biens.valueOf("/gestion/actions/:id");
    expect((await visitor.get(path)).status).toBe(200);
    await db("structure").where({ numero: "OF1" }).update({ disabled_at: new Date() });
    const { status, html } = await visitor.get(path);
    expect([status, texte(html)]).toEqual([403, expect.stringContaining("rattaché à aucune structure")]);
    await db("structure").where({ numero: "OF1" }).update({ disabled_at: null });
    await db("compte").where({ identifiant: "paula" }).update({ disabled_at: new Date() });
    expect((await visitor.get(path)).status).toBe(303);
    await db("rattachement")
      .whereIn("compte_id", db("compte").where({ identifiant: "paula" }).select("id"))
      .delete();
  });
});

describe("API", () => {
  const BODIES: readonly (readonly [RegExp, () => object])[] = [
    [/^PUT .*\/actions/, () => ({ revision: 1, contenu: saisieAction() })],
    [/^PUT .*\/sessions/, () => ({ revision: 1, contenu: saisieSession() })],
    [/\/sessions$/, () => ({ contenus: [saisieSession()] })],
    [/\/(archiver|supprimer|retirer)$/, () => ({ motif: "Essai" })],
    [/\/complement$/, () => ({ message: "Essai" })],
    [/POST .*\/actions$/, () => ({ structure: "OF1", contenu: saisieAction() })],
    [/./, () => ({ revision: 1 })],
  ];

  async function call(cle: string | undefined, { method, url }: { method: string; url: string }) {
    const route = `${method} ${url}`;
    const query =
      method === "GET" && /\/(actions|sessions|organismes)$/.test(url) ? "?q=Zzmot&limite=200" : "";
    const { statusCode, headers, body } = await request(`${site.url}${biens.valueOf(url)}${query}`, {
      method: method === "PUT" ? "PUT" : method === "POST" ? "POST" : "GET",
      headers: {
        ...(cle === undefined ? {} : { authorization: `Bearer ${cle}` }),
        ...(method === "GET" ? {} : { "content-type": "application/json" }),
      },
      ...(method === "GET"
        ? {}
        : { body: JSON.stringify(BODIES.find(([pattern]) => pattern.test(route))?.[1]() ?? {}) }),
    });
    return { route, status: statusCode, type: String(headers["content-type"]), said: await body.text() };
  }

  const cleOf = async (structure: string) =>
    done(await createStructureKey(db, { acteur: "essai", administrateur: true }, { structure, nom: "essai" }))
      .cle;
  const protegees = () => routesOf(API).filter(({ url }) => !url.endsWith("openapi.json"));

  test.each(["OF2", "REGION2", "REGION"])(
    "a key of %s reads and changes nothing that is not its own",
    async (of) => {
      const cle = await cleOf(of);
      const seen = await untouched(async () => {
        const all = [];
        for (const route of protegees()) all.push(await call(cle, route));
        return all;
      });
      expect(seen.length).toBeGreaterThan(20);
      const named = seen.filter(({ route }) => names(route));
      expect(named.filter(({ status }) => status !== 403 && status !== 404)).toEqual([]);
      for (const one of named) {
        expect(one.type).toContain("application/problem+json");
        expect(JSON.parse(one.said)).toMatchObject({
          status: one.status,
          detail: expect.stringMatching(/structure/),
        });
      }
      // The funder sees the market that it ordered, in its own list.
      if (of !== "REGION") expect(seen.filter(({ said }) => said.includes(SECRET))).toEqual([]);
    },
  );

  test("no key, a key that is none, a revoked one: nothing", async () => {
    const revoquee = await cleOf("AGENCE");
    await db("structure_key").where({ structure: "AGENCE" }).update({ revoked_at: new Date() });
    const before = await etatDeOf1(db);
    for (const cle of [undefined, "oi_fausse", revoquee])
      for (const route of protegees()) expect([401, 429]).toContain((await call(cle, route)).status);
    // Whoever tries so many is told to wait; a right key from the same place still opens.
    expect((await call("oi_fausse", { method: "GET", url: "/api/v1/moi" })).status).toBe(429);
    expect((await call(await cleOf("OF2"), { method: "GET", url: "/api/v1/moi" })).status).toBe(200);
    expect(await etatDeOf1(db)).toBe(before);
  });

  test("the cookie of a person opens nothing of the API", async () => {
    const { html, status } = await (await come("curieuse", "administrateur")).get("/api/v1/actions");
    expect([status, html]).toEqual([401, expect.not.stringContaining(SECRET)]);
  });
});
