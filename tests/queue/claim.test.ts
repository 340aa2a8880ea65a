import { createHash } from "node:crypto";
import { beforeEach, describe, expect, test } from "vitest";
import {
  type Claimed,
  claim,
  complete,
  dueDeliveries,
  failure,
  planDeliveries,
  renewLease,
} from "../../src/delivery/index.ts";
import { setPartnerState, upsertPartner } from "../../src/partner/index.ts";
import { openStore, type Store } from "../../src/snapshot/index.ts";
import { useDatabase } from "../support/database.ts";
import {
  addPartner,
  addProfil,
  attemptsOf,
  deliveriesOf,
  feedXml,
  publishFeed,
  useFolder,
} from "../support/diffusion.ts";

const database = useDatabase({ max: 12 });
const folder = useFolder();
const WORKER = { worker: "essai", leaseMs: 60_000 };
const OK = { kind: "reponse", status: 201, body: '{"sessions":1,"refuses":[]}', cut: false } as const;
let store: Store;

beforeEach(async () => {
  await database.clear();
  store = await openStore(folder.dir);
  await addProfil(database.db, "rco");
  await addPartner(database.db, "a", "rco", { type: "dossier", chemin: folder.dir });
});

async function planned(word = "A"): Promise<string> {
  await publishFeed(database.db, store, "rco", word);
  await planDeliveries(database.db);
  const rows = await deliveriesOf(database.db, "a");
  return rows.find(({ etat }) => etat === "scheduled")?.id ?? "";
}

async function claimed(id: string, options = WORKER): Promise<Claimed> {
  const taken = await claim(database.db, id, options);
  if (!("claimed" in taken)) throw new Error(`not claimed: ${taken.refused}`);
  return taken.claimed;
}

const refusal = async (id: string) => {
  const taken = await claim(database.db, id, WORKER);
  return "refused" in taken ? taken.refused : "claimed";
};
const settle = (of: Claimed, outcome: Parameters<typeof complete>[2]) =>
  complete(database.db, of, outcome, { hasard: 0.5 });
const past = (id: string, column: string) =>
  database
    .db("delivery")
    .where({ id })
    .update({ [column]: database.db.raw("horloge() - interval '1 second'") });

describe("claim", () => {
  test("is won by exactly one of many", async () => {
    const id = await planned();
    const results = await Promise.all(Array.from({ length: 40 }, () => claim(database.db, id, WORKER)));
    expect(results.filter((one) => "claimed" in one)).toHaveLength(1);
    expect(await attemptsOf(database.db, id)).toHaveLength(1);
  });

  test("writes the attempt and binds the bytes before anything is sent", async () => {
    const id = await planned();
    const { fichier, epoch } = await claimed(id);
    const [row] = await deliveriesOf(database.db, "a");
    expect(row).toMatchObject({ etat: "in_flight", epoch: 1, sha256: fichier.sha256 });
    expect(fichier).toMatchObject({
      gzip: true,
      nom: "offre-info-rco.xml.gz",
      sha256Xml: createHash("sha256").update(feedXml("A")).digest("hex"),
    });
    expect(await attemptsOf(database.db, id)).toMatchObject([{ epoch, issue: null }]);
  });

  test("refuses what is not to leave", async () => {
    const id = await planned();
    expect(await refusal("rien-de-tel")).toBe("inconnue");
    await database
      .db("delivery")
      .where({ id })
      .update({ due_at: database.db.raw("horloge() + interval '1 hour'") });
    expect(await refusal(id)).toBe("pas_due");
    await past(id, "due_at");
    await setPartnerState(database.db, "a", "en_pause", "essai");
    expect(await refusal(id)).toBe("partenaire_inactif");
    await setPartnerState(database.db, "a", "actif", null);
    await settle(await claimed(id), OK);
    expect(await refusal(id)).toBe("terminee");
  });

  test("keeps one in flight per partner, and partners apart", async () => {
    await addPartner(database.db, "b", "rco", { type: "dossier", chemin: folder.dir });
    const id = await planned("A");
    await claimed(id);
    const next = await planned("B");
    expect(next).not.toBe(id);
    expect(await refusal(next)).toBe("prise");
    const [b] = await deliveriesOf(database.db, "b");
    expect(await refusal(b?.id ?? "")).toBe("claimed");
  });

  test("waits for planning when something newer was published", async () => {
    const id = await planned("A");
    await publishFeed(database.db, store, "rco", "B");
    expect(await refusal(id)).toBe("a_planifier");
    await planDeliveries(database.db);
    expect((await claimed(id)).fichier.sha256Xml).toBe(
      createHash("sha256").update(feedXml("B")).digest("hex"),
    );
  });

  test("obeys the clock of the database and no other", async () => {
    const id = await planned();
    await database
      .db("delivery")
      .where({ id })
      .update({ due_at: database.db.raw("horloge() + interval '2 days'") });
    expect(await refusal(id)).toBe("pas_due");
    await database.shiftClock("3 days");
    try {
      expect(await refusal(id)).toBe("claimed");
    } finally {
      await database.shiftClock("0");
    }
  });
});

