import { request } from "undici";
import { afterEach, describe, expect, test } from "vitest";
import { signOut } from "../../src/access/index.ts";
import { closeAlert, openAlert } from "../../src/alert/index.ts";
import { connect } from "../../src/db/index.ts";
import { planDeliveries } from "../../src/delivery/index.ts";
import { buildServer, site as plugin } from "../../src/http/index.ts";
import { openStore } from "../../src/snapshot/index.ts";
import { useDatabase } from "../support/database.ts";
import { addPartner, addProfil, publishFeed, silence, useFolder } from "../support/diffusion.ts";
import { useSite } from "../support/site.ts";

/** What pages follow while they are shown. */
const RYTHME = { regard: 25, souffle: 60 };
const database = useDatabase();
const folder = useFolder();
const site = useSite(database, () => ({ rythme: RYTHME }));

interface Message {
  readonly event: string;
  readonly data: string;
  readonly id: string | undefined;
}

/** A stream as a browser reads it. */
interface Flux {
  readonly status: number;
  readonly type: string;
  /** The next message of these; rejects when the stream ends before. */
  next(...events: string[]): Promise<Message>;
  /** All that came, once the server ended it. */
  ended(): Promise<readonly Message[]>;
  close(): void;
}

const opened: Flux[] = [];
afterEach(() => {
  for (const flux of opened.splice(0)) flux.close();
});

async function follow(
  jeton: string | undefined,
  sujets: string,
  { vu, dernier, base = site.url }: { vu?: string; dernier?: string; base?: string } = {},
): Promise<Flux> {
  const query = new URLSearchParams({ sujets, ...(vu === undefined ? {} : { vu }) });
  const { statusCode, headers, body } = await request(`${base}/direct?${query}`, {
    headers: {
      accept: "text/event-stream",
      ...(jeton === undefined ? {} : { cookie: `offre-info=${jeton}` }),
      ...(dernier === undefined ? {} : { "last-event-id": dernier }),
    },
  });
  const messages: Message[] = [];
  let waiting: (() => void)[] = [];
  let over = false;
  const wake = () => {
    for (const one of waiting.splice(0)) one();
  };
  const read = async () => {
    let text = "";
    for await (const chunk of body) {
      text += String(chunk);
      const parts = text.split("\n\n");
      text = parts.pop() ?? "";
      for (const part of parts) {
        const field = (name: string) => new RegExp(`^${name}: ?(.*)$`, "m").exec(part)?.[1];
        const event = field("event");
        if (event !== undefined) messages.push({ event, data: field("data") ?? "", id: field("id") });
      }
      wake();
    }
  };
  const done = read()
    .catch(() => undefined)
    .finally(() => {
      over = true;
      wake();
    });
  let taken = 0;
  const flux: Flux = {
    status: statusCode,
    type: String(headers["content-type"]),
    async next(...events) {
      for (;;) {
        const found = messages.slice(taken).find(({ event }) => events.includes(event));
        if (found !== undefined) {
          taken = messages.indexOf(found) + 1;
          return found;
        }
        if (over) throw new Error(`the stream ended after ${JSON.stringify(messages)}`);
        await new Promise<void>((resolve) => waiting.push(resolve));
      }
    },
    async ended() {
      await done;
      return messages;
    },
    close: () => void body.destroy(),
  };
  body.on("error", () => undefined);
  waiting = [];
  opened.push(flux);
  return flux;
}

let noms = 0;
const enter = (role: "membre" | "lecteur" = "lecteur") => {
  noms += 1;
  return site.enter(`personne-${noms}`, role);
};

const alerte = (cle: string, message = "Le disque est plein.") =>
  database.db.transaction((trx) =>
    openAlert(trx, { cle, code: "diffusion-abandonnee", message, detail: {} }),
  );

/** Something new to send, and what comes of it. */
async function publish(name: string): Promise<void> {
  const { db } = database;
  await publishFeed(db, await openStore(folder.dir), "rco", name);
  await planDeliveries(db);
}

