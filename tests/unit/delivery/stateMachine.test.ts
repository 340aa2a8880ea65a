import fc from "fast-check";
import { beforeAll, expect, test } from "vitest";
import {
  type Claimed,
  claim,
  complete,
  failure,
  type Outcome,
  planDeliveries,
} from "../../../src/delivery/index.ts";
import { setPartnerState } from "../../../src/partner/index.ts";
import { openStore, type Store } from "../../../src/snapshot/index.ts";
import { useDatabase } from "../../support/database.ts";
import { addPartner, addProfil, publishFeed, useFolder } from "../../support/diffusion.ts";

/**
 * The real steps of the core on a real database, in any order, beside what may never be whatever the order: states that
 * do not go back, one in flight and one waiting per partner, bytes bound once, epochs heard once, and at quiet each
 * partner with the current content.
 */
const database = useDatabase();
const folder = useFolder();
let store: Store;
beforeAll(async () => {
  store = await openStore(folder.dir);
});

const answer = (status: number): Outcome => ({ kind: "reponse", status, body: "", cut: false });
const OUTCOMES: Readonly<Record<string, Outcome>> = {
  ok: answer(201),
  erreur: answer(503),
  refus: answer(422),
  interdit: answer(401),
  disparu: answer(410),
  dns: failure("dns", "essai"),
  interrompue: failure("interrompue", "essai"),
};
const TERMINAL = ["accepted", "dead", "superseded", "canceled", "rejected"];

type Step =
  | { readonly do: "publier"; readonly mot: string }
  | { readonly do: "planifier" | "prendre" | "expirer" | "attendre" | "pause" | "reprise" }
  /** By the most recent holder of a claim, or by an older one. */
  | { readonly do: "finir"; readonly issue: string; readonly rang: number };

const anyIssue = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom("ok", "erreur", "dns", "interrompue") },
  { weight: 1, arbitrary: fc.constantFrom("refus", "interdit", "disparu") },
);
const anyStep: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 2,
    arbitrary: fc.record({ do: fc.constant("publier" as const), mot: fc.constantFrom("A", "B", "C") }),
  },
  { weight: 9, arbitrary: fc.record({ do: fc.constantFrom("planifier" as const, "prendre" as const) }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constantFrom("expirer" as const, "attendre" as const) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant("pause" as const) }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant("reprise" as const) }) },
  {
    weight: 6,
    arbitrary: fc.record({
      do: fc.constant("finir" as const),
      issue: anyIssue,
      rang: fc.constantFrom(0, 0, 0, 1),
    }),
  },
);

const publier = (mot: string): Step => ({ do: "publier", mot });
const finir = (issue: string): Step => ({ do: "finir", issue, rang: 0 });
const [planifier, prendre]: readonly [Step, Step] = [{ do: "planifier" }, { do: "prendre" }];

/** Orders that chance seldom finds. */
const RARE: readonly Step[][] = [
  // Taken again before its date.
  [publier("A"), planifier, prendre, finir("erreur"), prendre],
  // Heard from who has lost it, while another one is at it.
  [publier("A"), planifier, prendre, { do: "expirer" }, prendre, { ...finir("ok"), rang: 1 } as Step],
  // A content that comes back while it is on its way, or that is already there.
  [publier("A"), planifier, prendre, publier("B"), planifier, publier("A"), planifier, finir("ok")],
  [publier("A"), planifier, prendre, finir("ok"), publier("B"), planifier, publier("A"), planifier],
];

interface Row {
  readonly id: string;
  readonly etat: string;
  readonly epoch: number;
  readonly sha256: string | null;
  readonly contenu: string | null;
  readonly due: boolean;
}

let runs = 0;

/** One partner of one profile, driven step by step. */
class World {
  readonly id: string;
  readonly taken: Claimed[] = [];
  /** Contents that the partner said yes to, in order, and whether something else was begun since. */
  readonly accepted: { key: string; contenu: string }[] = [];
  readonly begun: string[] = [];
  current: string | undefined;
  before = new Map<string, Row>();

  constructor() {
    runs += 1;
    this.id = `m${runs}`;
  }

  async open(): Promise<void> {
    await addProfil(database.db, this.id);
    await addPartner(database.db, this.id, this.id, { type: "dossier", chemin: folder.dir });
  }

  async rows(): Promise<Row[]> {
    const { rows } = await database.db.raw<{ rows: Row[] }>(
      `SELECT d.id, d.etat, d.epoch, d.sha256, s.contenu_sha256 AS contenu, d.due_at <= horloge() AS due
       FROM delivery d LEFT JOIN feed_snapshot s ON s.id = d.snapshot_id WHERE d.partner = ? ORDER BY d.created_at, d.id`,
      [this.id],
    );
    return rows;
  }

  async step(step: Step): Promise<void> {
    switch (step.do) {
      case "publier":
        await publishFeed(database.db, store, this.id, step.mot);
        this.current = step.mot;
        return;
      case "planifier":
        return void (await planDeliveries(database.db));
      case "prendre":
        return this.take();
      case "finir":
        return this.finish(step.issue, step.rang);
      case "expirer":
        return void (await database.db.raw(
          "UPDATE delivery SET lease_until = horloge() - interval '1 second' WHERE partner = ? AND etat = 'in_flight'",
          [this.id],
        ));
      case "attendre":
        return this.wait();
      default:
        return setPartnerState(database.db, this.id, step.do === "pause" ? "en_pause" : "actif", null);
    }
  }

