import { createHmac, randomBytes } from "node:crypto";
import { createServer, type IncomingHttpHeaders } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import { afterEach, beforeEach, expect, test } from "vitest";
import {
  type Channel,
  ChannelError,
  closeAlert,
  journalChannel,
  mailChannel,
  openAlert,
  reconcileAlerts,
  registerChannels,
  sendAlerts,
  webhookChannel,
} from "../../src/alert/index.ts";
import { createLogger } from "../../src/log/index.ts";
import { useDatabase } from "../support/database.ts";
import { type Smtp, startSmtp } from "../support/smtp.ts";

const database = useDatabase();
const closing: (() => Promise<void>)[] = [];
const journal: string[] = [];
const log = createLogger({ level: "debug", destination: { write: (line) => void journal.push(line) } });

beforeEach(async () => {
  journal.length = 0;
  await database.shiftClock("0");
  await database.clear();
});
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

const KAIROS = {
  cle: "partenaire:kairos",
  code: "tache-en-echec",
  message: "Kairos refuse notre accès (401).",
} as const;
const open = (alerte: Parameters<typeof openAlert>[1] = KAIROS) =>
  database.db.transaction((trx) => openAlert(trx, alerte));
const close = (cle: string = KAIROS.cle) => database.db.transaction((trx) => closeAlert(trx, cle));
const send = (channels: readonly Channel[]) => sendAlerts(database.db, channels, { log });
const rows = () => database.db("alert_envoi").orderBy(["alert_id", "transition", "canal"]);

/** A channel that remembers, without waits unless asked. */
function memory(fields: Partial<Channel> = {}) {
  const told: { id: string; etat: string; sujet: string; texte: string; fois: number }[] = [];
  const channel: Channel = {
    id: "webhook",
    attente: 0,
    intervalle: 0,
    async send({ id, etat, sujet, texte, fois }) {
      told.push({ id, etat, sujet, texte, fois });
    },
    ...fields,
  };
  return { told, channel };
}

async function startSmtpHere(options: Parameters<typeof startSmtp>[0] = {}): Promise<Smtp> {
  const smtp = await startSmtp(options);
  closing.push(smtp.close);
  return smtp;
}

test("transitions only: an alert opens once, closes once, and each is told once", async () => {
  const { told, channel } = memory();
  await registerChannels(database.db, [channel]);
  expect([await open(), await open()]).toEqual([true, false]);
  await send([channel]);
  await send([channel]);
  expect([await close(), await close()]).toEqual([true, false]);
  await send([channel]);
  expect(told.map(({ id, etat }) => [id, etat])).toEqual([
    ["alerte-1-ouverte", "ouverte"],
    ["alerte-1-resolue", "resolue"],
  ]);
  expect(told[0]?.sujet).toBe("[offre-info] Alerte : Une tâche programmée échoue");
  expect(told[0]?.texte).toMatch(
    /Kairos refuse.*\n\nDepuis : \d\d\/\d\d\/\d{4} à \d\d:\d\d\nQue faire : Lisez/s,
  );
  expect(told[1]?.texte).toContain("Terminé : ");
});

test("an alert stands or falls with its transaction, and the rows of its channels with it", async () => {
  await expect(
    database.db.transaction(async (trx) => {
      await openAlert(trx, KAIROS);
      throw new Error("undone");
    }),
  ).rejects.toThrow("undone");
  expect(await database.db("alert")).toEqual([]);
  await registerChannels(database.db, [memory().channel, memory({ id: "mail" }).channel]);
  await open();
  expect((await rows()).map(({ transition, canal, etat }) => [transition, canal, etat])).toEqual([
    ["ouverte", "mail", "a_envoyer"],
    ["ouverte", "webhook", "a_envoyer"],
  ]);
});

test("processes that raise the same alert at once open one", async () => {
  const opened = await Promise.all(Array.from({ length: 6 }, () => open()));
  expect(opened.filter(Boolean)).toHaveLength(1);
});

test("processes that send at once tell each transition once", async () => {
  const { told, channel } = memory();
  await registerChannels(database.db, [channel]);
  for (let rank = 0; rank < 12; rank += 1) await open({ ...KAIROS, cle: `partenaire:${rank}` });
  await Promise.all(Array.from({ length: 4 }, () => send([channel])));
  await send([channel]);
  expect(new Set(told.map(({ id }) => id)).size).toBe(12);
  expect(told).toHaveLength(12);
});