describe("leases", () => {
  test("a lapsed one is taken over under the same key, and the old attempt is of unknown outcome", async () => {
    const id = await planned();
    const first = await claimed(id);
    expect(await refusal(id)).toBe("prise");
    await past(id, "lease_until");
    const second = await claimed(id);
    expect(second).toMatchObject({ id: first.id, epoch: 2, echecs: 0, fichier: first.fichier });
    expect(await attemptsOf(database.db, id)).toMatchObject([
      { epoch: 1, issue: "inconnue" },
      { epoch: 2, issue: null },
    ]);
  });

  test("who lost it is told, is not heard, and leaves a note", async () => {
    const id = await planned();
    const first = await claimed(id);
    expect(await renewLease(database.db, first, 60_000)).toBe(true);
    await past(id, "lease_until");
    const second = await claimed(id);
    expect(await renewLease(database.db, first, 60_000)).toBe(false);
    expect(await settle(first, OK)).toEqual({ taken: false });
    expect(await deliveriesOf(database.db, "a")).toMatchObject([{ etat: "in_flight", epoch: 2 }]);
    const [old] = await attemptsOf(database.db, id);
    expect(old).toMatchObject({ issue: "inconnue", detail: { tardive: { status: 201 } } });
    expect(await settle(second, OK)).toMatchObject({ taken: true });
    expect(await settle(second, OK)).toEqual({ taken: false });
  });

  test("many killed workers never use up the attempts", async () => {
    const id = await planned();
    for (let kill = 1; kill <= 30; kill += 1) {
      expect((await claimed(id)).epoch).toBe(kill);
      await past(id, "lease_until");
    }
    await settle(await claimed(id), OK);
    expect(await deliveriesOf(database.db, "a")).toMatchObject([{ etat: "accepted", epoch: 31, echecs: 0 }]);
  });

  test("one that lapsed behind a newer content is superseded", async () => {
    const id = await planned("A");
    await claimed(id);
    const next = await planned("B");
    await past(id, "lease_until");
    expect(await refusal(id)).toBe("terminee");
    expect(await deliveriesOf(database.db, "a")).toMatchObject([
      { etat: "superseded", superseded_by: next },
      { etat: "scheduled" },
    ]);
    expect(await refusal(next)).toBe("claimed");
  });
});

