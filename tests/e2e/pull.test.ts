import { createHash } from "node:crypto";
import { rm } from "node:fs/promises";
import { gunzipSync } from "node:zlib";
import type { FastifyInstance } from "fastify";
import { request } from "undici";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createKey } from "../../src/access/index.ts";
import { connect } from "../../src/db/index.ts";
import { buildServer } from "../../src/http/index.ts";
import { openStore, type Store } from "../../src/snapshot/index.ts";
import { useDatabase } from "../support/database.ts";
import { addPartner, addProfil, feedXml, publishFeed, silence, useFolder } from "../support/diffusion.ts";

const database = useDatabase();
const folder = useFolder();
let store: Store;
let app: FastifyInstance;
let base = "";

beforeAll(async () => {
  store = await openStore(folder.dir);
  app = buildServer({ db: database.db, store, log: silence });
  base = await app.listen({ host: "127.0.0.1", port: 0 });
  for (const id of ["public", "vide", "retire", "neuf", "gros"]) await addProfil(database.db, id);
  await addProfil(database.db, "ferme", { acces: "restreint" });
  await addProfil(database.db, "relais", { mode: { via: "ferme" }, acces: "restreint" });
  await publishFeed(database.db, store, "public", "bonjour");
  await publishFeed(database.db, store, "ferme", "secret");
  await publishFeed(database.db, store, "vide", null);
  await publishFeed(database.db, store, "retire", "parti");
  await publishFeed(database.db, store, "retire", null);
});
afterAll(async () => {
  await app.close();
});

async function get(path: string, headers: Record<string, string> = {}, method: "GET" | "HEAD" = "GET") {
  const { statusCode, headers: answered, body } = await request(`${base}${path}`, { method, headers });
  return { status: statusCode, headers: answered, bytes: Buffer.from(await body.arrayBuffer()) };
}

const XML = feedXml("bonjour");
const sha256 = (bytes: Buffer | string) => createHash("sha256").update(bytes).digest("hex");

describe("a restricted feed", () => {
  const keys = new Map<string, string>();
  const url = "/flux/ferme/offre-info.xml";

  beforeAll(async () => {
    await addProfil(database.db, "autre", { acces: "restreint" });
    for (const [partner, profil] of [
      ["bon", "ferme"],
      ["mauvais", "autre"],
    ] as const) {
      await addPartner(database.db, partner, profil, { type: "dossier", chemin: folder.dir });
      const made = await createKey(database.db, { partner, nom: "essai" }, "essai");
      keys.set(partner, "cle" in made ? made.cle : "");
    }
  });
  const basic = (name: string, key: string) => `Basic ${Buffer.from(`${name}:${key}`).toString("base64")}`;

  test("is opened by the key of its partner, by either way, and kept by nobody on the way", async () => {
    const cle = keys.get("bon") ?? "";
    for (const authorization of [`Bearer ${cle}`, basic("bon", cle)]) {
      const { status, headers, bytes } = await get(url, { authorization });
      expect(status).toBe(200);
      expect(bytes.toString()).toContain("secret");
      expect(headers["cache-control"]).toBe("private, no-cache");
      const { headers: versioned } = await get(String(headers["content-location"]), { authorization });
      expect(versioned["cache-control"]).toMatch(/^private/);
    }
  });

  test("stays shut to everyone else, at every address of it", async () => {
    const sha = sha256(feedXml("secret"));
    for (const authorization of [undefined, `Bearer ${keys.get("mauvais")}`, basic("bon", "x")])
      for (const path of [url, `${url}.gz`, `/flux/ferme/${sha}.xml`, "/flux/ferme/manifest.json"]) {
        const { status, headers, bytes } = await get(
          path,
          authorization === undefined ? {} : { authorization },
        );
        expect(status).toBe(401);
        expect(headers["www-authenticate"]).toContain("Basic");
        expect(bytes.toString()).not.toContain("secret");
      }
  });
});