test("what opens and closes at once is one message; what comes and goes is grouped", async () => {
  const { told, channel } = memory({ attente: 2, intervalle: 10 });
  await registerChannels(database.db, [channel]);
  await open();
  await send([channel]);
  await close();
  await send([channel]);
  expect(told).toEqual([]);
  await database.shiftClock("3 minutes");
  await send([channel]);
  expect(told.map(({ id, etat }) => [id, etat])).toEqual([["alerte-1-resolue", "passagere"]]);
  for (let rank = 0; rank < 3; rank += 1) {
    await open();
    await close();
  }
  await open();
  await database.shiftClock("12 minutes");
  await send([channel]);
  expect(told).toHaveLength(1);
  await database.shiftClock("14 minutes");
  await send([channel]);
  expect(told.slice(1)).toMatchObject([{ id: "alerte-5-ouverte", etat: "ouverte", fois: 4 }]);
  expect(told[1]?.sujet).toContain("(4 fois)");
});

test("a channel that fails is tried again later and later, then given up, and keeps no other waiting", async () => {
  const broken = memory({
    async send() {
      throw new ChannelError("Le webhook a répondu 500.");
    },
  });
  const well = memory({ id: "mail" });
  const channels = [broken.channel, well.channel];
  await registerChannels(database.db, channels);
  await open();
  expect(await send(channels)).toEqual({ envoyes: 1, echecs: 1, abandonnes: 0 });
  expect(await send(channels)).toEqual({ envoyes: 0, echecs: 0, abandonnes: 0 });
  await database.shiftClock("61 seconds");
  expect(await send(channels)).toEqual({ envoyes: 0, echecs: 1, abandonnes: 0 });
  await database
    .db("alert_envoi")
    .where({ canal: "webhook" })
    .update({ essais: 11, prochain_at: new Date(0) });
  expect(await send(channels)).toEqual({ envoyes: 0, echecs: 0, abandonnes: 1 });
  expect(await rows()).toMatchObject([
    { canal: "mail", etat: "envoye" },
    { canal: "webhook", etat: "abandonne", erreur: "Le webhook a répondu 500." },
  ]);
  expect(journal.join("")).toContain("alert.given_up");
});

test("a process that vanished while telling: told again under the same id", async () => {
  const { told, channel } = memory();
  await registerChannels(database.db, [channel]);
  await open();
  await database
    .db("alert_envoi")
    .update({ essais: 1, lease_until: database.db.raw("horloge() + interval '1 minute'") });
  await send([channel]);
  expect(told).toEqual([]);
  await database.shiftClock("2 minutes");
  await send([channel]);
  expect(told.map(({ id }) => id)).toEqual(["alerte-1-ouverte"]);
});

test("a channel that leaves the settings is no longer waited for", async () => {
  const { channel } = memory();
  await registerChannels(database.db, [channel]);
  await open();
  await registerChannels(database.db, [journalChannel(log)]);
  expect(await rows()).toMatchObject([{ canal: "webhook", etat: "abandonne" }]);
  await close();
  await send([journalChannel(log)]);
  expect(journal.join("")).toContain("[offre-info] Résolu");
});

test("alerts of a state are brought to what is true now", async () => {
  const is = (...cles: string[]) =>
    reconcileAlerts(
      database.db,
      "tache-en-echec",
      cles.map((cle) => ({ cle, message: cle })),
    );
  expect(await is("a", "b")).toEqual({ ouvertes: 2, resolues: 0 });
  expect(await is("b", "c")).toEqual({ ouvertes: 1, resolues: 1 });
  expect(await is("b", "c")).toEqual({ ouvertes: 0, resolues: 0 });
  expect(await database.db("alert").whereNull("closed_at").orderBy("cle").pluck("cle")).toEqual(["b", "c"]);
});

