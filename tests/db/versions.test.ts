import fc from "fast-check";
import type { Knex } from "knex";
import { expect, test } from "vitest";
import { withdraw, writeVersions } from "../../src/published/index.ts";
import { useDatabase } from "../support/database.ts";
import { uneAction, uneSession } from "../support/offre.ts";
import { rolledBack } from "../support/rolledBack.ts";

const database = useDatabase();

interface ModelVersion {
  readonly text: string;
  readonly action: string;
  readonly at: number;
  readonly first: number;
  retired: boolean;
}

/** What the tables must hold, kept the naive way. */
class Model {
  readonly actions = new Map<string, ModelVersion[]>();
  readonly sessions = new Map<string, ModelVersion[]>();

  write(
    table: Map<string, ModelVersion[]>,
    numero: string,
    text: string,
    action: string,
    at: number,
  ): boolean {
    const versions = table.get(numero) ?? [];
    const last = versions.at(-1);
    if (last !== undefined && !last.retired && last.text === text && last.action === action) return false;
    versions.push({ text, action, at, first: versions[0]?.at ?? at, retired: false });
    table.set(numero, versions);
    return true;
  }

  withdraw(table: Map<string, ModelVersion[]>, numeros: readonly string[]): string[] {
    return numeros.filter((numero) => {
      const live = (table.get(numero) ?? []).filter((version) => !version.retired);
      for (const version of live) version.retired = true;
      return live.length > 0;
    });
  }

  sessionsOf(actions: readonly string[]): string[] {
    return [...this.sessions].flatMap(([numero, versions]) => {
      const last = versions.at(-1);
      return last !== undefined && !last.retired && actions.includes(last.action) ? [numero] : [];
    });
  }
}

const numero = fc.constantFrom("1", "2", "3", "é", "😀");
const text = fc.constantFrom("a", "b", "c");
const operation = fc.oneof(
  fc.record({
    do: fc.constant("action" as const),
    rows: fc.uniqueArray(fc.tuple(numero, text), { selector: ([n]) => n, minLength: 1 }),
  }),
  fc.record({
    do: fc.constant("session" as const),
    rows: fc.uniqueArray(fc.tuple(numero, text, numero), { selector: ([n]) => n, minLength: 1 }),
  }),
  fc.record({
    do: fc.constant("withdraw action" as const),
    numeros: fc.uniqueArray(numero, { minLength: 1 }),
  }),
  fc.record({
    do: fc.constant("withdraw session" as const),
    numeros: fc.uniqueArray(numero, { minLength: 1 }),
  }),
);

async function stored(trx: Knex, kind: "action" | "session") {
  const rows = await trx(`published_${kind}`).orderBy(["numero", "version"]);
  return rows.map((row) => ({
    numero: row.numero,
    version: row.version,
    text: row.contenu.contenu ?? row.contenu.commentaire,
    action: row.contenu.action ?? "",
    at: row.mis_en_ligne_at.getTime(),
    first: row.premiere_mise_en_ligne_at.getTime(),
    retired: row.retired_reason !== null,
  }));
}

function expected(table: ReadonlyMap<string, readonly ModelVersion[]>) {
  return [...table]
    .toSorted(([a], [b]) => Buffer.compare(Buffer.from(a), Buffer.from(b)))
    .flatMap(([numero, versions]) =>
      versions.map((version, rank) => ({ numero, version: rank + 1, ...version })),
    );
}

test("any series of writings and withdrawals leaves the versions that a naive model expects", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(operation, { minLength: 1, maxLength: 12 }), (operations) =>
      rolledBack(database.db, async (trx) => {
        const model = new Model();
        for (const [rank, step] of operations.entries()) {
          const at = 1_700_000_000_000 + rank * 3_600_000;
          const options = { origine: "test", misEnLigneAt: new Date(at) };
          if (step.do === "action") {
            const rows = step.rows.map(([n, t]) => ({ numero: n, contenu: uneAction({ contenu: t }) }));
            const created = step.rows.filter(([n, t]) => model.write(model.actions, n, t, "", at)).length;
            expect(await writeVersions(trx, "action", rows, options)).toEqual({
              created,
              unchanged: rows.length - created,
            });
          } else if (step.do === "session") {
            const rows = step.rows.map(([n, t, action]) => ({
              numero: n,
              contenu: uneSession({ commentaire: t, action }),
            }));
            const created = step.rows.filter(([n, t, a]) => model.write(model.sessions, n, t, a, at)).length;
            expect(await writeVersions(trx, "session", rows, options)).toEqual({
              created,
              unchanged: rows.length - created,
            });
          } else {
            const kind = step.do === "withdraw action" ? "action" : "session";
            const sessions =
              kind === "action" ? model.withdraw(model.sessions, model.sessionsOf(step.numeros)) : [];
            const numeros = model.withdraw(kind === "action" ? model.actions : model.sessions, step.numeros);
            const done = await withdraw(trx, kind, step.numeros, { motif: "archivage", note: "essai" });
            expect({ numeros: done.numeros.toSorted(), sessions: done.sessions.toSorted() }).toEqual({
              numeros: numeros.toSorted(),
              sessions: sessions.toSorted(),
            });
          }
        }
        expect(await stored(trx, "action")).toEqual(expected(model.actions));
        expect(await stored(trx, "session")).toEqual(expected(model.sessions));
      }),
    ),
    { numRuns: 60 },
  );
});

test("the same content in another order of fields, with nulls or without, is the same version", async () => {
  await rolledBack(database.db, async (trx) => {
    const write = (contenu: unknown) =>
      writeVersions(trx, "action", [{ numero: "A", contenu }], { origine: "test" });
    await write(uneAction({ parcours: null }));
    expect(await write(Object.fromEntries(Object.entries(uneAction()).toReversed()))).toEqual({
      created: 0,
      unchanged: 1,
    });
    expect(await write({ ...uneAction(), formacodes: [], conventionnee: false })).toEqual({
      created: 0,
      unchanged: 1,
    });
    expect(await write(uneAction({ modalites: { publics: [] } }))).toEqual({ created: 1, unchanged: 0 });
  });
});

test("two writers of one number take turns", async () => {
  const write = (contenu: string) =>
    database.db.transaction((trx) =>
      writeVersions(trx, "action", [{ numero: "T", contenu: uneAction({ contenu }) }], { origine: "test" }),
    );
  await Promise.all(Array.from({ length: 8 }, (_, rank) => write(`texte ${rank}`)));
  const rows = await database
    .db("published_action")
    .where({ numero: "T" })
    .orderBy("version")
    .select("version");
  expect(rows.map((row) => row.version)).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
});

test("many rows come as a stream, in one transaction that is all or nothing", async () => {
  async function* rows(last: string) {
    for (let rank = 0; rank < 2500; rank++) yield { numero: `N${rank}`, contenu: uneAction() };
    yield { numero: last, contenu: uneAction() };
  }
  const writing = (last: string) =>
    database.db.transaction((trx) => writeVersions(trx, "action", rows(last), { origine: "test" }));
  await expect(writing("a|b")).rejects.toThrow("« a|b » refusé");
  expect(await database.db("published_action").whereLike("numero", "N%").first()).toBeUndefined();
  expect(await writing("fin")).toEqual({ created: 2501, unchanged: 0 });
  expect(await writing("fin")).toEqual({ created: 0, unchanged: 2501 });
});
