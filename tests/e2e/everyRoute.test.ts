import { request } from "undici";
import { beforeAll, describe, expect, test } from "vitest";
import { createKey, ROLES, type Role } from "../../src/access/index.ts";
import { csrfOf } from "../../src/access/jeton.ts";
import type { Acces } from "../../src/http/access/session.ts";
import { useDatabase } from "../support/database.ts";
import { addPartner, addProfil } from "../support/diffusion.ts";
import { useOffreDiffusee } from "../support/offreDiffusee.ts";
import { type SiteRoute, useSite } from "../support/site.ts";

/** Every route that is registered, asked by everyone who may not, and by those who may with what makes no sense. */
const database = useDatabase();
const offre = useOffreDiffusee(database);
const site = useSite(database, () => ({ outils: offre.outils }));
const cookies = new Map<Role, string>();
let rival = "";

beforeAll(async () => {
  const { db } = database;
  await addProfil(db, "ferme", { acces: "restreint" });
  await addProfil(db, "autre", { acces: "restreint" });
  await addPartner(db, "rival", "autre", { type: "dossier", chemin: "/depot" });
  for (const role of ROLES) cookies.set(role, await site.enter(role, role));
  const made = await createKey(db, { partner: "rival", nom: "essai" }, "essai");
  rival = "cle" in made ? made.cle : "";
});

const ofPeople = (): readonly (SiteRoute & { readonly acces: Acces })[] =>
  site.routes.flatMap(({ method, url, acces }) =>
    acces === undefined || method === "HEAD" || method === "OPTIONS" ? [] : [{ method, url, acces }],
  );
const changing = () => ofPeople().filter(({ method }) => method !== "GET");
const reading = () => ofPeople().filter(({ method }) => method === "GET");

/** A route's address with something in the place of each of its names. */
const filled = (url: string, value = "1") => url.replaceAll(/:\w+/g, value).replace(/\*$/, value);

