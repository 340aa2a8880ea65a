import { gunzipSync } from "node:zlib";
import fc from "fast-check";
import { beforeEach, describe, expect, test } from "vitest";
import type { z } from "zod";
import {
  planDeliveries,
  receiptsSummary,
  sessionReceipts,
  setAccuses,
  type Taken,
  takeReceipt,
  type zAccuse,
} from "../../src/delivery/index.ts";
import { openStore, type Store } from "../../src/snapshot/index.ts";
import { type Sent, send as sendTo } from "../support/accuses.ts";
import { useDatabase } from "../support/database.ts";
import { addPartner, addProfil, deliveriesOf, publishFeed, useFolder } from "../support/diffusion.ts";

const database = useDatabase();
const folder = useFolder();
let store: Store;

const CSV: z.input<typeof zAccuse> = {
  source: { type: "depose" },
  format: "csv",
  champs: { session: "session", statut: "statut", code: "code", message: "message", diffusion: "envoi" },
  statuts: { acquittee: ["ok"], visible: ["visible"], refusee: ["refus"] },
  fichier_refuse: { champ: "statut", mots: ["fichier refusé"], code: "code", message: "message" },
};

beforeEach(async () => {
  await database.clear();
  store = await openStore(folder.dir);
  await addProfil(database.db, "rco");
  await addPartner(database.db, "a", "rco", { type: "dossier", chemin: folder.dir });
  await setAccuses(database.db, "a", [CSV]);
});

const send = (sessions: Readonly<Record<string, Sent>>) => sendTo(database.db, store, "a", sessions);

let rank = 0;
/** A file of these lines: `session;statut;code;message;envoi`. */
function take(lines: readonly string[], nom = `accuse-${++rank}.csv`): Promise<Taken> {
  const text = ["session;statut;code;message;envoi", ...lines, ""].join("\n");
  return takeReceipt(database.db, {
    partner: "a",
    nom,
    octets: Buffer.from(text),
    source: "depose",
    base: "75",
  });
}

async function states(): Promise<Record<string, string>> {
  const rows = await database.db("session_accuse").where({ partner: "a" });
  return Object.fromEntries(rows.map(({ session, etat }) => [session, etat]));
}

describe("matching", () => {
  test("numbers with and without the base, as the feed writes them, of the session or of its action", async () => {
    const id = await send({
      "001": {},
      "002": {},
      clef3: { lheo: "SE_3", action: "14_SE_3" },
      clef4: { lheo: "SE_4", action: "14_SE_4" },
    });
    const taken = await take(["001;ok;;;", "75_002;visible;;;", "14_SE_3;refus;E1;non;", "SE_4;ok;;;"]);
    expect(taken).toMatchObject({
      deja: false,
      delivery: id,
      issue: "partielle",
      comptes: { lignes: 4, acquittees: 2, visibles: 1, refusees: 1, inconnues: 0, illisibles: 0 },
    });
    expect(await states()).toEqual({
      "001": "acquittee",
      "002": "visible",
      clef3: "refusee",
      clef4: "acquittee",
    });
  });

  test("a session of another base, one we never sent and a number that is two sessions stay apart, and are kept", async () => {
    await send({ "001": {}, x1: { lheo: "SE_9", action: "14_A" }, x2: { lheo: "SE_9", action: "14_B" } });
    const taken = await take(["33_001;refus;E1;;", "777;ok;;;", "SE_9;refus;E2;;", "001;ok;;;"]);
    expect(taken).toMatchObject({ comptes: { lignes: 4, acquittees: 1, inconnues: 3 } });
    expect(await states()).toEqual({ "001": "acquittee" });
    const lines = await database.db("receipt_line").where({ statut: "inconnue_de_nous" }).orderBy("rang");
    expect(lines.map(({ rang, ecrit, session }) => [rang, ecrit, session])).toEqual([
      [2, "33_001", null],
      [3, "777", null],
      [4, "SE_9", null],
    ]);
  });

  test("the delivery that the file names, else the newest that holds its sessions", async () => {
    const first = await send({ "001": {}, "002": {} });
    const second = await send({ "002": {} });
    expect(await take(["002;ok;;;"])).toMatchObject({ delivery: second });
    expect(await take(["001;ok;;;", "002;ok;;;"])).toMatchObject({ delivery: first });
    expect(await take([`002;visible;;;${first}`])).toMatchObject({ delivery: first });
    expect(await take(["002;visible;;;"], `retour_${first}.csv`)).toMatchObject({ delivery: first });
  });

  test("a file about a delivery that is not ours changes nothing and is kept", async () => {
    await send({ "001": {} });
    const taken = await take(["001;refus;E1;;20200101T000000Z-a-000000"]);
    expect(taken).toMatchObject({ delivery: undefined, issue: "inconnue", comptes: { inconnues: 1 } });
    expect(await states()).toEqual({});
    expect(await database.db("alert").whereNull("closed_at")).toMatchObject([{ code: "accuse-illisible" }]);
    await take(["001;ok;;;"]);
    expect(await database.db("alert").whereNull("closed_at")).toEqual([]);
  });
});

