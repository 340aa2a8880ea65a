import { beforeEach, describe, expect, test } from "vitest";
import { together } from "../../src/db/index.ts";
import {
  type Claimed,
  claim,
  complete,
  type Outcome,
  planDeliveries,
  setAccuses,
} from "../../src/delivery/index.ts";
import { openStore, type Store } from "../../src/snapshot/index.ts";
import { useDatabase } from "../support/database.ts";
import {
  addPartner,
  addProfil,
  attemptsOf,
  deliveriesOf,
  publishFeed,
  useFolder,
} from "../support/diffusion.ts";

/** What many deliveries do at the same moment is done in few statements, and each is as if it were alone. */
const database = useDatabase({ max: 12 });
const folder = useFolder();
const PARTNERS = Array.from({ length: 12 }, (_, rank) => `p${String(rank).padStart(2, "0")}`);
let store: Store;

beforeEach(async () => {
  await database.clear();
  store = await openStore(folder.dir);
  await addProfil(database.db, "rco");
  for (const id of PARTNERS)
    await addPartner(database.db, id, "rco", { type: "dossier", chemin: folder.dir });
});

const answer = (body = "", status = 201): Outcome => ({ kind: "reponse", status, body, cut: false });
const end = (of: Claimed, outcome: Outcome) => complete(database.db, of, outcome, { hasard: 0.5 });
const publish = async (word: string) => {
  await publishFeed(database.db, store, "rco", word);
  return planDeliveries(database.db);
};

async function claimAll(): Promise<Claimed[]> {
  const rows = await database
    .db("delivery")
    .whereIn("etat", ["scheduled", "retry"])
    .orderBy("partner")
    .select("id");
  const taken = await Promise.all(
    rows.map(({ id }) => claim(database.db, id, { worker: "essai", leaseMs: 60_000 })),
  );
  return taken.flatMap((one) => ("claimed" in one ? [one.claimed] : []));
}

const states = async () => {
  const rows = await database.db("delivery").orderBy(["partner", "created_at"]).select("partner", "etat");
  return Object.fromEntries(
    PARTNERS.map((id) => [id, rows.filter(({ partner }) => partner === id).map(({ etat }) => etat)]),
  );
};
const all = (...etats: string[]) => Object.fromEntries(PARTNERS.map((id) => [id, etats]));

/** Statements that go through the pool meanwhile, `BEGIN` and `COMMIT` included. */
async function statements(work: () => Promise<unknown>): Promise<number> {
  let count = 0;
  const { client } = database.db;
  const acquire = client.acquireConnection;
  client.acquireConnection = (...args: unknown[]) => {
    count += 1;
    return acquire.apply(client, args);
  };
  try {
    await work();
  } finally {
    client.acquireConnection = acquire;
  }
  return count;
}

describe("calls that come together", () => {
  const runs: (readonly number[])[] = [];
  const halve = together<number, number>(async (_db, numbers) => {
    runs.push(numbers);
    await new Promise((resolve) => setTimeout(resolve, 5));
    if (numbers.includes(13)) throw new Error("13");
    return numbers.map((one) => one / 2);
  });
  beforeEach(() => runs.splice(0));

  test("are one run, and those that come meanwhile the next one", async () => {
    const first = [2, 4, 6].map((one) => halve(database.db, one));
    await first[0];
    expect(await Promise.all([...first, ...[8, 10].map((one) => halve(database.db, one))])).toEqual([
      1, 2, 3, 4, 5,
    ]);
    expect(runs).toEqual([
      [2, 4, 6],
      [8, 10],
    ]);
  });

  test("do not fail for one of them", async () => {
    const ended = await Promise.allSettled([2, 13, 6].map((one) => halve(database.db, one)));
    expect(ended.map(({ status }) => status)).toEqual(["fulfilled", "rejected", "fulfilled"]);
  });

  test("are by themselves in a transaction", async () => {
    await database.db.transaction((trx) => Promise.all([2, 4].map((one) => halve(trx, one))));
    expect(runs).toEqual([[2], [4]]);
  });
});

test("a publication, claims and acceptances cost the same few statements whatever the number of partners", async () => {
  expect(await publish("A")).toHaveLength(PARTNERS.length);
  let taken: Claimed[] = [];
  const claiming = await statements(async () => {
    taken = await claimAll();
  });
  expect(taken.map(({ partner }) => partner.id)).toEqual(PARTNERS);
  const ending = await statements(() => Promise.all(taken.map((one) => end(one, answer()))));
  expect(await states()).toEqual(all("accepted"));
  expect({ claiming, ending }).toEqual({ claiming: 3, ending: 1 });
  for (const { id } of taken) {
    expect(await attemptsOf(database.db, id)).toMatchObject([{ issue: "acceptee", http_status: 201 }]);
    expect(await database.db("receipt").where({ delivery_id: id })).toMatchObject([
      { etape: "reception", issue: "recue", detail: { status: 201 } },
    ]);
  }
});