  /** All that had to wait for its date has waited. */
  async wait(): Promise<void> {
    await database.db.raw(
      "UPDATE delivery SET due_at = horloge() - interval '1 second' WHERE partner = ? AND etat IN ('scheduled', 'retry')",
      [this.id],
    );
    await database.db("partner").where({ id: this.id }).update({ ouvert_jusqua: null });
  }

  async take(): Promise<void> {
    const rows = await this.rows();
    const target =
      rows.find(({ etat }) => etat === "in_flight") ?? rows.find(({ etat }) => !TERMINAL.includes(etat));
    if (target === undefined) return;
    const partner = await database.db("partner").where({ id: this.id }).first();
    const now = await claim(database.db, target.id, { worker: "modele", leaseMs: 60_000 });
    const free =
      target.etat !== "in_flight" &&
      target.due &&
      target.contenu === this.current &&
      partner.etat === "actif" &&
      partner.ouvert_jusqua === null;
    if ("refused" in now) {
      expect({ refused: now.refused, free }).toMatchObject({ free: false });
      return;
    }
    // A claim on one in flight is that of a worker that vanished.
    if (target.etat !== "in_flight")
      expect({ ...target, etat: partner.etat }).toMatchObject({ due: true, etat: "actif" });
    const { contenu } = (await this.rows()).find(({ id }) => id === target.id) ?? {};
    expect(contenu).toBe(this.current);
    this.taken.unshift(now.claimed);
    this.begun.push(target.id);
  }

  async finish(issue: string, rang: number): Promise<void> {
    const held = this.taken[rang];
    const outcome = OUTCOMES[issue];
    if (held === undefined || outcome === undefined) return;
    const before = (await this.rows()).find(({ id }) => id === held.id);
    const settled = await complete(database.db, held, outcome, { hasard: 0.5 });
    const ours = before?.etat === "in_flight" && before.epoch === held.epoch;
    expect(settled.taken).toBe(ours);
    if (ours && issue === "ok") this.accepted.push({ key: held.id, contenu: before.contenu ?? "" });
  }

  /** What holds after every step. */
  async check(): Promise<void> {
    const rows = await this.rows();
    const waiting = rows.filter(({ etat }) => ["scheduled", "retry", "held"].includes(etat));
    expect(waiting.length).toBeLessThanOrEqual(1);
    expect(rows.filter(({ etat }) => etat === "in_flight").length).toBeLessThanOrEqual(1);
    for (const row of rows) {
      const old = this.before.get(row.id);
      expect(row.epoch).toBeGreaterThanOrEqual(old?.epoch ?? 0);
      if (old !== undefined && TERMINAL.includes(old.etat)) expect(row.etat).toBe(old.etat);
      if (old !== undefined && old.epoch > 0) expect(row.sha256).toBe(old.sha256);
    }
    const { rows: wrong } = await database.db.raw<{ rows: unknown[] }>(
      `SELECT d.id FROM delivery d LEFT JOIN attempt a ON a.delivery_id = d.id WHERE d.partner = ? GROUP BY d.id
       HAVING count(a.*) <> d.epoch OR count(a.*) FILTER (WHERE a.issue IS NULL) <> (d.etat = 'in_flight')::int`,
      [this.id],
    );
    expect(wrong).toEqual([]);
    this.before = new Map(rows.map((row) => [row.id, row]));
  }

  /** The partner answers well from now on; time passes. */
  async calm(): Promise<void> {
    await setPartnerState(database.db, this.id, "actif", null);
    for (let turn = 0; turn < 8; turn += 1) {
      await planDeliveries(database.db);
      await this.step({ do: "expirer" });
      await this.wait();
      await this.take();
      await this.finish("ok", 0);
      await this.check();
    }
    const rows = await this.rows();
    expect(rows.filter(({ etat }) => !TERMINAL.includes(etat))).toEqual([]);
    if (this.current !== undefined) expect(this.accepted.at(-1)?.contenu).toBe(this.current);
    for (const [rank, { key, contenu }] of this.accepted.entries()) {
      const previous = this.accepted[rank - 1];
      if (previous === undefined || previous.contenu !== contenu) continue;
      // The same twice in a row only when another delivery was begun in between: what it left there is not known.
      const between = this.begun.slice(this.begun.lastIndexOf(previous.key) + 1, this.begun.indexOf(key));
      expect(between.length).toBeGreaterThan(0);
    }
  }
}

test("whatever happens in whatever order, nothing goes back, doubles or gets lost", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(anyStep, { minLength: 10, maxLength: 40 }), async (steps) => {
      const world = new World();
      await world.open();
      for (const step of steps) {
        await world.step(step);
        await world.check();
      }
      await world.calm();
    }),
    { numRuns: 25, examples: RARE.map((steps) => [steps]) },
  );
}, 120_000);