describe("a stream", () => {
  test("says at once that there is something to read, then each change, and the alerts that are open", async () => {
    await addProfil(database.db, "rco");
    await addPartner(database.db, "a", "rco", { type: "dossier", chemin: folder.dir });
    const flux = await follow(await enter(), "diffusions");
    expect(flux).toMatchObject({ status: 200, type: "text/event-stream; charset=utf-8" });
    expect(await flux.next("alertes")).toMatchObject({ data: "0" });
    const first = await flux.next("maj");

    await publish("un");
    const second = await flux.next("maj");
    expect(second.id).not.toBe(first.id);
    await database.db("delivery").update({ etat: "canceled", motif: "essai" });
    expect((await flux.next("maj")).id).not.toBe(second.id);

    await alerte("essai:un");
    expect(await flux.next("alertes", "maj")).toMatchObject({ event: "alertes", data: "1" });
    await database.db.transaction((trx) => closeAlert(trx, "essai:un"));
    expect(await flux.next("alertes", "maj")).toMatchObject({ event: "alertes", data: "0" });
  });

  test("opened again, it says what was missed, and nothing when nothing was", async () => {
    const jeton = await enter();
    const before = await follow(jeton, "alertes");
    const { id = "" } = await before.next("maj");
    before.close();

    const same = await follow(jeton, "alertes", { dernier: id });
    const byAddress = await follow(jeton, "alertes", { vu: id });
    for (const flux of [same, byAddress]) await flux.next("alertes");
    await alerte("essai:pendant");
    // The first thing that they say is what has just happened.
    const { id: after } = await same.next("maj");
    expect(await byAddress.next("maj")).toMatchObject({ id: after });
    same.close();

    await database.db.transaction((trx) => closeAlert(trx, "essai:pendant"));
    await alerte("essai:absence");
    const missed = await follow(jeton, "alertes", { dernier: after ?? "" });
    expect((await missed.next("maj")).id).not.toBe(after);
  });

  test("a page that was read a moment ago follows from there", async () => {
    const jeton = await enter();
    const flux = await follow(jeton, "diffusions,editions,alertes");
    const { id } = await flux.next("maj");
    const { html } = await site.as(jeton).get("/");
    expect(html).toContain(`vu=${id}`);
  });

  test("ends when the session does, which it does not keep alive", async () => {
    const jeton = await enter();
    const { db } = database;
    const seen = async () => (await db("connexion").max({ at: "seen_at" }).first())?.at;
    await db("connexion").update({ seen_at: db.raw("horloge() - interval '90 minutes'") });
    const before = await seen();
    const flux = await follow(jeton, "diffusions");
    await flux.next("maj");
    await request(`${site.url}/`, { headers: { cookie: `offre-info=${jeton}`, "hx-request": "true" } });
    expect(await seen()).toEqual(before);
    await signOut(db, jeton);
    expect((await flux.ended()).at(-1)?.event).toBe("fin");
    expect((await follow(jeton, "diffusions")).status).toBe(401);
  });

  test("is for those who see the pages, and a page that reads itself again is not sent to sign in", async () => {
    expect((await follow(undefined, "diffusions")).status).toBe(401);
    expect((await follow(await enter("membre"), "diffusions")).status).toBe(403);
    const { statusCode } = await request(`${site.url}/`, {
      headers: { accept: "text/html", "hx-request": "true" },
    });
    expect(statusCode).toBe(401);
  });

  test("one person has a dozen of them; a closed one leaves its place", async () => {
    const jeton = await enter();
    const all = [];
    for (let n = 0; n < 12; n += 1) all.push(await follow(jeton, "diffusions"));
    expect(all.every(({ status }) => status === 200)).toBe(true);
    expect((await follow(jeton, "diffusions")).status).toBe(503);
    expect((await follow(await enter(), "diffusions")).status).toBe(200);
    all[0]?.close();
    let again = await follow(jeton, "diffusions");
    while (again.status === 503) again = await follow(jeton, "diffusions");
    expect(again.status).toBe(200);
  });
});

/** Another server of the same database, on connections of its own. */
async function another(regard: number) {
  const db = connect(database.url);
  const app = buildServer({
    db,
    store: await openStore(folder.dir),
    log: silence,
    base: "",
    plugins: [plugin({ db, secure: false, rythme: { ...RYTHME, regard } })],
  });
  app.addHook("onClose", () => db.destroy());
  return { app, db, base: await app.listen({ host: "127.0.0.1", port: 0 }) };
}

test("one look serves all who follow", async () => {
  const { app, db, base } = await another(600_000);
  let looks = 0;
  const count = ({ sql }: { sql: string }) => {
    if (sql.includes("AS rejeux")) looks += 1;
  };
  db.on("query", count);
  try {
    const jeton = await enter();
    const first = await follow(jeton, "diffusions", { base });
    await first.next("maj");
    const all = await Promise.all([1, 2, 3].map(() => follow(jeton, "alertes,rejeux", { base })));
    for (const flux of all) await flux.next("maj");
    expect(looks).toBe(1);
  } finally {
    await app.close();
  }
});

test("stopping ends the streams at once", async () => {
  const { app, base } = await another(RYTHME.regard);
  const flux = await follow(await enter(), "diffusions", { base });
  await flux.next("maj");
  const since = performance.now();
  await app.close();
  await flux.ended();
  expect(performance.now() - since).toBeLessThan(2_000);
});

test("it is only read: asked for without its body, it opens nothing", async () => {
  const { statusCode } = await request(`${site.url}/direct`, {
    method: "HEAD",
    headers: { cookie: `offre-info=${await enter()}` },
  });
  expect(statusCode).toBeGreaterThanOrEqual(404);
});

test("what keeps pages up to date is one file of ours, kept for good under its own address", async () => {
  const lecteur = site.as(await enter());
  const { html } = await lecteur.get("/diffusions?etat=accepted");
  const [, adresse = ""] = /<script src="([^"]+)"/.exec(html) ?? [];
  const script = await lecteur.get(adresse);
  expect(script.status).toBe(200);
  expect(script.headers).toMatchObject({
    "content-type": "text/javascript; charset=utf-8",
    "cache-control": "public, max-age=31536000, immutable",
  });
  expect(html).toContain('hx-get="/diffusions?etat=accepted"');
  // Coming in is done without it, and so is what is not to move under who types.
  expect((await lecteur.get("/connexion")).html).not.toContain("<script");
  expect((await lecteur.get("/journal")).html).not.toContain("hx-get");
});
