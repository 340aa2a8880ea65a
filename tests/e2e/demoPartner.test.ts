import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { request } from "node:http";
import path from "node:path";
import { gzipSync } from "node:zlib";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type DemoPartner, startDemoPartner } from "../../fixtures/partners/index.ts";
import { type Answer, openRetrieval, readReceipt, receiptsOf, zAccuse } from "../../src/delivery/index.ts";
import { zTransport } from "../../src/partner/index.ts";
import { eventually, silence, useFolder } from "../support/diffusion.ts";

const XML = readFileSync(
  new URL("../../fixtures/cases/certifiante-totale/expected.xml", import.meta.url),
  "utf8",
);
const MOST = 1_000_000;

/** How its reports are read. */
const ACCUSE = {
  source: { type: "https", dossier: "/retours/retours/", fichiers: "traitement_*.csv" },
  format: "csv",
  champs: { diffusion: "envoi", session: "session", statut: "etat", code: "code", message: "message" },
  statuts: { visible: ["visible"], refusee: ["refusee"] },
} as const;

const folder = useFolder();
let partner: DemoPartner;
let rank = 0;
beforeAll(async () => {
  partner = await startDemoPartner({ dir: folder.dir, log: silence, most: MOST });
});
afterAll(() => partner.close());

interface Sent {
  readonly method?: "PUT" | "POST";
  readonly headers?: Record<string, string>;
  readonly key?: string;
  readonly profil?: string;
}

async function send(body: string | Buffer, { method = "PUT", headers = {}, key, profil = "rco" }: Sent = {}) {
  rank += 1;
  const digest = createHash("sha256").update(body).digest("base64");
  const answer = await fetch(`${partner.url}/depot/${profil}`, {
    method,
    body: typeof body === "string" ? body : new Uint8Array(body),
    headers: {
      "content-type": "application/xml; charset=utf-8",
      "content-digest": `sha-256=:${digest}:`,
      "idempotency-key": key ?? `essai-${String(rank).padStart(3, "0")}`,
      ...headers,
    },
  });
  const text = await answer.text();
  return { status: answer.status, text, json: JSON.parse(text) };
}

const stored = (profil = "rco") => readdirSync(path.join(folder.dir, profil)).sort();

test.each(["PUT", "POST"] as const)("%s: a file is kept, and the answer is a receipt", async (method) => {
  const { status, text, json } = await send(XML, { method, key: `recu-${method}` });
  expect(status).toBe(201);
  expect(json).toMatchObject({ accuse: "reception", formations: 1, refusees: 0, refuses: [] });
  expect(json.sessions).toBeGreaterThan(0);
  expect(json.acceptees).toBe(json.sessions);
  expect(readFileSync(path.join(folder.dir, "rco", `recu-${method}.xml`), "utf8")).toBe(XML);
  const outcome: Answer = { kind: "reponse", status, body: text, cut: false };
  expect(receiptsOf(outcome)).toMatchObject([
    { etape: "reception", issue: "recue", detail: { formations: 1, sessions: json.sessions } },
    { etape: "traitement", issue: "acceptee", detail: { acceptees: json.sessions, refusees: 0 } },
  ]);
});

test.each([
  ["its type", { "content-type": "application/gzip" }],
  ["its encoding", { "content-encoding": "gzip" }],
])("gzip said by %s is read as what it holds", async (_how, headers) => {
  const { status, json } = await send(gzipSync(XML), { headers });
  expect(status).toBe(201);
  expect(json).toMatchObject({ formations: 1, refuses: [] });
});

test("the same key is received once and answered the same; another content under it is refused", async () => {
  const first = await send(XML, { key: "cle-1", profil: "cles" });
  const [second, third] = await Promise.all([
    send(XML, { key: "cle-1", profil: "cles" }),
    send(XML, { key: "cle-1", profil: "cles" }),
  ]);
  expect([first.status, second.status, third.status]).toEqual([201, 200, 200]);
  expect([second.text, third.text]).toEqual([first.text, first.text]);
  const other = await send(`${XML}\n`, { key: "cle-1", profil: "cles" });
  expect(other).toMatchObject({ status: 422, json: { accuse: "rejet" } });
  expect(stored("cles")).toEqual(["cle-1.json", "cle-1.xml"]);
});