describe("the current feed", () => {
  test("is served with what a consumer needs to come back later", async () => {
    const { status, headers, bytes } = await get("/flux/public/offre-info.xml");
    expect(status).toBe(200);
    expect(bytes.toString()).toBe(XML);
    expect(headers).toMatchObject({
      "content-type": "application/xml; charset=utf-8",
      "content-length": String(bytes.length),
      etag: `"${sha256(bytes)}"`,
      "content-location": `/flux/public/${sha256(bytes)}.xml`,
      "accept-ranges": "bytes",
      vary: "Accept-Encoding",
      "cache-control": "public, no-cache",
      "x-content-type-options": "nosniff",
    });
    expect(headers["content-encoding"]).toBeUndefined();
    expect(Date.parse(String(headers["last-modified"]))).not.toBeNaN();
  });

  test("is compressed for who takes it, under another ETag", async () => {
    const { headers, bytes } = await get("/flux/public/offre-info.xml", { "accept-encoding": "gzip" });
    expect(headers["content-encoding"]).toBe("gzip");
    expect(headers["content-type"]).toBe("application/xml; charset=utf-8");
    expect(headers.etag).toBe(`"${sha256(bytes)}"`);
    expect(headers.vary).toBe("Accept-Encoding");
    expect(gunzipSync(bytes).toString()).toBe(XML);
    // The plain form is another representation: having it is not having this one.
    const plain = { "accept-encoding": "gzip", "if-none-match": `"${sha256(XML)}"` };
    expect((await get("/flux/public/offre-info.xml", plain)).status).toBe(200);
    const same = { "accept-encoding": "gzip", "if-none-match": String(headers.etag) };
    expect((await get("/flux/public/offre-info.xml", same)).status).toBe(304);
  });

  test("is also there as a .gz, whose bytes are those of the sums", async () => {
    const gz = await get("/flux/public/offre-info.xml.gz");
    expect(gz.headers).toMatchObject({ "content-type": "application/gzip", etag: `"${sha256(gz.bytes)}"` });
    expect(gz.headers["content-encoding"]).toBeUndefined();
    expect(gunzipSync(gz.bytes).toString()).toBe(XML);
    const sums = await get("/flux/public/SHA256SUMS");
    expect(sums.bytes.toString()).toBe(
      `${sha256(XML)}  offre-info.xml\n${sha256(gz.bytes)}  offre-info.xml.gz\n`,
    );
  });

  test("HEAD says the same and sends nothing", async () => {
    for (const path of ["offre-info.xml", "offre-info.xml.gz", "manifest.json", "SHA256SUMS"]) {
      const whole = await get(`/flux/public/${path}`);
      const head = await get(`/flux/public/${path}`, {}, "HEAD");
      expect(head.status).toBe(200);
      expect(head.bytes).toHaveLength(0);
      for (const name of ["etag", "content-length", "content-type", "last-modified"])
        expect(head.headers[name]).toBe(whole.headers[name]);
    }
  });

  test("is not sent again to who has it", async () => {
    const { headers } = await get("/flux/public/offre-info.xml");
    for (const condition of [
      { "if-none-match": String(headers.etag) },
      { "if-none-match": `"x", W/${headers.etag}` },
      { "if-none-match": "*" },
      { "if-modified-since": String(headers["last-modified"]) },
    ]) {
      const again = await get("/flux/public/offre-info.xml", condition);
      expect(again.status).toBe(304);
      expect(again.bytes).toHaveLength(0);
      expect(again.headers).toMatchObject({ etag: headers.etag, vary: "Accept-Encoding" });
    }
    expect((await get("/flux/public/offre-info.xml", { "if-none-match": '"x"' })).status).toBe(200);
    for (const condition of [
      { "if-match": '"x"' },
      { "if-match": `W/${headers.etag}` },
      { "if-unmodified-since": "Mon, 01 Jan 2024 00:00:00 GMT" },
    ]) {
      const failed = await get("/flux/public/offre-info.xml", condition);
      expect(failed.status).toBe(412);
      expect(failed.bytes.toString()).toContain("Condition non remplie");
      expect(failed.headers.etag).toBeUndefined();
    }
    const manifest = await get("/flux/public/manifest.json");
    expect(
      (await get("/flux/public/manifest.json", { "if-none-match": String(manifest.headers.etag) })).status,
    ).toBe(304);
  });

  test("can be taken in pieces and resumed", async () => {
    const first = await get("/flux/public/offre-info.xml", { range: "bytes=0-9" });
    expect(first.status).toBe(206);
    expect(first.headers["content-range"]).toBe(`bytes 0-9/${XML.length}`);
    const rest = await get("/flux/public/offre-info.xml", {
      range: "bytes=10-",
      "if-range": String(first.headers.etag),
    });
    expect(rest.status).toBe(206);
    expect(first.bytes.toString() + rest.bytes.toString()).toBe(XML);
    const other = await get("/flux/public/offre-info.xml", { range: "bytes=10-", "if-range": '"x"' });
    expect(other.status).toBe(200);
    expect(other.bytes.toString()).toBe(XML);
    const outside = await get("/flux/public/offre-info.xml", { range: `bytes=${XML.length}-` });
    expect(outside.status).toBe(416);
    expect(outside.headers["content-range"]).toBe(`bytes */${XML.length}`);
    // What refuses is not about the feed, and must not be taken for it.
    expect(outside.headers.etag).toBeUndefined();
    expect(outside.headers["content-location"]).toBeUndefined();
    const last = await get("/flux/public/offre-info.xml", { range: "bytes=-7" });
    expect(last.bytes.toString()).toBe(XML.slice(-7));
    const dated = { range: "bytes=10-", "if-range": String(first.headers["last-modified"]) };
    expect((await get("/flux/public/offre-info.xml", dated)).status).toBe(206);
    const older = { range: "bytes=10-", "if-range": "Mon, 01 Jan 2024 00:00:00 GMT" };
    expect((await get("/flux/public/offre-info.xml", older)).status).toBe(200);
    expect((await get("/flux/public/offre-info.xml", { range: "bytes=0-1,4-5" })).status).toBe(200);
    const head = await get("/flux/public/offre-info.xml", { range: "bytes=0-9" }, "HEAD");
    expect(head.status).toBe(200);
    expect(head.headers["content-length"]).toBe(String(XML.length));
  });

  test("a piece of the compressed form is a piece of these bytes", async () => {
    const whole = await get("/flux/public/offre-info.xml", { "accept-encoding": "gzip" });
    const part = await get("/flux/public/offre-info.xml", { "accept-encoding": "gzip", range: "bytes=5-" });
    expect(part.status).toBe(206);
    expect(part.headers["content-encoding"]).toBe("gzip");
    expect(part.bytes.equals(whole.bytes.subarray(5))).toBe(true);
  });

  test("its manifest names the files that are served", async () => {
    const { bytes, headers } = await get("/flux/public/manifest.json");
    expect(headers["content-type"]).toBe("application/json; charset=utf-8");
    const manifest = JSON.parse(bytes.toString());
    expect(manifest).toMatchObject({ profil: "public", counts: { formations: 1, sessions: 1 } });
    for (const file of manifest.files) {
      const served = await get(`/flux/public/${file.name}`);
      expect(sha256(served.bytes)).toBe(file.sha256);
      expect(served.bytes).toHaveLength(file.bytes);
      expect(served.headers["content-type"]).toBe(file.media_type);
    }
  });
});