test("the same file is taken once, and what it held is kept byte for byte", async () => {
  await send({ "001": {} });
  const first = await take(["001;ok;;;"]);
  const again = await Promise.all([take(["001;ok;;;"], "copie.csv"), take(["001;ok;;;"])]);
  expect(again).toEqual([
    { deja: true, receipt: first.receipt },
    { deja: true, receipt: first.receipt },
  ]);
  expect(await database.db("receipt")).toHaveLength(1);
  const kept = await database.db("receipt_fichier").first();
  expect(gunzipSync(kept?.contenu).toString()).toBe("session;statut;code;message;envoi\n001;ok;;;\n");
});

test("processes that take the same file at once take it once", async () => {
  await send({ "001": {} });
  const taken = await Promise.all(Array.from({ length: 5 }, () => take(["001;ok;;;"], "meme.csv")));
  expect(taken.filter(({ deja }) => !deja)).toHaveLength(1);
});

test("a file that cannot be read is kept, told, and changes nothing", async () => {
  await send({ "001": {} });
  const octets = Buffer.from([0x50, 0x4b, 3, 4, 0, 255]);
  const taken = await takeReceipt(database.db, {
    partner: "a",
    nom: "r.zip",
    octets,
    source: "depose",
    base: "75",
  });
  expect(taken).toMatchObject({
    issue: "illisible",
    remarques: [{ message: expect.stringContaining("zip") }],
  });
  const kept = await database.db("receipt_fichier").first();
  expect(gunzipSync(kept?.contenu).equals(octets)).toBe(true);
  expect(await database.db("alert")).toMatchObject([{ code: "accuse-illisible" }]);
});

describe("states", () => {
  test("those that a list of refusals does not name passed", async () => {
    await setAccuses(database.db, "a", [{ ...CSV, reste: "acquittee" }]);
    await send({ "001": {}, "002": {}, "003": {} });
    await take(["002;refus;E1;SIRET inconnu;"]);
    expect(await states()).toEqual({ "001": "acquittee", "002": "refusee", "003": "acquittee" });
    await send({ "001": {}, "002": { version: 2 } });
    await take(["777;ok;;;"]);
    expect(await states()).toMatchObject({ "002": "acquittee", "003": "acquittee" });
  });

  test("a file cut short says nothing of those that it does not name", async () => {
    await setAccuses(database.db, "a", [{ ...CSV, reste: "acquittee" }]);
    await send({ "001": {}, "002": {} });
    await take(["001;refus;E1;;", '002;"ok;;;']);
    expect(await states()).toEqual({ "001": "refusee" });
  });

  test("several lines on one session: the refusal counts", async () => {
    await send({ "001": {} });
    await take(["001;ok;;;", "001;refus;E1;premier;", "001;refus;E2;second;"]);
    expect(await database.db("session_accuse")).toMatchObject([
      { etat: "refusee", code: "E1", message: "premier" },
    ]);
  });

  test("visible stays so while the same content is acknowledged again, not once it changed", async () => {
    await send({ "001": {}, "002": {} });
    await take(["001;visible;;;", "002;visible;;;"]);
    await send({ "001": {}, "002": { version: 2 } });
    await take(["001;ok;;x;", "002;ok;;x;"]);
    expect(await states()).toEqual({ "001": "visible", "002": "acquittee" });
  });

  const MOTS = ["ok", "visible", "refus"] as const;
  test("whatever the order in which receipts are read, the newest delivery holds", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.constantFrom(...MOTS), { minLength: 2, maxLength: 4 }),
        fc.infiniteStream(fc.nat()),
        async (mots, seeds) => {
          await database.db.raw("DELETE FROM session_accuse; DELETE FROM receipt");
          const sent: string[] = [];
          for (const _ of mots) sent.push(await send({ "001": {} }));
          const order = mots.map((mot, i) => ({ mot, id: sent[i], at: seeds.next().value }));
          for (const { mot, id } of order.sort((a, b) => a.at - b.at)) await take([`001;${mot};;;${id}`]);
          const { "001": etat } = await states();
          const newest = mots.at(-1);
          if (newest === "ok")
            expect(["acquittee", ...(mots.includes("visible") ? ["visible"] : [])]).toContain(etat);
          else expect(etat).toBe(newest === "refus" ? "refusee" : "visible");
        },
      ),
      { numRuns: 6 },
    );
  });

  test("lines add up, whatever they say", async () => {
    await send({ "001": {}, "002": {} });
    const line = fc.tuple(
      fc.constantFrom("001", "002", "75_001", "777", ""),
      fc.constantFrom(...MOTS, "autre", ""),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(line, { minLength: 1, maxLength: 12 }), async (lines) => {
        const taken = await take(lines.map(([session, mot]) => `${session};${mot};x;y;`));
        if (taken.deja) return;
        const { lignes, ...parts } = taken.comptes;
        expect(lignes).toBe(lines.length);
        expect(Object.values(parts).reduce((a, b) => a + b)).toBe(lines.length);
        const { count } =
          (await database.db("receipt_line").where({ receipt_id: taken.receipt }).count().first()) ?? {};
        expect(count).toBe(lines.length);
      }),
      { numRuns: 10 },
    );
  });
});

