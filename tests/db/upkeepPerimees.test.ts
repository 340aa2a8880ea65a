import { beforeEach, describe, expect, test } from "vitest";
import type { z } from "zod";
import { perimees } from "../../src/cron/jobs/perimees.ts";
import { horloge } from "../../src/db/index.ts";
import { explainSession } from "../../src/edition/index.ts";
import { PROFILS } from "../../src/feed/index.ts";
import { addDays, parisDay } from "../../src/lheo/index.ts";
import type { zSession } from "../../src/published/contract/index.ts";
import { RECORDS, type RecordKind } from "../../src/published/contract/index.ts";
import {
  actionsSansSession,
  purgerRetires,
  readHistory,
  readLast,
  retirerPerimees,
  sessionsBientotPerimees,
  sync,
  withdraw,
  writeVersions,
} from "../../src/published/index.ts";
import { useDatabase } from "../support/database.ts";
import { jobContext } from "../support/job.ts";
import { uneAction, uneSession, unOrganisme } from "../support/offre.ts";

/** Sessions that ended long ago, and what is left of what was withdrawn. */
const database = useDatabase();
let jour = "";

beforeEach(async () => {
  await database.clear();
  await database.shiftClock("0");
  jour = parisDay(await horloge(database.db));
  await write("organisme", "OF1", unOrganisme());
  await write("action", "A1", uneAction());
});

const ago = (days: number): string => addDays(jour, -days);
const session = (fields: Partial<z.input<typeof zSession>> = {}) =>
  uneSession({ debut: "20200101", ...fields });

async function write(kind: RecordKind, numero: string, contenu: unknown): Promise<void> {
  await database.db.transaction((trx) =>
    writeVersions(trx, kind, [{ numero, contenu }], { origine: "test" }),
  );
}

const live = (): Promise<string[]> =>
  database
    .db("published_session")
    .whereNull("retired_at")
    .distinct("numero")
    .orderBy("numero")
    .pluck("numero");

describe("retirement", () => {
  test("a session goes on the 31st day after its last possible day, with a recorded reason; others stay", async () => {
    await write("session", "finie-31", session({ fin: ago(31) }));
    await write("session", "finie-30", session({ fin: ago(30) }));
    await write("session", "inconnue", session({ fin: "99999999" }));
    await write("session", "inconnue-0", session({ fin: "00000000" }));
    await write("session", "impossible", session({ fin: "20200231" }));
    await write("session", "annee-passee", session({ fin: "20200000" }));
    await write("session", "annee-en-cours", session({ fin: `${jour.slice(0, 4)}0000` }));
    await write("session", "prolongee", session({ fin: ago(40) }));
    await write("session", "prolongee", session({ fin: addDays(jour, 10) }));

    const context = await jobContext(database.db);
    expect(await perimees.run(context)).toMatchObject({ retirees: 2, actionsSansSession: 0 });
    expect(await live()).toEqual([
      "annee-en-cours",
      "finie-30",
      "impossible",
      "inconnue",
      "inconnue-0",
      "prolongee",
    ]);
    const [gone] = await readHistory(database.db, "session", "finie-31");
    expect(gone).toMatchObject({
      contenu: { fin: ago(31) },
      purge: undefined,
      retrait: { motif: "session_terminee", note: "Terminée depuis plus de 30 jours." },
    });
    expect(await perimees.run(context)).toMatchObject({ retirees: 0 });
  });

  test("all versions of a session leave at once, in small transactions that a stop may separate", async () => {
    for (let rank = 0; rank < 7; rank++) {
      await write("session", `S${rank}`, session({ fin: ago(50 + rank) }));
      await write("session", `S${rank}`, session({ fin: ago(50 + rank), commentaire: "corrigée" }));
    }
    const stop = new AbortController();
    const { signal } = stop;
    const stopping = retirerPerimees(database.db, {
      lot: 3,
      signal: new Proxy(signal, {
        get(target, name) {
          if (name !== "throwIfAborted") return Reflect.get(target, name);
          // Lets the first lot through.
          return () => {
            target.throwIfAborted();
            stop.abort(new Error("arrêt"));
          };
        },
      }),
    });
    await expect(stopping).rejects.toThrow("arrêt");
    expect(await live()).toHaveLength(4);
    expect(await retirerPerimees(database.db, { lot: 3 })).toBe(4);
    expect(await live()).toEqual([]);
  });

  test("an action left without a session is told, and the last session about to go is told before (H5, H6)", async () => {
    await write("action", "A2", uneAction({ intitule: "Autre action" }));
    await write("session", "S1", session({ fin: ago(28) }));
    await write("session", "S2", session({ action: "A2", fin: ago(25) }));
    await write("session", "S3", session({ action: "A2", fin: addDays(jour, 90) }));
    await write("session", "S4", session({ action: "A2", fin: ago(31) }));
    const soon = await sessionsBientotPerimees(database.db, { jours: 14, limit: 10 });
    expect(soon).toEqual({
      nombre: 2,
      premiers: [
        { numero: "S1", action: "A1", fin: ago(28), sort: addDays(jour, 3), derniere: true },
        { numero: "S2", action: "A2", fin: ago(25), sort: addDays(jour, 6), derniere: false },
      ],
    });
    await database.shiftClock("3 days");
    expect(await perimees.run(await jobContext(database.db))).toMatchObject({
      retirees: 2,
      actionsSansSession: 1,
      exemples: ["A1"],
    });
    // Moved under another action: what it was does not keep the first one alive.
    await write("session", "S3", session({ action: "A1", fin: addDays(jour, 90) }));
    await write("session", "S2", session({ action: "A1", fin: addDays(jour, 90) }));
    expect(await actionsSansSession(database.db, 10)).toEqual({
      nombre: 1,
      premiers: [{ numero: "A2", intitule: "Autre action", organisme: "OF1" }],
    });
  });
});

