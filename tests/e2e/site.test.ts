import type { FastifyInstance } from "fastify";
import { request } from "undici";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { createCompte, inviteFirstAdministrator, type Role } from "../../src/access/index.ts";
import { buildServer, site } from "../../src/http/index.ts";
import { createLogger } from "../../src/log/index.ts";
import { openStore } from "../../src/snapshot/index.ts";
import { useDatabase } from "../support/database.ts";
import { useFolder } from "../support/diffusion.ts";

/** Who may come in, and how a form that is not ours is refused. */
const database = useDatabase();
const folder = useFolder();
const lines: string[] = [];
const MOT_DE_PASSE = "quatre mots bien choisis";
let app: FastifyInstance;
let base = "";

beforeAll(async () => {
  const log = createLogger({ level: "debug", destination: { write: (line) => lines.push(line) } });
  const store = await openStore(folder.dir);
  app = buildServer({ db: database.db, store, log, plugins: [site({ db: database.db, secure: false })] });
  base = await app.listen({ host: "127.0.0.1", port: 0 });
});
afterAll(() => app.close());
beforeEach(async () => {
  await database.clear();
  lines.length = 0;
});

interface Ask {
  readonly form?: Readonly<Record<string, string>>;
  readonly cookie?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

async function ask(path: string, { form, cookie, headers = {} }: Ask = {}) {
  const {
    statusCode,
    headers: answered,
    body,
  } = await request(`${base}${path}`, {
    method: form === undefined ? "GET" : "POST",
    headers: {
      accept: "text/html",
      ...(cookie === undefined ? {} : { cookie }),
      ...(form === undefined ? {} : { "content-type": "application/x-www-form-urlencoded" }),
      ...headers,
    },
    ...(form === undefined ? {} : { body: new URLSearchParams(form).toString() }),
  });
  return { status: statusCode, headers: answered, html: await body.text() };
}

const compte = (role: Role = "lecteur") =>
  createCompte(database.db, { identifiant: role, nom: "Camille", role }, MOT_DE_PASSE, "essai");

async function signIn(identifiant: string): Promise<string> {
  const { status, headers } = await ask("/connexion", {
    form: { identifiant, mot_de_passe: MOT_DE_PASSE, vers: "/" },
  });
  expect(status).toBe(303);
  return String(headers["set-cookie"]).split(";")[0] ?? "";
}

const csrfIn = (html: string) => /name="_csrf" value="([^"]+)"/.exec(html)?.[1] ?? "";

describe("coming in", () => {
  test("nobody sees a page before signing in, and each one leads back to it", async () => {
    for (const path of ["/", "/editions/1"]) {
      const { status, headers } = await ask(path);
      expect({ status, to: headers.location }).toEqual({
        status: 303,
        to: `/connexion?vers=${encodeURIComponent(path)}`,
      });
    }
    expect((await ask("/", { headers: { accept: "application/json" } })).status).toBe(401);
  });

  test("the cookie is out of reach of scripts and of other sites", async () => {
    await compte();
    const { headers } = await ask("/connexion", {
      form: { identifiant: "lecteur", mot_de_passe: MOT_DE_PASSE },
    });
    expect(headers["set-cookie"]).toMatch(/^offre-info=\S+; Path=\/; HttpOnly; SameSite=Lax$/);
  });

  test("over https it never travels otherwise", async () => {
    await compte();
    const secure = buildServer({
      db: database.db,
      store: await openStore(folder.dir),
      log: createLogger({ level: "silent" }),
      plugins: [site({ db: database.db, secure: true })],
    });
    const { headers } = await secure.inject({
      method: "POST",
      url: "/connexion",
      headers: { "content-type": "application/x-www-form-urlencoded" },
      payload: new URLSearchParams({ identifiant: "lecteur", mot_de_passe: MOT_DE_PASSE }).toString(),
    });
    expect(headers["set-cookie"]).toMatch(/^__Host-offre-info=\S+; Path=\/; HttpOnly; Secure; SameSite=Lax$/);
    await secure.close();
  });

  test("a wrong password says no more, and neither it nor the cookie is in the journal", async () => {
    await compte();
    const wrong = await ask("/connexion", {
      form: { identifiant: "lecteur", mot_de_passe: "secret-jamais-ecrit" },
    });
    expect(wrong.status).toBe(422);
    expect(wrong.html).toContain("Identifiant ou mot de passe incorrect.");
    const cookie = await signIn("lecteur");
    await ask("/", { cookie });
    const journal = lines.join("");
    expect(journal).toContain("/connexion");
    for (const secret of ["secret-jamais-ecrit", MOT_DE_PASSE, cookie.split("=")[1] ?? "?"])
      expect(journal).not.toContain(secret);
  });

  test.each([
    "https://ailleurs.example/",
    "//ailleurs.example",
    "/\\ailleurs.example",
    "javascript:alert(1)",
  ])("%s is no place to be sent to", async (vers) => {
    await compte();
    const { headers } = await ask("/connexion", {
      form: { identifiant: "lecteur", mot_de_passe: MOT_DE_PASSE, vers },
    });
    expect(headers.location).toBe("/");
  });

  test("leaving throws the cookie away, here and in the browser", async () => {
    await compte();
    const cookie = await signIn("lecteur");
    const { html, status } = await ask("/", { cookie });
    expect(status).toBe(200);
    const left = await ask("/deconnexion", { cookie, form: { _csrf: csrfIn(html) } });
    expect(left.status).toBe(303);
    expect((await ask("/", { cookie })).status).toBe(303);
  });
});

