import { once } from "node:events";
import type { FastifyInstance } from "fastify";
import { request } from "undici";
import { beforeAll, beforeEach, describe, expect, test } from "vitest";
import { createKey } from "../../src/access/index.ts";
import { buildServer } from "../../src/http/index.ts";
import { lastPull, openStore, type Snapshot, type Store } from "../../src/snapshot/index.ts";
import { useDatabase } from "../support/database.ts";
import {
  addPartner,
  addProfil,
  eventually,
  feedXml,
  publishFeed,
  silence,
  useFolder,
} from "../support/diffusion.ts";
import { dial } from "../support/rawHttp.ts";

/** Who took what, as the base keeps it. */
const database = useDatabase();
const folder = useFolder();
const URL = "/flux/ferme/offre-info.xml";
let store: Store;
let snapshot: Snapshot;
let authorization = "";

beforeAll(async () => {
  const { db } = database;
  store = await openStore(folder.dir);
  await addProfil(db, "ferme", { acces: "restreint" });
  await addProfil(db, "ouvert");
  await addPartner(db, "bon", "ferme", { type: "dossier", chemin: folder.dir });
  snapshot = await publishFeed(db, store, "ferme", "secret");
  await publishFeed(db, store, "ouvert", "public", 8_000_000);
  const made = await createKey(db, { partner: "bon", nom: "essai" }, "essai");
  authorization = `Bearer ${"cle" in made ? made.cle : ""}`;
});
beforeEach(async () => {
  await database.db("pull").delete();
});

/** Uses a server, then closes it: what it counts is written by then. */
async function serving(use: (base: string) => Promise<void>): Promise<void> {
  const app: FastifyInstance = buildServer({ db: database.db, store, log: silence });
  await use(await app.listen({ host: "127.0.0.1", port: 0 }));
  await app.close();
}

async function take(target: string, headers: Record<string, string> = {}, method: "GET" | "HEAD" = "GET") {
  const { statusCode, body } = await request(target, { method, headers });
  await body.dump();
  return statusCode;
}

const rows = () =>
  database
    .db("pull")
    .orderBy("id")
    .select("profil", "partner", "snapshot_id", "quoi", "statut", "octets", "entier", "nombre");

const XML = Buffer.byteLength(feedXml("secret"));
const row = (fields: object) => ({
  profil: "ferme",
  partner: "bon",
  snapshot_id: snapshot.id,
  quoi: "fichier",
  statut: 200,
  octets: XML,
  entier: true,
  nombre: 1,
  ...fields,
});

describe("a partner", () => {
  test("leaves a line for each file it takes: whole, in part, or nothing new", async () => {
    await serving(async (base) => {
      await take(base + URL, { authorization });
      await eventually(async () => ((await rows()).length === 1 ? true : undefined), "the first line");
      await take(base + URL, { authorization, range: "bytes=0-9" });
      await eventually(async () => ((await rows()).length === 2 ? true : undefined), "the second line");
      await take(base + URL, { authorization, range: "bytes=10-" });
      await eventually(async () => ((await rows()).length === 3 ? true : undefined), "the third line");
      await take(base + URL, { authorization, "if-none-match": `"${snapshot.file?.sha256}"` });
    });
    expect(await rows()).toEqual([
      row({}),
      row({ statut: 206, octets: 10, entier: false }),
      row({ statut: 206, octets: XML - 10 }),
      row({ statut: 304, octets: 0 }),
    ]);
    expect(await lastPull(database.db, "bon")).toMatchObject({
      profil: "ferme",
      statut: 304,
      entier: true,
      sha256: snapshot.file?.sha256,
    });
  });

  test("leaves none for what it only asks about, nor by a key that is not one", async () => {
    await serving(async (base) => {
      await take(base + URL, { authorization }, "HEAD");
      await take(`${base}/flux/ferme/manifest.json`, { authorization });
      expect(await take(base + URL, { authorization: "Bearer oi_faux" })).toBe(401);
    });
    expect(await rows()).toEqual([]);
    expect(await lastPull(database.db, "bon")).toBeUndefined();
  });

  test("is known on a public feed too, when it says who it is", async () => {
    await serving(async (base) => {
      await take(`${base}/flux/ouvert/offre-info.xml.gz`, { authorization });
    });
    expect(await rows()).toMatchObject([{ profil: "ouvert", partner: "bon", statut: 200, entier: true }]);
  });

  test("that hangs up has not taken the whole", async () => {
    await serving(async (base) => {
      const socket = dial(base);
      await once(socket, "connect");
      socket.write(
        `GET /flux/ouvert/offre-info.xml HTTP/1.1\r\nHost: x\r\nAuthorization: ${authorization}\r\n\r\n`,
      );
      await once(socket, "readable");
      socket.destroy();
      await eventually(async () => ((await rows()).length === 1 ? true : undefined), "the line");
    });
    const [seen] = await rows();
    expect(seen).toMatchObject({ partner: "bon", statut: 200, entier: false });
    expect(seen.octets).toBeLessThan(8_000_000);
  });
});

test("the others are counted together, without a name", async () => {
  await serving(async (base) => {
    const url = `${base}/flux/ouvert/offre-info.xml.gz`;
    for (let time = 0; time < 5; time += 1) await take(url);
    await take(url, { "if-none-match": "*" });
  });
  const seen = await rows();
  expect(seen).toMatchObject([
    { profil: "ouvert", partner: null, statut: 200, entier: true, nombre: 5 },
    { profil: "ouvert", partner: null, statut: 304, entier: true, nombre: 1, octets: 0 },
  ]);
});