describe("beside sync", () => {
  const sources = async (rows: readonly { numero: string; fin: string }[]): Promise<void> => {
    await database.db.raw("DROP VIEW IF EXISTS source_session");
    const values = rows.map(({ numero, fin }) => `('${numero}', '${fin}')`).join(", ");
    await database.db.raw(
      `CREATE VIEW source_session AS SELECT n AS numero, 'A1' AS action, 'formation_continue' AS voie,
         '20200101' AS debut, f AS fin, 'dates_fixes' AS type_entree FROM (VALUES ${values}) v(n, f)`,
    );
  };
  const report = async () => {
    const { fait, kinds, notices } = await sync(database.db);
    expect({ fait, notices }).toEqual({ fait: true, notices: [] });
    return kinds.session;
  };

  test("a session retired as stale is not made again while the source still shows it", async () => {
    await sources([
      { numero: "S1", fin: ago(29) },
      { numero: "S2", fin: addDays(jour, 60) },
    ]);
    expect(await report()).toMatchObject({ ecrites: 2, perimees: 0 });
    await database.shiftClock("3 days");
    // Before the night it is neither written nor withdrawn for another reason.
    expect(await report()).toMatchObject({
      ecrites: 0,
      inchangees: 1,
      perimees: 1,
      refusees: 0,
      retirees: [],
    });
    expect(await retirerPerimees(database.db)).toBe(1);
    for (let night = 0; night < 2; night++) {
      expect(await report()).toMatchObject({ ecrites: 0, inchangees: 1, perimees: 1, retirees: [] });
      expect(await retirerPerimees(database.db)).toBe(0);
    }
    expect(await readHistory(database.db, "session", "S1")).toHaveLength(1);
    // The source corrects its end: it is published again.
    await sources([
      { numero: "S1", fin: addDays(jour, 30) },
      { numero: "S2", fin: addDays(jour, 60) },
    ]);
    expect(await report()).toMatchObject({ ecrites: 1, perimees: 0 });
    expect(await live()).toEqual(["S1", "S2"]);
  });

  test("the history of an old base is not published to be withdrawn the same night", async () => {
    await sources([
      { numero: "S1", fin: "20190630" },
      { numero: "S2", fin: "20190000" },
      { numero: "S3", fin: "99999999" },
    ]);
    expect(await report()).toMatchObject({ lues: 3, ecrites: 1, perimees: 2 });
    expect(await live()).toEqual(["S3"]);
  });
});