interface Ask {
  readonly role?: Role | undefined;
  /** In the place of the right token. */
  readonly csrf?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

async function ask(method: string, path: string, { role, csrf, headers = {} }: Ask = {}) {
  const jeton = role === undefined ? undefined : cookies.get(role);
  const token = csrf ?? (jeton === undefined ? undefined : csrfOf(jeton));
  const sends = method !== "GET";
  const stop = new AbortController();
  const answer = await request(`${site.url}${path}`, {
    method: method as "GET",
    signal: stop.signal,
    headers: {
      accept: "text/html",
      ...(jeton === undefined ? {} : { cookie: `offre-info=${jeton}` }),
      ...(sends ? { "content-type": "application/x-www-form-urlencoded" } : {}),
      ...headers,
    },
    ...(sends ? { body: new URLSearchParams({ motif: "essai", _csrf: token ?? "" }).toString() } : {}),
  });
  // What does not end, of which the beginning says enough.
  if (String(answer.headers["content-type"]).startsWith("text/event-stream")) {
    answer.body.on("error", () => undefined);
    stop.abort();
    return { status: answer.statusCode, headers: answer.headers, html: "" };
  }
  return { status: answer.statusCode, headers: answer.headers, html: await answer.body.text() };
}

/** All that the base holds, but what only tells that someone came. */
async function everything(): Promise<string> {
  const { rows } = await database.db.raw<{ rows: { name: string }[] }>(
    `SELECT relname AS name FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind = 'r'
     AND relname NOT IN ('connexion', 'pull', 'partner_key', 'connexion_echec') AND relname NOT LIKE 'knex%' ORDER BY 1`,
  );
  const union = rows.map(
    ({ name }) =>
      `SELECT '${name}' AS t, count(*), md5(string_agg(x::text, '' ORDER BY x::text)) AS h FROM "${name}" x`,
  );
  const all = await database.db.raw<{ rows: unknown[] }>(union.join(" UNION ALL "));
  return JSON.stringify(all.rows);
}

const STACK = /FST_ERR|\bat .*:\d+:\d+|node_modules|\bsrc\/|SELECT |syntax error/;

/** Several at once, as the site is used; the order of the answers is that of what is asked. */
async function inTurn<T, R>(all: readonly T[], one: (item: T) => Promise<R>): Promise<R[]> {
  const results: R[] = [];
  for (let first = 0; first < all.length; first += 8)
    results.push(...(await Promise.all(all.slice(first, first + 8).map(one))));
  return results;
}

describe("who may not", () => {
  test("the routes are all there", () => {
    expect(reading().length).toBeGreaterThan(40);
    expect(changing().length).toBeGreaterThan(30);
    for (const role of ROLES) expect(ofPeople().map(({ acces }) => acces)).toContain(role);
  });

  test.each(ROLES.slice(0, -1))(
    "a %s who types the address of another role is told who may",
    async (role) => {
      const before = await everything();
      const beyond = ofPeople().filter(
        ({ acces }) => acces !== "tous" && ROLES.indexOf(acces) > ROLES.indexOf(role),
      );
      expect(beyond.length).toBeGreaterThan(5);
      await inTurn(beyond, async ({ method, url }) => {
        const { status, html } = await ask(method, filled(url), { role });
        expect({ method, url, status }).toEqual({ method, url, status: 403 });
        expect(html).toContain('<html lang="fr">');
        expect(html).toMatch(/<h1>Accès refusé<\/h1><p>Votre compte est « .* » ; il faut être .*\./);
        expect(html).not.toMatch(STACK);
      });
      expect(await everything()).toBe(before);
    },
  );

  test.each([
    ["nobody", undefined],
    ["the key of a partner", () => `Bearer ${rival}`],
    ["a key that is none", () => "Basic Og=="],
  ])("%s opens no page and does nothing", async (_who, authorization) => {
    const before = await everything();
    const headers: Record<string, string> =
      authorization === undefined ? {} : { authorization: authorization() };
    await inTurn(
      ofPeople().filter(({ acces }) => acces !== "tous"),
      async ({ method, url }) => {
        const { status, headers: answered, html } = await ask(method, filled(url), { headers });
        const what = { method, url, status };
        if (method === "GET" && status === 303) expect(answered.location).toMatch(/^\/connexion\?vers=%2F/);
        else expect(what).toEqual({ ...what, status: 401 });
        expect(html).not.toMatch(STACK);
      },
    );
    expect(await everything()).toBe(before);
  });

  test("a partner gets nothing of the feed of another", async () => {
    const files = ["offre-info.xml", "offre-info.xml.gz", "manifest.json", "SHA256SUMS", "lheo-index.xml"];
    const more = ["formation?num=1", "changements", `${"0".repeat(64)}.xml`];
    for (const file of [...files, ...more]) {
      const { status, html } = await ask("GET", `/flux/ferme/${file}`, {
        headers: { authorization: `Bearer ${rival}`, accept: "*/*" },
      });
      expect({ file, status, html }).toEqual({
        file,
        status: 401,
        html: "Accès réservé. Cette clé n'ouvre pas le flux du profil « ferme ».\n",
      });
    }
  });
});

describe("who may", () => {
  test("is refused a form that is replayed with another token, from another site, or under a forged name", async () => {
    const before = await everything();
    const signedIn = changing().filter(({ acces }) => acces !== "tous");
    const forged: readonly Ask[] = [
      { csrf: csrfOf("la connexion d'avant") },
      { headers: { origin: "https://pirate.exemple" } },
      { headers: { "sec-fetch-site": "cross-site" } },
      { headers: { host: "pirate.exemple", origin: site.url } },
    ];
    for (const how of forged)
      await inTurn(signedIn, async ({ method, url }) => {
        const { status, html } = await ask(method, filled(url), { role: "administrateur", ...how });
        expect({ method, url, how, status }).toEqual({ method, url, how, status: 403 });
        expect(html).toContain("rien n'a été fait");
      });
    expect(await everything()).toBe(before);
  });

  test.each([
    ["what does not exist", "999999"],
    ["a way up", "..%2f..%2f..%2fetc%2fpasswd"],
    ["NUL and quotes", "%00'%22%3Cscript%3E"],
  ])("reads pages about %s without a fault, and changes nothing by reading", async (_what, value) => {
    const before = await everything();
    await inTurn(reading(), async ({ url }) => {
      const headers = { "x-forwarded-host": "pirate.exemple", host: "pirate.exemple" };
      const {
        status,
        html,
        headers: answered,
      } = await ask("GET", filled(url, value), {
        role: "administrateur",
        headers,
      });
      expect(status, `${url} ${status} ${html.slice(0, 300)}`).toBeLessThan(500);
      expect([401, 405], url).not.toContain(status);
      expect(html, url).not.toMatch(STACK);
      expect(html + JSON.stringify(answered), url).not.toMatch(/pirate|root:x:|<script>/);
    });
    expect(await everything()).toBe(before);
  });
});