describe("a feed that is replaced", () => {
  test("stays readable by who reads it, and under its own address", async () => {
    const before = await publishFeed(database.db, store, "gros", "avant", 4_000_000);
    const slow = await request(`${base}/flux/gros/offre-info.xml`);
    const reading = slow.body[Symbol.asyncIterator]();
    const chunks: Buffer[] = [(await reading.next()).value];
    await publishFeed(database.db, store, "gros", "après");
    // Even its removal from the disk changes nothing for who began to read.
    await rm(store.pathOf(before.file?.sha256 ?? "", "xml"));
    for (let next = await reading.next(); next.done !== true; next = await reading.next())
      chunks.push(next.value);
    expect(sha256(Buffer.concat(chunks))).toBe(before.file?.sha256);
    expect((await get("/flux/gros/offre-info.xml")).bytes.toString()).toBe(feedXml("après"));
    const old = `/flux/gros/${before.file?.sha256}`;
    const kept = await get(`${old}.xml.gz`);
    expect(kept.status).toBe(200);
    expect(kept.headers["cache-control"]).toBe("public, max-age=31536000, immutable");
    expect(sha256(kept.bytes)).toBe(before.file?.sha256Gz);
    expect((await get(`${old}.xml`)).status).toBe(410);
  });
});

describe("what is not served says why", () => {
  test.each([
    ["/flux/inconnu/offre-info.xml", 404, "n'existe pas"],
    ["/flux/neuf/offre-info.xml", 404, "pas encore de flux"],
    ["/flux/neuf/manifest.json", 404, "pas encore de flux"],
    ["/flux/vide/offre-info.xml", 404, "Rien n'est dans le périmètre"],
    ["/flux/retire/offre-info.xml", 410, "a été retiré"],
    ["/flux/retire/SHA256SUMS", 410, "a été retiré"],
    ["/flux/relais/offre-info.xml", 404, "servi par le profil « ferme »"],
    [`/flux/public/${"0".repeat(64)}.xml`, 404, "jamais publié"],
    ["/flux/public/autre.xml", 404, "rien à cette adresse"],
    ["/flux/public/..%2F..%2Fetc%2Fpasswd", 404, "rien à cette adresse"],
    ["/nulle-part", 404, "rien à cette adresse"],
  ])("%s: %i", async (path, status, words) => {
    const answer = await get(path);
    expect(answer.status).toBe(status);
    expect(answer.headers["content-type"]).toBe("text/plain; charset=utf-8");
    expect(answer.bytes.toString()).toContain(words);
  });

  test("a restricted feed is opened to nobody, not even in part", async () => {
    const [row] = await database.db("feed_snapshot").where({ profil: "ferme" }).select("sha256");
    for (const name of [
      "offre-info.xml",
      "offre-info.xml.gz",
      "manifest.json",
      "SHA256SUMS",
      `${row?.sha256}.xml`,
      `${row?.sha256}.xml.gz`,
    ]) {
      const answer = await get(`/flux/ferme/${name}`, { "if-none-match": "*", range: "bytes=0-" });
      expect(answer.status).toBe(401);
      expect(answer.headers["www-authenticate"]).toBe('Basic realm="offre-info", charset="UTF-8"');
      expect(answer.headers.etag).toBeUndefined();
      expect(answer.bytes.toString()).not.toContain("secret");
    }
    // The same bytes under the address of an open profile are that profile's business.
    expect((await get(`/flux/public/${row?.sha256}.xml`)).status).toBe(404);
  });

  test("an empty profile says so in its manifest", async () => {
    const manifest = JSON.parse((await get("/flux/vide/manifest.json")).bytes.toString());
    expect(manifest).toMatchObject({ files: [], counts: { formations: 0, actions: 0, sessions: 0 } });
  });

  test("in the form that the client reads", async () => {
    const json = await get("/flux/neuf/offre-info.xml", { accept: "application/json" });
    expect(JSON.parse(json.bytes.toString())).toMatchObject({ statut: 404, titre: "Introuvable" });
    const html = await get("/flux/neuf/offre-info.xml", { accept: "text/html,*/*" });
    expect(html.headers["content-type"]).toBe("text/html; charset=utf-8");
    expect(html.bytes.toString()).toContain("<h1>Introuvable</h1>");
  });

  test("another method is refused with those that are allowed", async () => {
    const { statusCode, headers, body } = await request(`${base}/flux/public/offre-info.xml`, {
      method: "POST",
      body: "x",
      headers: { "content-type": "text/plain" },
    });
    await body.dump();
    expect(statusCode).toBe(405);
    expect(headers.allow).toBe("GET, HEAD");
  });

  test("a file that is missing from the disk is an error without a stack", async () => {
    const snapshot = await publishFeed(database.db, store, "neuf", "perdu");
    await rm(store.pathOf(snapshot.file?.sha256 ?? "", "xml"));
    const answer = await get("/flux/neuf/offre-info.xml");
    expect(answer.status).toBe(500);
    expect(answer.bytes.toString()).not.toMatch(/ENOENT|at .*\.ts/);
    expect(answer.bytes.toString()).toContain(String(answer.headers["x-request-id"]));
    expect(answer.headers.etag).toBeUndefined();
    expect(answer.headers["content-location"]).toBeUndefined();
  });
});