test("the same delivery claimed many times at once is taken once", async () => {
  await publish("A");
  const [row] = await deliveriesOf(database.db, "p00");
  const claims = Array.from({ length: 20 }, () =>
    claim(database.db, row?.id ?? "", { worker: "essai", leaseMs: 60_000 }),
  );
  const results = await Promise.all(claims);
  expect(results.filter((one) => "claimed" in one)).toHaveLength(1);
  expect(await attemptsOf(database.db, row?.id ?? "")).toHaveLength(1);
});

test("outcomes of every kind that come together are each heard for what they are", async () => {
  await setAccuses(database.db, "p03", [
    { source: { type: "reponse" }, format: "json", etape: "reception", champs: {}, lignes: undefined },
  ]);
  await database.db("partner").where({ id: "p04" }).update({ echecs_suite: 3 });
  await publish("A");
  const outcomes: Record<string, Outcome> = {
    p00: answer("", 503),
    p01: answer("", 422),
    p02: answer('{"sessions":1,"refuses":[]}'),
    p03: answer("{}"),
    // What PostgreSQL cannot keep.
    p05: answer("\0"),
  };
  const taken = await claimAll();
  const ended = await Promise.allSettled(taken.map((one) => end(one, outcomes[one.partner.id] ?? answer())));
  expect(ended.filter(({ status }) => status === "rejected")).toHaveLength(1);
  expect(await states()).toEqual({
    ...all("accepted"),
    p00: ["retry"],
    p01: ["dead"],
    p05: ["in_flight"],
  });
  const receipts = await database.db("receipt").orderBy("id").select("partner", "etape", "issue");
  const of = (id: string) => receipts.filter(({ partner }) => partner === id).map(({ etape }) => etape);
  expect([of("p00"), of("p01"), of("p05")]).toEqual([[], [], []]);
  expect([of("p02"), of("p03"), of("p06")]).toEqual([
    ["reception", "traitement"],
    ["reception"],
    ["reception"],
  ]);
  expect(await database.db("partner").where({ id: "p04" }).first("echecs_suite")).toEqual({
    echecs_suite: 0,
  });
});

test("a partner that someone holds locked makes no other wait", async () => {
  await publish("A");
  const taken = await claimAll();
  let ends: Promise<unknown>[] = [];
  await database.db.transaction(async (trx) => {
    await trx.raw("SELECT 1 FROM partner WHERE id = 'p07' FOR UPDATE");
    ends = taken.map((one) => end(one, answer()));
    await Promise.all(ends.filter((_, rank) => rank !== 7));
    expect(await states()).toEqual({ ...all("accepted"), p07: ["in_flight"] });
  });
  await Promise.all(ends);
  expect(await states()).toEqual(all("accepted"));
});

test("who lost its delivery is not heard, beside others that are", async () => {
  await publish("A");
  const [lost, ...others] = await claimAll();
  if (lost === undefined) throw new Error("nothing was claimed");
  await database
    .db("delivery")
    .where({ id: lost.id })
    .update({ lease_until: database.db.raw("horloge() - interval '1 second'") });
  const [again] = await Promise.all([
    claim(database.db, lost.id, { worker: "autre", leaseMs: 60_000 }),
    ...others.map((one) => end(one, answer())),
  ]);
  expect("claimed" in again).toBe(true);
  expect(await end(lost, answer())).toEqual({ taken: false });
  expect(await states()).toEqual({ ...all("accepted"), p00: ["in_flight"] });
});

test("one pass of planning does for each partner what it needs", async () => {
  await publish("A");
  const taken = await claimAll();
  // Accepted, failed, refused for good, still on its way; the others have not been tried.
  const waits = new Set(["p04", "p05"]);
  await Promise.all(
    taken.map((one, rank) => {
      if (rank < 3) return end(one, answer("", [201, 503, 422][rank]));
      return rank === 3 || waits.has(one.partner.id) ? undefined : end(one, answer());
    }),
  );
  await database
    .db("delivery")
    .whereIn("partner", [...waits])
    .update({ etat: "canceled", lease_until: null });
  await publish("B");
  expect(await states()).toEqual({
    ...all("accepted", "scheduled"),
    p01: ["superseded", "scheduled"],
    p02: ["dead", "scheduled"],
    p03: ["in_flight", "scheduled"],
    p04: ["canceled", "scheduled"],
    p05: ["canceled", "scheduled"],
  });
  const [retried, next] = await deliveriesOf(database.db, "p01");
  expect(retried).toMatchObject({ superseded_by: next?.id });
  expect(next?.due_at).toEqual(retried?.due_at);
  await publish("C");
  expect((await states()).p00).toEqual(["accepted", "scheduled"]);
  // The content of the last acceptance comes back: what waits has become useless, but for those that do not hold it.
  await publish("A");
  expect(await states()).toEqual({
    ...all("accepted", "superseded"),
    p01: ["superseded", "scheduled"],
    p02: ["dead", "scheduled"],
    p03: ["in_flight", "superseded"],
    p04: ["canceled", "scheduled"],
    p05: ["canceled", "scheduled"],
  });
});