describe("forms", () => {
  test.each([
    ["without its token", {}, {}],
    ["with another token", { _csrf: "x".repeat(43) }, {}],
    ["from another site", { _csrf: "vrai" }, { "sec-fetch-site": "cross-site" }],
    ["from another origin", { _csrf: "vrai" }, { origin: "https://ailleurs.example" }],
  ])("one %s is refused and does nothing", async (_, form: Record<string, string>, headers) => {
    await compte();
    const cookie = await signIn("lecteur");
    const csrf = csrfIn((await ask("/", { cookie })).html);
    const sent = form._csrf === "vrai" ? { _csrf: csrf } : form;
    const { status } = await ask("/deconnexion", { cookie, form: sent, headers });
    expect(status).toBe(403);
    expect((await ask("/", { cookie })).status).toBe(200);
  });

  test("another site cannot sign a browser in under its own account", async () => {
    await compte();
    const { status } = await ask("/connexion", {
      form: { identifiant: "lecteur", mot_de_passe: MOT_DE_PASSE },
      headers: { "sec-fetch-site": "cross-site" },
    });
    expect(status).toBe(403);
    expect(await database.db("connexion")).toEqual([]);
  });
});

test("the link of the first administrator makes one account, once, and is not in the journal", async () => {
  const jeton = await inviteFirstAdministrator(database.db);
  const path = `/invitation/${jeton}`;
  expect((await ask(path)).html).toContain("Premier administrateur");
  const form = { identifiant: "premiere", nom: "Première", mot_de_passe: "court" };
  expect((await ask(path, { form })).status).toBe(422);
  expect((await ask(path, { form: { ...form, mot_de_passe: MOT_DE_PASSE } })).status).toBe(303);
  expect((await ask(path)).status).toBe(410);
  expect((await ask(path, { form: { ...form, mot_de_passe: MOT_DE_PASSE } })).status).toBe(410);
  await signIn("premiere");
  expect(lines.join("")).not.toContain(jeton);
});

test("a route that does not say who may use it stops the server from starting", async () => {
  const { guardScope } = await import("../../src/http/access/session.ts");
  const wrong = buildServer({
    db: database.db,
    store: await openStore(folder.dir),
    log: createLogger({ level: "silent" }),
    plugins: [
      async (scope) => {
        await guardScope(scope, { db: database.db, secure: false });
        scope.get("/oubliee", async () => "vu");
      },
    ],
  });
  await expect(wrong.ready()).rejects.toThrow("/oubliee does not say who may use it");
});