describe("purge", () => {
  const PERSONNE = "Marie Durand";
  const lieu = { coordonnees: { nom: PERSONNE, courriel: "marie@exemple.fr" } };
  const contact = { coordonnees: { nom: PERSONNE } };

  beforeEach(async () => {
    await write("organisme", "OF1", unOrganisme({ nom: PERSONNE, contacts: [contact] }));
    await write("action", "A1", uneAction({ contacts: [contact], certifications: [{ code_rncp: "35819" }] }));
    await write("session", "S1", session({ fin: ago(31), lieux: [lieu], commentaire: PERSONNE }));
    await write("session", "S2", session({ fin: addDays(jour, 500), lieux: [lieu] }));
    await retirerPerimees(database.db);
  });

  const purge = (jours = 400) => purgerRetires(database.db, { jours, lot: 1 });

  test("after the retention the content and the note go; number, dates, hash and reason stay; nothing else moves", async () => {
    const [before] = await readHistory(database.db, "session", "S1");
    expect(await purge()).toEqual({ session: 0, action: 0, organisme: 0 });
    await database.shiftClock("401 days");
    expect(await purge()).toEqual({ session: 1, action: 0, organisme: 0 });
    expect(await purge()).toEqual({ session: 0, action: 0, organisme: 0 });
    const [after] = await readHistory(database.db, "session", "S1");
    expect(after).toEqual({
      ...before,
      contenu: RECORDS.session.parse(session({ fin: ago(31) })),
      purge: expect.any(Date),
      retrait: { ...before?.retrait, note: undefined },
    });
    expect(await readHistory(database.db, "session", "S2")).toMatchObject([{ contenu: { lieux: [lieu] } }]);
    expect(
      (await database.db.raw("SELECT published_session::text FROM published_session WHERE numero = 'S1'"))
        .rows[0],
    ).not.toMatchObject({ published_session: expect.stringContaining("Durand") });
  });

  test("actions and organismes that were withdrawn are purged too, and what is left is what the contract accepts", async () => {
    await database.db.transaction((trx) =>
      withdraw(trx, "action", ["A1"], { motif: "archivage", note: PERSONNE }),
    );
    await database.db.transaction((trx) => withdraw(trx, "organisme", ["OF1"], { motif: "suppression" }));
    await database.shiftClock("401 days");
    // Two versions of the organisme and of the action: those of the beginning of the file and those of here.
    expect(await purge()).toEqual({ session: 2, action: 2, organisme: 2 });
    for (const kind of ["organisme", "action", "session"] as const) {
      const rows = await database.db(`published_${kind}`).whereNotNull("purged_at").select("contenu");
      for (const { contenu } of rows) {
        expect(RECORDS[kind].parse(contenu)).toEqual(contenu);
        expect(JSON.stringify(contenu)).not.toContain("Durand");
      }
    }
    // The wait of the CPF mention is still counted from there if the action comes back.
    const last = await readLast(database.db, "action", ["A1"]);
    expect(last.get("A1")).toMatchObject({
      retrait: "archivage",
      contenu: { organisme: "OF1", certifications: [{ code_rncp: "35819" }] },
    });
  });

  test("readers cope with a purged session: it is told as withdrawn, and its number may be published again", async () => {
    await database.shiftClock("401 days");
    await purge();
    const explained = await explainSession(database.db, "S1", { profils: PROFILS });
    expect(explained?.profils[0]?.etat).toMatchObject({ code: "retiree", motif: "session_terminee" });
    await write("session", "S1", session({ fin: "20991231" }));
    const history = await readHistory(database.db, "session", "S1");
    expect(history.map(({ version, purge: at }) => [version, at !== undefined])).toEqual([
      [2, false],
      [1, true],
    ]);
  });

  test("the database lets nothing else through, whoever asks", async () => {
    const set = (sql: string) =>
      database.db.raw(`UPDATE published_session SET ${sql} WHERE numero = 'S1' AND retired_at IS NOT NULL`);
    const refused = /immutable/;
    await expect(
      set(`purged_at = horloge(), retired_note = NULL, contenu = contenu || '{"fin": "20991231"}'`),
    ).rejects.toThrow(refused);
    await expect(set("contenu = published_tombe('session', contenu)")).rejects.toThrow(refused);
    await expect(set("purged_at = horloge(), contenu = published_tombe('session', contenu)")).rejects.toThrow(
      refused,
    );
    await expect(
      set(
        "purged_at = horloge(), retired_note = NULL, retired_reason = 'archivage', contenu = published_tombe('session', contenu)",
      ),
    ).rejects.toThrow(refused);
    await expect(
      database.db.raw(
        "UPDATE published_session SET purged_at = horloge(), contenu = published_tombe('session', contenu) WHERE numero = 'S2'",
      ),
    ).rejects.toThrow(refused);
    await expect(database.db.raw("DELETE FROM published_session WHERE numero = 'S1'")).rejects.toThrow(
      refused,
    );
    await set("purged_at = horloge(), retired_note = NULL, contenu = published_tombe('session', contenu)");
    await expect(set("purged_at = NULL")).rejects.toThrow(refused);
  });
});
