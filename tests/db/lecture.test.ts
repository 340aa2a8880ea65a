import fc from "fast-check";
import type { Knex } from "knex";
import { describe, expect, test } from "vitest";
import {
  olderVersions,
  readCertifications,
  readHabilitations,
  readHistory,
  reading,
  readOffre,
  readRecords,
  selected,
  withdraw,
  writeVersions,
} from "../../src/published/index.ts";
import { useDatabase } from "../support/database.ts";
import { uneAction, uneCertification, uneHabilitation, uneSession, unOrganisme } from "../support/offre.ts";
import { rolledBack } from "../support/rolledBack.ts";

const database = useDatabase();
const HOUR = 3_600_000;
const ORIGIN = 1_700_000_000_000;
const hour = (rank: number): Date => new Date(ORIGIN + rank * HOUR);

// Numbers that UTF-16, UTF-8 and a dictionary put in different orders.
const numero = fc.constantFrom("10", "2", "a", "B", "é", "\uffee", "😀", "e");
const change = fc.oneof(
  { weight: 3, arbitrary: fc.tuple(fc.constant("action" as const), numero, fc.nat(9), fc.constant("")) },
  { weight: 5, arbitrary: fc.tuple(fc.constant("session" as const), numero, fc.nat(9), numero) },
  {
    weight: 1,
    arbitrary: fc.tuple(fc.constant("withdraw action" as const), numero, fc.nat(9), fc.constant("")),
  },
  {
    weight: 1,
    arbitrary: fc.tuple(fc.constant("withdraw session" as const), numero, fc.nat(9), fc.constant("")),
  },
);

async function apply(
  trx: Knex.Transaction,
  [what, n, at, parent]: readonly [string, string, number, string],
  rank: number,
) {
  const options = { origine: "test", misEnLigneAt: hour(at) };
  const text = `texte ${rank}`;
  if (what === "action")
    await writeVersions(trx, "action", [{ numero: n, contenu: uneAction({ contenu: text }) }], options);
  else if (what === "session") {
    const contenu = uneSession({ action: parent, commentaire: text });
    await writeVersions(trx, "session", [{ numero: n, contenu }], options);
  } else await withdraw(trx, what === "withdraw action" ? "action" : "session", [n], { motif: "archivage" });
}

/** The definition, one watermark at a time. */
async function oracle(trx: Knex, kind: "action" | "session", watermark: Date): Promise<Map<string, string>> {
  const parent = kind === "session" ? "contenu->>'action'" : "''";
  const { rows } = await trx.raw(
    `SELECT DISTINCT ON (numero) numero, version, ${parent} AS parent FROM published_${kind}
      WHERE retired_at IS NULL AND mis_en_ligne_at <= ? ORDER BY numero, version DESC`,
    [watermark],
  );
  return new Map(
    rows.map((row: Record<string, string>) => [`${row.parent}/${row.numero}`, String(row.version)]),
  );
}

test("one reading gives, for each watermark, what a query for it alone gives, in the order of the bytes", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(change, { maxLength: 40 }),
      fc.array(fc.nat(10), { minLength: 1, maxLength: 4 }),
      fc.constantFrom(1, 2, 3, 250),
      (changes, instants, pageSize) =>
        rolledBack(database.db, async (trx) => {
          for (const [rank, step] of changes.entries()) await apply(trx, step, rank);
          const watermarks = instants.map((rank) => hour(rank));
          const actions = watermarks.map(() => new Map<string, string>());
          const sessions = watermarks.map(() => new Map<string, string>());
          const order: string[] = [];
          for await (const lot of readOffre(trx, { watermarks, pageSize })) {
            expect(lot.sessions.length).toBeLessThanOrEqual(pageSize);
            if (lot.premier) order.push(lot.action.numero);
            expect(order.at(-1)).toBe(lot.action.numero);
            for (const rank of watermarks.keys()) {
              const action = selected(lot.action, rank);
              if (action !== undefined) actions[rank]?.set(`/${action.numero}`, String(action.version));
              for (const session of lot.sessions) {
                const version = selected(session, rank);
                if (version === undefined) continue;
                const key = `${lot.action.numero}/${version.numero}`;
                expect(version.contenu.action).toBe(lot.action.numero);
                expect(sessions[rank]?.has(key)).toBe(false);
                sessions[rank]?.set(key, String(version.version));
              }
            }
          }
          expect(order).toEqual(
            [...new Set(order)].toSorted((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b))),
          );
          for (const [rank, watermark] of watermarks.entries()) {
            expect(actions[rank]).toEqual(await oracle(trx, "action", watermark));
            const all = await oracle(trx, "session", watermark);
            const under = new Map([...all].filter(([key]) => order.includes(key.split("/")[0] ?? "")));
            expect(sessions[rank]).toEqual(under);
          }
        }),
    ),
    { numRuns: 60 },
  );
});

test("an action with thousands of sessions comes in lots", async () => {
  await rolledBack(database.db, async (trx) => {
    const options = { origine: "test", misEnLigneAt: hour(0) };
    await writeVersions(
      trx,
      "action",
      ["A", "B"].map((n) => ({ numero: n, contenu: uneAction() })),
      options,
    );
    const many = Array.from({ length: 1203 }, (_, rank) => ({
      numero: `S${rank}`,
      contenu: uneSession({ action: "A" }),
    }));
    await writeVersions(trx, "session", many, options);
    const lots = [];
    for await (const lot of readOffre(trx, { watermarks: [hour(1)], pageSize: 500 })) {
      lots.push([lot.action.numero, lot.premier, lot.dernier, lot.sessions.length]);
    }
    expect(lots).toEqual([
      ["A", true, false, 500],
      ["A", false, false, 500],
      ["A", false, true, 203],
      ["B", true, true, 0],
    ]);
  });
});

