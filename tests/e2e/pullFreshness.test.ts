import type { FastifyInstance } from "fastify";
import { Pool } from "undici";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createKey, revokeKey } from "../../src/access/index.ts";
import { buildServer } from "../../src/http/index.ts";
import { openStore, type Snapshot, type Store } from "../../src/snapshot/index.ts";
import { useDatabase } from "../support/database.ts";
import { addPartner, addProfil, eventually, publishFeed, silence, useFolder } from "../support/diffusion.ts";

/** Requests share readings of the base when there are many: what each may still rely on. */
const database = useDatabase();
const folder = useFolder();
let store: Store;
let app: FastifyInstance;
let pool: Pool;
let first: Snapshot;

beforeAll(async () => {
  store = await openStore(folder.dir);
  app = buildServer({ db: database.db, store, log: silence });
  pool = new Pool(await app.listen({ host: "127.0.0.1", port: 0 }), { connections: 16 });
  await addProfil(database.db, "rco");
  first = await publishFeed(database.db, store, "rco", "un");
});
afterAll(async () => {
  await pool.destroy();
  await app.close();
});

async function take(headers: Record<string, string> = {}, path = "/flux/rco/offre-info.xml") {
  const { statusCode, headers: answered, body } = await pool.request({ method: "GET", path, headers });
  await body.dump();
  return { status: statusCode, etag: answered.etag };
}
const etagOf = ({ file }: Snapshot) => `"${file?.sha256}"`;

test("who comes alone sees what was published just before", async () => {
  for (const word of ["deux", "trois", "quatre"]) {
    const feed = await publishFeed(database.db, store, "rco", word);
    expect((await take()).etag).toBe(etagOf(feed));
  }
});

test("a crowd costs a few readings, and soon sees the new feed", async () => {
  const feed = await publishFeed(database.db, store, "rco", "cinq");
  let asked = 0;
  const counted = () => {
    asked += 1;
  };
  database.db.on("query", counted);
  const until = performance.now() + 400;
  let answers = 0;
  const one = async (): Promise<void> => {
    while (performance.now() < until) {
      expect((await take({ "if-none-match": etagOf(feed) })).status).toBe(304);
      answers += 1;
    }
  };
  await Promise.all(Array.from({ length: 16 }, one));
  database.db.off("query", counted);
  expect(answers).toBeGreaterThan(16);
  expect(asked).toBeLessThan(answers / 3);
  const next = await publishFeed(database.db, store, "rco", "six");
  const at = performance.now();
  await eventually(async () => {
    const all = await Promise.all(Array.from({ length: 16 }, () => take()));
    return all.every(({ etag }) => etag === etagOf(next)) ? true : undefined;
  }, "the new feed for all");
  expect(performance.now() - at).toBeLessThan(5_000);
  expect(etagOf(next)).not.toBe(etagOf(first));
});

test("a key that is revoked opens nothing more, in a crowd too", async () => {
  await addProfil(database.db, "ferme", { acces: "restreint" });
  await addPartner(database.db, "bon", "ferme", { type: "dossier", chemin: folder.dir });
  await publishFeed(database.db, store, "ferme", "secret");
  const made = await createKey(database.db, { partner: "bon", nom: "nuit" }, "essai");
  const headers = { authorization: `Bearer ${"cle" in made ? made.cle : ""}` };
  const crowd = () =>
    Promise.all(Array.from({ length: 16 }, () => take(headers, "/flux/ferme/manifest.json")));
  expect((await crowd()).map(({ status }) => status)).toEqual(Array(16).fill(200));
  const { id } = await database.db("partner_key").first("id");
  await revokeKey(database.db, id, "essai");
  expect((await crowd()).map(({ status }) => status)).toEqual(Array(16).fill(401));
});