describe("the whole file refused", () => {
  test("the delivery is rejected with its reason, told once, and the same content does not leave again by itself", async () => {
    const id = await send({ "001": {} });
    const taken = await take([`;fichier refusé;X1;XSD KO;${id}`, "001;refus;E1;mauvais;"]);
    expect(taken).toMatchObject({ issue: "refusee", rejetee: true, delivery: id });
    const [delivery] = await deliveriesOf(database.db, "a");
    expect(delivery).toMatchObject({
      etat: "rejected",
      motif: expect.stringContaining("refusé tout le fichier"),
    });
    expect(await database.db("alert")).toMatchObject([{ code: "fichier-refuse", closed_at: null }]);
    await database
      .db("outbox")
      .insert({ sujet: "partenaire.modifie", charge: JSON.stringify({ partenaire: "a" }) });
    await planDeliveries(database.db);
    expect(await deliveriesOf(database.db, "a")).toHaveLength(1);
    await publishFeed(database.db, store, "rco", "corrigé");
    await planDeliveries(database.db);
    expect((await deliveriesOf(database.db, "a")).map(({ etat }) => etat)).toEqual(["rejected", "scheduled"]);
  });

  test("an older delivery refused late does not touch the newer one; a newer one accepted ends the alert", async () => {
    const first = await send({ "001": {} });
    const second = await send({ "001": {} });
    await take([`;fichier refusé;X1;;${first}`]);
    await take([`001;ok;;;${first}`]);
    expect(await database.db("alert").whereNull("closed_at")).toHaveLength(1);
    await take([`001;ok;;;${second}`]);
    expect(await database.db("alert").whereNull("closed_at")).toEqual([]);
    expect((await deliveriesOf(database.db, "a")).map(({ etat }) => etat)).toEqual(["rejected", "accepted"]);
  });
});

describe("what is shown", () => {
  test("of a session: when it was sent, what the partner made of it, and about which content", async () => {
    const first = await send({ "001": {}, "002": {} });
    await take(["001;refus;E12;SIRET inconnu de nos services;", "002;visible;;;"]);
    const second = await send({ "001": { version: 2 }, "002": {} });
    expect(await sessionReceipts(database.db, { session: "001" })).toMatchObject([
      {
        partner: "a",
        envoi: { delivery: second, version: 2, rejetee: false },
        accuse: {
          etat: "refusee",
          delivery: first,
          actuel: false,
          code: "E12",
          refus: {
            connu: true,
            libelle: expect.stringContaining("SIRET"),
            remede: expect.stringContaining("INSEE"),
          },
        },
      },
    ]);
    expect(await sessionReceipts(database.db, { session: "002", partner: "a" })).toMatchObject([
      { envoi: { delivery: first }, accuse: { etat: "visible", actuel: true } },
    ]);
    expect(await sessionReceipts(database.db, { session: "777" })).toEqual([]);
    expect(await sessionReceipts(database.db, { session: "001", partner: "b" })).toEqual([]);
  });

  test("of a delivery: its receipts, its refusals explained, the partner's own sentences first", async () => {
    await setAccuses(database.db, "a", [
      { ...CSV, codes: { Z9: { libelle: "Dossier incomplet.", remede: "Appelez-les." } } },
    ]);
    const id = await send({ "001": {}, "002": {} });
    await take(["001;refus;Z9;bla;", "002;refus;Q7;mystère;", "777;ok;;;"]);
    const summary = await receiptsSummary(database.db, id);
    expect(summary).toMatchObject({
      sessions: 2,
      receipts: [{ etape: "traitement", issue: "refusee", comptes: { lignes: 3 } }],
      refusees: [
        { session: "001", refus: { libelle: "Dossier incomplet.", connu: true } },
        { session: "002", refus: { libelle: expect.stringContaining("Q7 : mystère"), connu: false } },
      ],
      inconnues: [{ ecrit: "777" }],
    });
    expect(await receiptsSummary(database.db, "rien")).toBeUndefined();
  });
});

test("without a format, or for nobody, taking fails in French", async () => {
  const octets = Buffer.from("x");
  const depot = { nom: "x", octets, source: "depose", base: "75" } as const;
  await expect(takeReceipt(database.db, { ...depot, partner: "b" })).rejects.toThrow("n'existe pas");
  await setAccuses(database.db, "a", []);
  await expect(takeReceipt(database.db, { ...depot, partner: "a" })).rejects.toThrow("receipts format a");
});