test("mail: in French, to all, under an id of its own; a server that is down gets it when it is back", async () => {
  const down = await startSmtp();
  await down.close();
  const account = { user: "offre", pass: "s3cret-du-courrier" };
  const mail = mailChannel({
    smtpUrl: `smtp://offre:s3cret-du-courrier@127.0.0.1:${down.port}`,
    to: ["astreinte@exemple.fr", "chef@exemple.fr"],
    from: "offre-info@exemple.fr",
  });
  await registerChannels(database.db, [mail]);
  await open();
  await database.shiftClock("3 minutes");
  expect(await send([mail])).toMatchObject({ echecs: 1 });
  const smtp = await startSmtpHere({ port: down.port, account });
  await database.shiftClock("5 minutes");
  expect(await send([mail])).toMatchObject({ envoyes: 1 });
  expect(smtp.mails).toMatchObject([
    { from: "offre-info@exemple.fr", to: ["astreinte@exemple.fr", "chef@exemple.fr"] },
  ]);
  expect(smtp.mails[0]?.source).toContain("Subject: [offre-info] Alerte : Une tâche programmée échoue");
  expect(smtp.mails[0]?.source).toContain("Message-ID: <alerte-1-ouverte@exemple.fr>");
  expect(smtp.mails[0]?.source).toContain("Kairos refuse notre accès (401).");
  expect(journal.join("")).not.toContain("s3cret");
});

test("mail: a refused account is said without showing it", async () => {
  const smtp = await startSmtpHere({ account: { user: "autre", pass: "autre" } });
  const url = smtp.url.replace("://", "://offre:s3cret-du-courrier@");
  const mail = mailChannel({ smtpUrl: url, to: ["a@exemple.fr"], from: "b@exemple.fr" });
  await registerChannels(database.db, [mail]);
  await open();
  await database.shiftClock("3 minutes");
  expect(await send([mail])).toMatchObject({ echecs: 1 });
  const [row] = await rows();
  expect(row?.erreur).toContain("refuse le compte");
  expect(`${row?.erreur}${journal.join("")}`).not.toContain("s3cret");
  expect(smtp.mails).toEqual([]);
});

/** A real receiver. */
async function startReceiver(status: number) {
  const seen: { headers: IncomingHttpHeaders; body: string }[] = [];
  const server = createServer(async (request, response) => {
    seen.push({ headers: request.headers, body: await text(request) });
    response.writeHead(status, status === 302 ? { location: "http://169.254.169.254/" } : {}).end("reçu");
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  closing.push(() => new Promise((resolve) => server.close(() => resolve())));
  return { seen, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/alertes?jeton=s3cret` };
}

const KEY = randomBytes(32);
const SECRET = `whsec_${KEY.toString("base64")}`;

test("webhook: signed over id, timestamp and body, as Standard Webhooks says", async () => {
  const { seen, url } = await startReceiver(204);
  const webhook = webhookChannel({ url, secret: SECRET, interne: true });
  await registerChannels(database.db, [webhook]);
  await open({ ...KAIROS, detail: { status: 401 } });
  await database.shiftClock("3 minutes");
  await send([webhook]);
  const { headers = {}, body = "" } = seen[0] ?? {};
  const said = `${headers["webhook-id"]}.${headers["webhook-timestamp"]}.${body}`;
  expect(headers["webhook-signature"]).toBe(`v1,${createHmac("sha256", KEY).update(said).digest("base64")}`);
  expect(headers["webhook-id"]).toBe("alerte-1-ouverte");
  expect(JSON.parse(body)).toMatchObject({
    type: "alerte.ouverte",
    data: { cle: KAIROS.cle, message: KAIROS.message, detail: { status: 401 }, resolue_le: null },
  });
});

test("webhook: a failure, a redirection or an inside address is said, without the address nor the key", async () => {
  const causes = [];
  for (const [status, interne] of [
    [500, true],
    [302, true],
    [204, false],
  ] as const) {
    await database.clear();
    const { seen, url } = await startReceiver(status);
    const webhook = webhookChannel({ url, secret: SECRET, interne });
    await registerChannels(database.db, [webhook]);
    await database.shiftClock("0");
    await open();
    await database.shiftClock("3 minutes");
    await send([webhook]);
    causes.push([(await rows())[0]?.erreur, seen.length]);
  }
  expect(causes).toEqual([
    ["Le webhook a répondu 500.", 1],
    ["Le webhook a répondu 302.", 1],
    [expect.stringContaining("ALERT_WEBHOOK_INTERNE"), 0],
  ]);
  expect(`${JSON.stringify(causes)}${journal.join("")}`).not.toMatch(/s3cret|whsec_|jeton/);
});
