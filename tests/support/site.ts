import type { FastifyInstance } from "fastify";
import { request } from "undici";
import { afterAll, beforeAll } from "vitest";
import type { Role } from "../../src/access/index.ts";
import { csrfOf, empreinteOf, newJeton } from "../../src/access/jeton.ts";
import type { Acces } from "../../src/http/access/session.ts";
import { buildServer, site } from "../../src/http/index.ts";
import { openStore } from "../../src/snapshot/index.ts";
import type { TestDatabase } from "./database.ts";
import { silence, useFolder } from "./diffusion.ts";
import { type RattachementVoulu, rattacher } from "./structures.ts";

export interface Page {
  readonly status: number;
  readonly html: string;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
}

/** Someone signed in, as a browser sees the site. */
export interface Visitor {
  get(path: string): Promise<Page>;
  /** Sends a form with the token of the pages of this visitor. */
  post(path: string, form?: Readonly<Record<string, string>>): Promise<Page>;
  /** The same, with what was said in its place as the token; undefined: none. */
  forge(path: string, csrf: string | undefined, form?: Readonly<Record<string, string>>): Promise<Page>;
  /** Sends a form and follows where it leads. */
  submit(path: string, form?: Readonly<Record<string, string>>): Promise<Page>;
}

export interface SiteRoute {
  readonly method: string;
  readonly url: string;
  readonly acces: Acces | undefined;
}

/** The whole site listening for a test file, and people who come in. Call at its top. */
export function useSite(
  database: TestDatabase,
  options: () => Partial<Parameters<typeof site>[0]> = () => ({}),
): {
  /** Someone who has just come in; the form of coming in, slow on purpose, is tested by itself. */
  visit(identifiant: string, role: Role, rattachement?: RattachementVoulu): Promise<Visitor>;
  /** Who holds this cookie. */
  as(jeton: string): Visitor;
  /** The cookie of someone who has just come in. */
  enter(identifiant: string, role: Role, rattachement?: RattachementVoulu): Promise<string>;
  /** Where it listens. */
  readonly url: string;
  /** Addresses that people may open, as their routes are written, each with who may. */
  readonly pages: ReadonlyMap<string, Acces>;
  /** Every route of people and of the API, as it is written; those of people with who may. */
  readonly routes: readonly SiteRoute[];
} {
  const folder = useFolder();
  const pages = new Map<string, Acces>();
  const routes: SiteRoute[] = [];
  let base = "";
  let close: () => Promise<unknown> = async () => undefined;
  beforeAll(async () => {
    const { db } = database;
    const given = options();
    const watched = async (app: FastifyInstance) => {
      app.addHook("onRoute", ({ method, url, config }) => {
        for (const one of [method].flat()) routes.push({ method: one, url, acces: config?.acces });
        if ([method].flat().includes("GET") && config?.acces !== undefined) pages.set(url, config.acces);
      });
      await app.register(site({ db, secure: false, ...given }));
    };
    const app = buildServer({
      db,
      store: given.outils?.store ?? (await openStore(folder.dir)),
      log: silence,
      base: given.outils?.base ?? "",
      plugins: [watched],
    });
    close = () => app.close();
    base = await app.listen({ host: "127.0.0.1", port: 0 });
  });
  afterAll(() => close());

  const ask = async (path: string, cookie?: string, form?: Record<string, string>): Promise<Page> => {
    const { statusCode, headers, body } = await request(`${base}${path}`, {
      method: form === undefined ? "GET" : "POST",
      headers: {
        accept: "text/html",
        ...(cookie === undefined ? {} : { cookie }),
        ...(form === undefined ? {} : { "content-type": "application/x-www-form-urlencoded" }),
      },
      ...(form === undefined ? {} : { body: new URLSearchParams(form).toString() }),
    });
    return { status: statusCode, headers, html: await body.text() };
  };

  const as = (jeton: string): Visitor => {
    const cookie = `offre-info=${jeton}`;
    const csrf = csrfOf(jeton);
    const post = (path: string, form = {}) => ask(path, cookie, { ...form, _csrf: csrf });
    return {
      get: (path) => ask(path, cookie),
      post,
      forge: (path, wrong, form = {}) =>
        ask(path, cookie, { ...form, ...(wrong === undefined ? {} : { _csrf: wrong }) }),
      async submit(path, form) {
        const answered = await post(path, form);
        return answered.status === 303 ? ask(String(answered.headers.location), cookie) : answered;
      },
    };
  };

  const enter = async (
    identifiant: string,
    role: Role,
    rattachement?: RattachementVoulu,
  ): Promise<string> => {
    const jeton = newJeton();
    const { db } = database;
    const [compte] = await db("compte").insert(
      { identifiant, nom: `Camille ${identifiant}`, role, mot_de_passe: "aucun" },
      ["id"],
    );
    await db("connexion").insert({ jeton_sha256: empreinteOf(jeton), compte_id: compte?.id });
    if (rattachement !== undefined) await rattacher(db, identifiant, rattachement);
    return jeton;
  };

  return {
    as,
    enter,
    pages,
    routes,
    get url() {
      return base;
    },
    visit: async (...who) => as(await enter(...who)),
  };
}

/** What a page says, as it is read: no markup, spaces made plain. */
export function texte(html: string): string {
  const words = html.replaceAll(/<(script|style)[\s\S]*?<\/\1>/g, "").replaceAll(/<[^>]+>/g, "");
  return decoded(words).replaceAll(/\s+/g, " ");
}

/** Text or attribute of a page, with its entities read. */
export function decoded(text: string): string {
  return text
    .replaceAll("&quot;", '"')
    .replaceAll("&#39;", "'")
    .replaceAll("&lt;", "<")
    .replaceAll("&gt;", ">")
    .replaceAll("&amp;", "&");
}