test("a session that this profile refuses is named in the receipt", async () => {
  // The publication accepts it, the rules do not: a session that ends before it begins.
  const wrong = XML.replace(
    /<periode>\s*<debut>(\d{8})<\/debut>\s*<fin>\d{8}<\/fin>/,
    "<periode><debut>$1</debut><fin>20000101</fin>",
  );
  expect(wrong).not.toBe(XML);
  const { status, json } = await send(wrong);
  expect(status).toBe(201);
  expect(json.refusees).toBe(1);
  expect(json.acceptees).toBe(json.sessions - 1);
  expect(json.refuses[0]).toMatchObject({
    session: expect.stringMatching(/./),
    code: expect.stringMatching(/./),
    message: expect.stringMatching(/./),
  });
});

test("what was made of each session is left for us to fetch, and reads as what it is", async () => {
  const { json } = await send(XML, { key: "retour-1", profil: "retours" });
  const transport = zTransport.parse({ type: "https", url: `${partner.url}/depot/retours` });
  const retrieval = await openRetrieval(
    { transport, interne: true },
    new Map(),
    new AbortController().signal,
  );
  const files = await retrieval.list("/retours/retours/");
  expect(files).toMatchObject([{ nom: "traitement_retour-1.csv", modifieLe: expect.any(Date) }]);
  const bytes = await retrieval.read("/retours/retours/traitement_retour-1.csv", MOST);
  const { value, notices } = await readReceipt(bytes, zAccuse.parse(ACCUSE));
  expect(notices).toEqual([]);
  expect(value.entete).toEqual({ diffusion: "retour-1" });
  expect(value.lignes.map(({ statut }) => statut)).toEqual(Array(json.sessions).fill("visible"));
  await retrieval.close();
  expect((await fetch(`${partner.url}/retours/retours/traitement_autre.csv`)).status).toBe(404);
});

test("what the schema refuses, what is cut short and what is no XML are rejected as a whole", async () => {
  for (const body of [XML.replaceAll("action", "actions"), XML.slice(0, XML.length / 2), "bonjour"]) {
    const { status, json } = await send(body);
    expect(status).toBe(422);
    expect(json).toMatchObject({ accuse: "rejet", acceptees: 0 });
    expect(json.refuses.length).toBeGreaterThan(0);
  }
});

test("what cannot be taken is answered clearly, in French, and nothing of it stays", async () => {
  const before = stored();
  const zeros = Buffer.alloc(32).toString("base64");
  for (const [status, words, body, sent] of [
    [400, /empreinte annoncée/, XML, { headers: { "content-digest": `sha-256=:${zeros}:` } }],
    [400, /Content-Digest/, XML, { headers: { "content-digest": "md5=:x:" } }],
    [400, /Idempotency-Key/, XML, { key: "../ailleurs" }],
    [413, /trop gros : 1000000 octets/, "x".repeat(MOST + 1), {}],
    [415, /application\/xml ou application\/gzip/, XML, { headers: { "content-type": "text/plain" } }],
    [400, /profil/, XML, { profil: "..%2Fetc" }],
  ] as const) {
    const answer = await send(body, sent);
    expect(answer).toMatchObject({ status, json: { accuse: "rejet", motif: expect.stringMatching(words) } });
  }
  const nothing = await fetch(`${partner.url}/depot/rco`, { method: "PUT" });
  expect(nothing.status).toBe(400);
  expect(await nothing.json()).toMatchObject({ accuse: "rejet", motif: "Un fichier est attendu." });
  expect(stored()).toEqual(before);
});

test("a deposit cut in the middle leaves nothing, and can be made again under its key", async () => {
  const before = stored();
  const digest = createHash("sha256").update(XML).digest("base64");
  const cut = request(`${partner.url}/depot/rco`, {
    method: "PUT",
    headers: {
      "content-type": "application/xml",
      "content-length": Buffer.byteLength(XML),
      "content-digest": `sha-256=:${digest}:`,
      "idempotency-key": "coupe",
    },
  });
  cut.on("error", () => undefined);
  cut.write(XML.slice(0, 500));
  await eventually(() => (stored().includes(".coupe.part") ? true : undefined), "the beginning of the file");
  cut.destroy();
  await new Promise((resolve) => cut.once("close", resolve));
  await eventually(() => (stored().includes(".coupe.part") ? undefined : true), "its removal");
  expect(stored()).toEqual(before);
  expect(await send(XML, { key: "coupe" })).toMatchObject({ status: 201 });
});