describe("completion", () => {
  test("an acceptance ends the delivery with its receipts", async () => {
    const id = await planned();
    await settle(await claimed(id), OK);
    expect(await deliveriesOf(database.db, "a")).toMatchObject([{ etat: "accepted" }]);
    expect(await database.db("receipt").where({ delivery_id: id }).orderBy("id")).toMatchObject([
      { etape: "reception", issue: "recue" },
      { etape: "traitement", issue: "acceptee", detail: { acceptees: 1, refusees: 0 } },
    ]);
    expect(await attemptsOf(database.db, id)).toMatchObject([{ issue: "acceptee", http_status: 201 }]);
  });

  test("a failure waits longer each time, sends the same bytes under the same key, and ends", async () => {
    const id = await planned();
    const waits: number[] = [];
    const sent = new Set<string>();
    for (let tries = 0; tries < 50; tries += 1) {
      const taken = await claim(database.db, id, WORKER);
      if (!("claimed" in taken)) break;
      sent.add(`${taken.claimed.id} ${taken.claimed.fichier.sha256}`);
      // Changing how the partner takes files does not change what this delivery sends.
      await upsertPartner(database.db, {
        id: "a",
        nom: "A",
        profil: "rco",
        interne: true,
        transport: { type: "dossier", chemin: folder.dir, compression: "aucune" },
      });
      await settle(taken.claimed, failure("connexion_refusee", "Refusée."));
      const { rows } = await database.db.raw<{ rows: { wait: number }[] }>(
        "SELECT extract(epoch FROM due_at - horloge())::float8 AS wait FROM delivery WHERE id = ? AND etat = 'retry'",
        [id],
      );
      waits.push(...rows.map(({ wait }) => Math.round(wait)));
      await past(id, "due_at");
      // The breaker is another protection, tested beside.
      await database.db("partner").update({ ouvert_jusqua: null });
    }
    expect(waits.length).toBeGreaterThan(5);
    expect([...waits].sort((a, b) => a - b)).toEqual(waits);
    expect(sent.size).toBe(1);
    const [row] = await deliveriesOf(database.db, "a");
    expect(row).toMatchObject({ etat: "dead", echecs: waits.length + 1 });
    expect(row?.motif).toContain("Refusée.");
  });

  test("401 pauses the partner; its delivery leaves under the same key when it wakes", async () => {
    const id = await planned();
    await settle(await claimed(id), { ...OK, status: 401 });
    expect(await database.db("partner").where({ id: "a" }).first()).toMatchObject({ etat: "en_pause" });
    await past(id, "due_at");
    expect(await dueDeliveries(database.db, { horizonMs: 0, limit: 10 })).toEqual([]);
    await setPartnerState(database.db, "a", "actif", null);
    expect((await claimed(id)).epoch).toBe(2);
  });

  test("410 disables the partner and cancels what waited", async () => {
    const id = await planned("A");
    const first = await claimed(id);
    const next = await planned("B");
    await settle(first, { ...OK, status: 410 });
    expect(await database.db("partner").where({ id: "a" }).first()).toMatchObject({ etat: "desactive" });
    expect(await deliveriesOf(database.db, "a")).toMatchObject([
      { etat: "dead" },
      { id: next, etat: "canceled" },
    ]);
  });

  test("a failure behind a newer content is superseded by it", async () => {
    const first = await claimed(await planned("A"));
    const next = await planned("B");
    await settle(first, { ...OK, status: 500 });
    expect(await deliveriesOf(database.db, "a")).toMatchObject([
      { etat: "superseded", superseded_by: next, echecs: 1 },
      { etat: "scheduled" },
    ]);
  });
});

test("what is due is found by date, with those whose worker vanished", async () => {
  await addPartner(database.db, "b", "rco", { type: "dossier", chemin: folder.dir });
  await addPartner(database.db, "c", "rco", { type: "dossier", chemin: folder.dir });
  await planned();
  const id = async (partner: string) => (await deliveriesOf(database.db, partner))[0]?.id ?? "";
  const [a, b, c] = [await id("a"), await id("b"), await id("c")];
  await claimed(a);
  await past(a, "lease_until");
  await claimed(b);
  await database
    .db("delivery")
    .where({ id: c })
    .update({ due_at: database.db.raw("horloge() + interval '2 seconds'") });
  const due = await dueDeliveries(database.db, { horizonMs: 5_000, limit: 10 });
  expect(due.map(({ deliveryId }) => deliveryId)).toEqual([a, c]);
  expect(due[0]).toMatchObject({ epoch: 1, delayMs: 0 });
  expect(due[0]?.overdueMs).toBeGreaterThanOrEqual(1_000);
  expect(due[1]?.delayMs).toBeGreaterThan(1_000);
  expect(
    (await dueDeliveries(database.db, { horizonMs: 0, limit: 10 })).map(({ deliveryId }) => deliveryId),
  ).toEqual([a]);
});