test("a reader that stops early leaves the transaction usable", async () => {
  await rolledBack(database.db, async (trx) => {
    const rows = Array.from({ length: 9 }, (_, rank) => ({ numero: `A${rank}`, contenu: uneAction() }));
    await writeVersions(trx, "action", rows, { origine: "test", misEnLigneAt: hour(0) });
    for (const pass of [1, 2]) {
      for await (const lot of readOffre(trx, { watermarks: [hour(1)], pageSize: 2 })) {
        expect(lot.action.numero, `pass ${pass}`).toBe("A0");
        break;
      }
    }
    expect(await readHistory(trx, "action", "A8")).toHaveLength(1);
  });
});

test("since when an action carries each certification: its whole history counts, withdrawn versions too", async () => {
  await rolledBack(database.db, async (trx) => {
    const write = (at: number, codes: string[]) =>
      writeVersions(
        trx,
        "action",
        [{ numero: "A", contenu: uneAction({ certifications: codes.map((code_rncp) => ({ code_rncp })) }) }],
        { origine: "test", misEnLigneAt: hour(at) },
      );
    const since = async (at: number) => {
      for await (const lot of readOffre(trx, { watermarks: [hour(at)] })) {
        return lot.certifieeDepuis.map(({ codes, depuis }) => [codes.code_rncp, depuis]);
      }
      return undefined;
    };
    await write(1, ["RNCP1"]);
    expect(await since(1)).toEqual([["RNCP1", hour(1)]]);
    await write(2, ["RNCP1", "RNCP2"]);
    expect(await since(2)).toEqual([
      ["RNCP1", hour(1)],
      ["RNCP2", hour(2)],
    ]);
    await withdraw(trx, "action", ["A"], { motif: "archivage" });
    expect(await since(9)).toBeUndefined();
    await write(5, ["RNCP2"]);
    expect(await since(9)).toEqual([
      ["RNCP1", hour(1)],
      ["RNCP2", hour(2)],
    ]);
  });
});

describe("records by number", () => {
  test("organismes obey the watermarks, registers are current at once", async () => {
    await rolledBack(database.db, async (trx) => {
      const at = (rank: number) => ({ origine: "test", misEnLigneAt: hour(rank) });
      await writeVersions(trx, "organisme", [{ numero: "OF1", contenu: unOrganisme() }], at(1));
      await writeVersions(
        trx,
        "organisme",
        [{ numero: "OF1", contenu: unOrganisme({ nom: "Nouveau" }) }],
        at(3),
      );
      await writeVersions(
        trx,
        "certification",
        [{ numero: "RNCP35819", contenu: uneCertification() }],
        at(2),
      );
      await writeVersions(
        trx,
        "habilitation",
        [{ numero: "OF1|RNCP35819", contenu: uneHabilitation() }],
        at(2),
      );
      const found = await readRecords(trx, "organisme", ["OF1", "OF2"], [hour(0), hour(1), hour(9), hour(2)]);
      expect([...found.keys()]).toEqual(["OF1"]);
      const organisme = found.get("OF1");
      expect(organisme?.choix).toEqual([-1, 1, 0, 1]);
      expect(organisme?.versions.map(({ version, contenu }) => [version, contenu.nom])).toEqual([
        [2, "Nouveau"],
        [1, "Organisme d'essai"],
      ]);
      expect(organisme?.versions[0]?.premiereMiseEnLigneAt).toEqual(hour(1));
      const couple = { organisme: "OF1", certification: "RNCP35819" };
      expect((await readCertifications(trx, ["RNCP35819", "RNCP1"], hour(2))).size).toBe(1);
      expect((await readHabilitations(trx, [couple], hour(2))).get("OF1|RNCP35819")).toMatchObject(couple);
      expect((await readHabilitations(trx, [couple], hour(1))).size).toBe(0);
    });
  });

  test("what to fall back to: versions still published before one, newest first", async () => {
    await rolledBack(database.db, async (trx) => {
      for (const rank of [1, 2, 3, 4]) await apply(trx, ["session", "S", rank, "A"], rank);
      const fallbacks = async (version: number, limit?: number) =>
        (await olderVersions(trx, "session", "S", version, limit)).map((older) => older.version);
      expect(await fallbacks(4)).toEqual([3, 2, 1]);
      expect(await fallbacks(4, 2)).toEqual([3, 2]);
      await withdraw(trx, "session", ["S"], { motif: "retrait_controle", note: "essai" });
      await apply(trx, ["session", "S", 5, "A"], 5);
      expect(await fallbacks(5)).toEqual([]);
      const trace = await readHistory(trx, "session", "S");
      expect(trace.map(({ version, retrait }) => [version, retrait?.motif, retrait?.note])).toEqual([
        [5, undefined, undefined],
        ...[4, 3, 2, 1].map((version) => [version, "retrait_controle", "essai"]),
      ]);
      expect(trace.map(({ premiereMiseEnLigneAt }) => premiereMiseEnLigneAt)).toEqual(Array(5).fill(hour(1)));
    });
  });
});

test("a reading sees one state of the base and writes nothing", async () => {
  const write = (numero: string) =>
    database.db.transaction((trx) =>
      writeVersions(trx, "action", [{ numero, contenu: uneAction() }], { origine: "test" }),
    );
  await write("R1");
  const seen = await reading(database.db, async (trx) => {
    const before = await trx("published_action").whereLike("numero", "R%");
    await write("R2");
    return [before.length, (await trx("published_action").whereLike("numero", "R%")).length];
  });
  expect(seen).toEqual([1, 1]);
  const writing = reading(database.db, (trx) => trx("published_action").insert({ numero: "R3" }));
  await expect(writing).rejects.toThrow(/read-only/);
});
