import { readFileSync } from "node:fs";
import path from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type DemoPartner, startDemoPartner } from "../../fixtures/partners/index.ts";
import { type Delivery, httpsTransport, startDelivery } from "../../src/delivery/index.ts";
import { zTransport } from "../../src/partner/index.ts";
import { type Queue, startQueue } from "../../src/queue/index.ts";
import { openStore, type Store } from "../../src/snapshot/index.ts";
import { useDatabase } from "../support/database.ts";
import {
  addPartner,
  addProfil,
  attemptsOf,
  deliveriesOf,
  eventually,
  publishXml,
  silence,
  useFolder,
} from "../support/diffusion.ts";
import { calm } from "../support/envoi.ts";

const XML = readFileSync(new URL("../../fixtures/cases/apprentissage/expected.xml", import.meta.url), "utf8");

const database = useDatabase();
const folder = useFolder();
let store: Store;
let partner: DemoPartner;
let queue: Queue;
let delivery: Delivery;

beforeAll(async () => {
  const { db, url } = database;
  store = await openStore(path.join(folder.dir, "flux"));
  partner = await startDemoPartner({ dir: path.join(folder.dir, "partenaire"), log: silence });
  queue = await startQueue({ kind: "postgres", databaseUrl: url, log: silence });
  delivery = startDelivery({ db, queue, store, log: silence, sweepMs: 200 });
  await addProfil(db, "rco");
  await addPartner(db, "demo-rco", "rco", { type: "https", url: `${partner.url}/depot/rco` }, { demo: true });
});
afterAll(async () => {
  await delivery.stop();
  await queue.close();
  await partner.close();
});

const ended = (rank: number) =>
  eventually(async () => {
    const row = (await deliveriesOf(database.db, "demo-rco"))[rank];
    return row !== undefined && ["accepted", "dead"].includes(row.etat) ? row : undefined;
  }, `the end of delivery ${rank}`);

test("what is published arrives, is validated, and its receipts are kept", async () => {
  const snapshot = await publishXml(database.db, store, "rco", XML, "A");
  delivery.poke();
  const row = await ended(0);
  expect(row).toMatchObject({ etat: "accepted", sha256: snapshot.file?.sha256Gz, epoch: 1 });
  const [recu] = await partner.recus();
  expect(recu).toMatchObject({ accuse: "reception", cle: row.id, sha256: row.sha256, refuses: [] });
  expect(recu?.sessions).toBeGreaterThan(0);
  expect(await database.db("receipt").where({ delivery_id: row.id }).orderBy("id")).toMatchObject([
    { etape: "reception", detail: { status: 201, formations: recu?.formations, sessions: recu?.sessions } },
    { etape: "traitement", issue: "acceptee", detail: { acceptees: recu?.sessions, refusees: 0 } },
  ]);
});

test("the same bytes under the same key are received once, and answered the same", async () => {
  const [recu] = await partner.recus();
  const transport = zTransport.parse({ type: "https", url: `${partner.url}/depot/rco` });
  if (transport.type !== "https" || recu === undefined) throw new Error("unreachable");
  const snapshot = await database.db("feed_snapshot").where({ profil: "rco" }).first();
  const envoi = {
    id: recu.cle,
    epoch: 2,
    instant: new Date("2026-11-24T08:30:15Z"),
    profil: "rco",
    sha256Xml: snapshot?.sha256,
    formations: 1,
    sessions: 1,
    fichier: {
      path: store.pathOf(snapshot?.sha256, "xml.gz"),
      octets: snapshot?.octets_gz,
      sha256: snapshot?.sha256_gz,
      gzip: true,
      nom: "f",
    },
  };
  const push = httpsTransport(transport, { interne: true });
  expect(await push(envoi, calm())).toMatchObject({
    kind: "reponse",
    status: 200,
    body: JSON.stringify(recu),
  });
  const plain = {
    ...envoi.fichier,
    path: store.pathOf(snapshot?.sha256, "xml"),
    octets: snapshot?.octets,
    sha256: snapshot?.sha256,
    gzip: false,
  };
  expect(await push({ ...envoi, fichier: plain }, calm())).toMatchObject({ status: 422 });
  expect(
    await push({ ...envoi, id: "autre", fichier: { ...envoi.fichier, sha256: "0".repeat(64) } }, calm()),
  ).toMatchObject({ status: 400 });
  expect(await partner.recus()).toEqual([recu]);
});

test("a file that the partner rejects is dead, with its words", async () => {
  await publishXml(
    database.db,
    store,
    "rco",
    XML.replaceAll("<action ", "<actions ").replaceAll("</action>", "</actions>"),
    "B",
  );
  delivery.poke();
  const row = await ended(1);
  expect(row.etat).toBe("dead");
  expect(row.motif).toContain("422");
  expect(await attemptsOf(database.db, row.id)).toMatchObject([{ issue: "refusee", http_status: 422 }]);
  expect((await partner.recus()).find(({ cle }) => cle === row.id)).toMatchObject({ accuse: "rejet" });
});

test("content that comes back after a refusal is sent again: who knows what they kept", async () => {
  await publishXml(database.db, store, "rco", XML, "A");
  delivery.poke();
  expect(await ended(2)).toMatchObject({ etat: "accepted" });
});

test("a large file without compression goes through as well", async () => {
  const { db } = database;
  await addProfil(db, "gros");
  await addPartner(db, "gros", "gros", {
    type: "https",
    url: `${partner.url}/depot/gros`,
    methode: "POST",
    compression: "aucune",
  });
  const [head = "", formation = "", tail = ""] = XML.split(/(<formation [\s\S]*<\/formation>\n?)/);
  const many = Array.from({ length: 600 }, (_, rank) => formation.replaceAll('numero="', `numero="${rank}_`));
  const large = head + many.join("") + tail;
  expect(large.length).toBeGreaterThan(2_000_000);
  const snapshot = await publishXml(db, store, "gros", large, "A");
  delivery.poke();
  const row = await eventually(
    async () =>
      (await deliveriesOf(db, "gros")).find(({ etat }) => etat !== "scheduled" && etat !== "in_flight"),
    "its end",
  );
  expect(row.motif).toBeNull();
  expect(row).toMatchObject({ etat: "accepted", sha256: snapshot.file?.sha256 });
  expect((await partner.recus()).find(({ cle }) => cle === row.id)).toMatchObject({
    octets: snapshot.file?.octets,
  });
});
