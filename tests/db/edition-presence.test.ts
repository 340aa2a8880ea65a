import { expect, test } from "vitest";
import { copyIn, withClient } from "../../src/db/index.ts";
import {
  insertSnapshot,
  LECTURE,
  type PresenceChange,
  type PresenceRow,
  recordPresence,
  type SnapshotFacts,
} from "../../src/snapshot/index.ts";
import { useDatabase } from "../support/database.ts";

const database = useDatabase();

const row = (session: string, change: Partial<PresenceRow> = {}): PresenceRow => ({
  sortie: 0,
  session,
  action: "20",
  sessionVersion: 1,
  actionVersion: 1,
  organismeVersion: 1,
  fragmentSha256: `de ${session}`,
  retenue: false,
  motif: null,
  ...change,
});

const FACTS: SnapshotFacts = {
  profil: "rco",
  file: { sha256: "a".repeat(64), sha256Gz: "b".repeat(64), octets: 10, octetsGz: 5 },
  contenuSha256: "c",
  formations: 1,
  actions: 1,
  sessions: 1,
  formationsEcartees: 0,
  sessionsEcartees: 0,
  completeesParDefaut: {},
  watermark: new Date(0),
  xsdVersion: "x",
  reglesVersion: "r",
  createdAt: new Date(0),
};

/** Records one snapshot whose run read these rows. */
async function record(rows: readonly PresenceRow[], profil = "rco"): Promise<PresenceChange> {
  const { db } = database;
  await db("profil").insert({ id: profil, nom: profil, definition: {} }).onConflict("id").ignore();
  return withClient(db, async (client) => {
    await client.query(`DROP TABLE IF EXISTS ${LECTURE.table}`);
    await client.query(LECTURE.create);
    await copyIn(client, LECTURE.table, LECTURE.columns, rows.map(LECTURE.row));
    return db.transaction(
      async (trx) => {
        const [edition] = await trx("edition").insert(
          { etat: "faite", horloge: new Date(0), profils: [profil] },
          ["id"],
        );
        const { id } = await insertSnapshot(trx, edition?.id, undefined, { ...FACTS, profil });
        return recordPresence(trx, { sortie: 0, profil, snapshot: id ?? 0 });
      },
      { connection: client },
    );
  });
}

const history = (session: string, profil = "rco") =>
  database
    .db("feed_presence")
    .where({ session, profil })
    .orderBy("from_snapshot")
    .select(
      "from_snapshot as from",
      "to_snapshot as to",
      "motif_sortie as motif",
      "session_version as version",
    );

/** A published session that was withdrawn. */
async function withdrawn(numero: string, reason: string): Promise<void> {
  await database.db("published_session").insert({
    numero,
    version: 1,
    contenu: { action: "20" },
    contenu_sha256: "x",
    origine: "test",
    premiere_mise_en_ligne_at: new Date(0),
    mis_en_ligne_at: new Date(0),
    retired_at: new Date(1),
    retired_reason: reason,
  });
}

test("a session is opened once, untouched while it reads the same, closed and opened when it changes", async () => {
  await database.clear();
  expect(await record([row("a"), row("b")])).toEqual({ entrees: 2, modifiees: 0, sorties: {} });
  expect(await record([row("a"), row("b")])).toEqual({ entrees: 0, modifiees: 0, sorties: {} });
  expect(await record([row("a"), row("b", { sessionVersion: 2 }), row("c")])).toEqual({
    entrees: 1,
    modifiees: 1,
    sorties: {},
  });
  expect(await history("a")).toEqual([{ from: 1, to: null, motif: null, version: 1 }]);
  expect(await history("b")).toEqual([
    { from: 1, to: 3, motif: "remplacee", version: 1 },
    { from: 3, to: null, motif: null, version: 2 },
  ]);
});

test("each departure has its cause", async () => {
  await database.clear();
  await record(["retiree", "hors", "ecartee", "disparue"].map((session) => row(session)));
  await withdrawn("retiree", "retrait_organisme");
  const change = await record([
    row("hors", { motif: "hors_perimetre" }),
    row("ecartee", { motif: "ecartee" }),
  ]);
  expect(change).toEqual({
    entrees: 0,
    modifiees: 0,
    sorties: { retrait_organisme: 1, hors_perimetre: 1, ecartee: 1, absente: 1 },
  });
  expect(await history("hors")).toEqual([{ from: 1, to: 2, motif: "hors_perimetre", version: 1 }]);
});

test("a session that comes back is a new row, and profiles do not mix", async () => {
  await database.clear();
  await record([row("a")]);
  await record([row("a")], "kairos");
  await record([row("a", { motif: "ecartee" })]);
  await record([row("a")]);
  expect(await history("a")).toEqual([
    { from: 1, to: 3, motif: "ecartee", version: 1 },
    { from: 4, to: null, motif: null, version: 1 },
  ]);
  expect(await history("a", "kairos")).toEqual([{ from: 2, to: null, motif: null, version: 1 }]);
});