describe("health", () => {
  test("the process lives", async () => {
    const { status, bytes } = await get("/health");
    expect(status).toBe(200);
    expect(JSON.parse(bytes.toString())).toEqual({ etat: "ok" });
  });

  test("it is ready, and says how old the last édition is", async () => {
    const { status, bytes } = await get("/ready");
    expect(status).toBe(200);
    const ready = JSON.parse(bytes.toString());
    expect(ready).toMatchObject({ pret: true, base: "joignable", migrations: [] });
    expect(ready.derniere_edition.age_secondes).toBeGreaterThanOrEqual(0);
  });

  test("it is not ready without its database, and says no more than that", async () => {
    const away = connect("postgres://personne@127.0.0.1:1/rien", { max: 1 });
    const alone = buildServer({ db: away, store, log: silence });
    const ready = await alone.inject("/ready");
    expect(ready.statusCode).toBe(503);
    expect(ready.json()).toMatchObject({ pret: false, base: "injoignable" });
    expect((await alone.inject("/health")).statusCode).toBe(200);
    const feed = await alone.inject("/flux/public/offre-info.xml");
    expect(feed.statusCode).toBe(500);
    expect(feed.body).not.toMatch(/ECONNREFUSED|\.ts/);
    await alone.close();
    await away.destroy();
  });

  test("it is not ready when a migration is missing", async () => {
    await database.db("knex_migrations").where({ name: "0003_delivery" }).delete();
    const { status, bytes } = await get("/ready");
    expect(status).toBe(503);
    expect(JSON.parse(bytes.toString())).toMatchObject({ pret: false, migrations: ["0003_delivery"] });
  });
});
