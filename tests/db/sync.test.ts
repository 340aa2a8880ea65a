import type { Knex } from "knex";
import { describe, expect, test } from "vitest";
import {
  describeSync,
  ORIGINE_CATALOGUE,
  readHistory,
  sync,
  writeVersions,
} from "../../src/published/index.ts";
import { useDatabase } from "../support/database.ts";
import { uneAction, uneSession, unOrganisme } from "../support/offre.ts";

const SCHEMA = "src";
const from = { schema: SCHEMA };

/** Views over tables of JSON, so that a test says its rows; columns of the views come from `columns`. */
async function source(db: Knex, kind: string, columns: string, rows: readonly object[]): Promise<void> {
  await db.raw(`CREATE SCHEMA IF NOT EXISTS ${SCHEMA}`);
  await db.raw(`DROP TABLE IF EXISTS ${SCHEMA}.source_${kind}`);
  await db.raw(
    `CREATE TABLE ${SCHEMA}.source_${kind} AS
    SELECT * FROM jsonb_to_recordset(?) AS x(${columns})`,
    [JSON.stringify(rows)],
  );
}

const COLUMNS: Readonly<Record<string, string>> = {
  organisme:
    "numero text, numero_activite text, siret text, nom text, raison_sociale text, coordonnees jsonb",
  action:
    "numero text, organisme text, intitule text, objectif text, contenu text, rome text[], modalites jsonb",
  session: "numero text, action text, voie text, debut text, fin text, type_entree text, lieux jsonb",
};

async function sources(
  db: Knex,
  all: { organisme?: object[]; action?: object[]; session?: object[] },
): Promise<void> {
  for (const [kind, rows] of Object.entries(all)) await source(db, kind, COLUMNS[kind] ?? "", rows);
}

const organisme = (numero: string, fields: object = {}) => ({ numero, ...unOrganisme(), ...fields });
const action = (numero: string, fields: object = {}) => ({ numero, ...uneAction(), ...fields });
const session = (numero: string, fields: object = {}) => ({
  numero,
  ...uneSession({ fin: "20991218" }),
  ...fields,
});

describe("the rows", () => {
  const database = useDatabase();

  test("a bad row is told with its column, its value and its remedy, and its last version stays", async () => {
    const { db } = database;
    await sources(db, {
      organisme: [organisme("OF1")],
      action: [action("A1")],
      session: ["S1", "S2", "S3", "S4", "S5"].map((numero) => session(numero)),
    });
    expect((await sync(db, from)).kinds.session).toMatchObject({ lues: 5, ecrites: 5, refusees: 0 });
    await sources(db, {
      session: [
        session("S1", { voie: "stage" }),
        session("S2", { debut: "2026-09-01" }),
        session("S3", { type_entree: null }),
        session("S4", { action: "A404" }),
        session("S5"),
        session("S5", { fin: "20270101" }),
        session("S|6"),
        session("S7", { lieux: [{ coordonnees: { adresse: { code_postal: 33000, ville: "Bordeaux" } } }] }),
        { ...session("x"), numero: null },
      ],
    });
    const report = await sync(db, from);
    expect(report.kinds.session).toEqual({
      lues: 9,
      ecrites: 0,
      inchangees: 0,
      perimees: 0,
      refusees: 9,
      retirees: ["S4"],
    });
    expect(report.notices.map(({ code, path, value, session }) => [code, path, value, session])).toEqual([
      ["sync-champ-refuse", "source_session[S1].voie", '"stage"', "S1"],
      ["sync-date", "source_session[S2].debut", "2026-09-01", "S2"],
      ["sync-champ-absent", "source_session[S3].type_entree", "", "S3"],
      ["sync-parent-absent", "source_session[S4].action", "A404", "S4"],
      ["sync-numero-double", "source_session[S5].numero", "S5", "S5"],
      ["sync-champ-refuse", "source_session[S7].lieux[1].coordonnees.adresse.code_postal", "33000", "S7"],
      ["sync-champ-refuse", "source_session[S|6].numero", '"S|6"', "S|6"],
      ["sync-numero-absent", "source_session.numero", "", undefined],
    ]);
    expect(report.notices[0]?.message).toBe(
      'Le champ « voie » contient « "stage" » (attendu : formation_continue, professionnalisation, apprentissage, formation_initiale) : la ligne n\'est pas reprise, et la version déjà publiée reste. Corrigez la donnée, ou sa traduction dans la vue.',
    );
    for (const numero of ["S1", "S2", "S3", "S5"]) {
      expect((await readHistory(db, "session", numero)).map(({ retrait }) => retrait)).toEqual([undefined]);
    }
    expect(describeSync(report)).toContain(
      "9 lues, 0 nouvelles ou modifiées, 0 inchangées, 9 refusées, 1 retirées",
    );
  });

  test("nulls say nothing, at any depth, and the same rows again write nothing", async () => {
    const { db } = database;
    await sources(db, {
      organisme: [
        organisme("OF1", { coordonnees: { adresse: null, telfixe: ["05", null], courriel: null } }),
      ],
      action: [action("A1", { rome: null, modalites: { publics: [{ code: "80056", ref: null }] } })],
      session: [],
    });
    await sync(db, from);
    expect((await readHistory(db, "organisme", "OF1"))[0]?.contenu.coordonnees.telfixe).toEqual(["05"]);
    expect((await readHistory(db, "action", "A1"))[0]?.contenu).toMatchObject({
      rome: [],
      modalites: { publics: [{ code: "80056" }] },
    });
    const again = await sync(db, from);
    expect(Object.values(again.kinds).map(({ ecrites, retirees }) => [ecrites, retirees])).toEqual([
      [0, []],
      [0, []],
      [0, []],
    ]);
  });

  test("an action that leaves takes its sessions, their own rows notwithstanding, and comes back as a new version", async () => {
    const { db } = database;
    await sources(db, {
      organisme: [organisme("OF1")],
      action: [action("B1"), action("B2")],
      session: [session("T1", { action: "B1" }), session("T2", { action: "B2" })],
    });
    await sync(db, from);
    await sources(db, { action: [action("B2")] });
    const report = await sync(db, from);
    expect([report.kinds.action?.retirees, report.kinds.session?.retirees]).toEqual([["B1"], ["T1"]]);
    await sources(db, { action: [action("B1"), action("B2")] });
    await sync(db, from);
    const versions = (await readHistory(db, "session", "T1")).map(({ version, retrait }) => [
      version,
      retrait?.motif,
    ]);
    expect(versions).toEqual([
      [2, undefined],
      [1, "absent_de_la_source"],
    ]);
  });

  test("what the catalogue publishes is not in a source, and stays", async () => {
    const { db } = database;
    await db.transaction((trx) =>
      writeVersions(trx, "action", [{ numero: "C1", contenu: uneAction() }], { origine: ORIGINE_CATALOGUE }),
    );
    expect((await sync(db, from)).kinds.action?.retirees).toEqual([]);
    expect((await readHistory(db, "action", "C1"))[0]?.retrait).toBeUndefined();
  });

  test("a kind without a view is left alone", async () => {
    const { db } = database;
    await db.raw(`DROP TABLE ${SCHEMA}.source_organisme, ${SCHEMA}.source_session`);
    await sources(db, { action: [action("B1"), action("B2"), action("B3", { organisme: "OF1" })] });
    const report = await sync(db, from);
    expect(Object.keys(report.kinds)).toEqual(["action"]);
    expect(report.kinds.action).toMatchObject({ ecrites: 1, inchangees: 2, retirees: [] });
    expect((await readHistory(db, "session", "T1"))[0]?.retrait).toBeUndefined();
  });
});

describe("the guard", () => {
  const database = useDatabase();

  test("a massive withdrawal is refused with its list, nothing is written, and --force confirms it", async () => {
    const { db } = database;
    const many = Array.from({ length: 300 }, (_, rank) => session(`S${String(rank).padStart(3, "0")}`));
    await sources(db, { organisme: [organisme("OF1")], action: [action("A1")], session: many });
    await sync(db, from);
    await sources(db, { action: [action("A1", { intitule: "changé" })], session: many.slice(0, 239) });
    const refused = await sync(db, from);
    expect(refused.fait).toBe(false);
    expect(refused.refus).toEqual([
      expect.stringMatching(/^source_session n'a plus 61 des 300 .*\(20 %\) : S239, S240, .*--force\.$/),
    ]);
    expect(describeSync(refused)).toMatch(/^Rien n'a été écrit :/);
    expect(await readHistory(db, "action", "A1")).toHaveLength(1);
    expect((await sync(db, { ...from, force: true })).kinds.session?.retirees).toHaveLength(61);
    expect(await readHistory(db, "action", "A1")).toHaveLength(2);
  });

  test.each([
    ["50 of a small base", 60, 10],
    ["a fifth of a large one", 300, 240],
  ])("%s may leave", async (_, before, after) => {
    const { db } = database;
    const rows = Array.from({ length: before }, (_, rank) => session(`U${rank}`));
    await sources(db, { session: rows });
    await sync(db, { ...from, force: true });
    await sources(db, { session: rows.slice(0, after) });
    expect(await sync(db, from)).toMatchObject({
      fait: true,
      kinds: { session: { retirees: { length: before - after } } },
    });
  });
});

describe("the views", () => {
  const database = useDatabase();
  const refusal = async (): Promise<readonly string[]> => {
    const report = await sync(database.db, from);
    expect(report.fait).toBe(false);
    return report.refus;
  };

  test("none at all", async () => {
    expect(await refusal()).toEqual([
      expect.stringContaining("Aucune vue source_* n'a été trouvée dans le schéma « src »"),
    ]);
  });

  test("columns missing, unknown or of the wrong type are told at once, with what to write", async () => {
    await source(
      database.db,
      "session",
      `numero int, action text, voie text, debut date, fin timestamptz, titre text, lieux text, urls text[],
       modalites text, cycle jsonb`,
      [],
    );
    await source(
      database.db,
      "organisme",
      "numero varchar(10), numero_activite char(11), siret text, nom text, raison_sociale text, coordonnees jsonb, compte_kairos text",
      [],
    );
    expect(await refusal()).toEqual([
      "source_organisme : la colonne « compte_kairos » est de type text. Écrivez un booléen, par exemple : (compte_kairos = 'O') AS compte_kairos.",
      "source_session : la colonne « type_entree » manque, elle est obligatoire.",
      "source_session : la colonne « numero » est de type integer. Écrivez un texte : numero::text AS numero.",
      "source_session : la colonne « debut » est de type date. Écrivez la date en texte : to_char(debut, 'YYYYMMDD') AS debut.",
      "source_session : la colonne « fin » est de type timestamp with time zone. Écrivez la date en texte : to_char(fin, 'YYYYMMDD') AS fin.",
      "source_session : la colonne « titre » n'existe pas dans le contrat. Retirez-la de la vue, ou donnez-lui le nom d'un champ du contrat.",
      "source_session : la colonne « lieux » est de type text. Écrivez une liste : un tableau, ou jsonb_build_array(…) AS lieux.",
      "source_session : la colonne « modalites » est de type text. Écrivez un objet : jsonb_build_object(…) AS modalites.",
    ]);
  });

  test("a view that fails on its own data", async () => {
    const { db } = database;
    await db.raw(`DROP TABLE ${SCHEMA}.source_session, ${SCHEMA}.source_organisme`);
    await db.raw(`CREATE VIEW ${SCHEMA}.source_certification AS SELECT x AS numero, 'rncp'::text AS type, (x::int)::text AS intitule
      FROM unnest(ARRAY['1', 'deux']) x`);
    expect(await refusal()).toEqual([
      expect.stringMatching(
        /^source_certification n'a pas pu être lue\. PostgreSQL dit : .*"deux".* Corrigez la vue\.$/,
      ),
    ]);
  });

  test("with the search path, and rights made of two columns", async () => {
    const { db } = database;
    await db.raw(`DROP SCHEMA ${SCHEMA} CASCADE`);
    await db.raw(
      "CREATE VIEW source_habilitation AS SELECT 'OF1'::text AS organisme, 'RNCP1'::text AS certification",
    );
    expect(await sync(db)).toMatchObject({ fait: true, kinds: { habilitation: { ecrites: 1 } } });
    expect(await readHistory(db, "habilitation", "OF1|RNCP1")).toHaveLength(1);
  });
});

test("a view that is wrong throughout is still readable: notices are counted beyond the first ones", async () => {
  const report = describeSync({
    fait: true,
    refus: [],
    kinds: {
      session: { lues: 45_000, ecrites: 0, inchangees: 0, perimees: 0, refusees: 45_000, retirees: [] },
    },
    notices: [],
    noticesOmises: 44_900,
  });
  expect(report.replaceAll(/\s/g, " ")).toContain("… et 44 900 autres.");
});

describe("beside other writers", () => {
  const database = useDatabase();

  test("records that came another way are the source's too", async () => {
    const { db } = database;
    await db.transaction((trx) =>
      writeVersions(trx, "organisme", [{ numero: "OF9", contenu: unOrganisme() }], { origine: "import" }),
    );
    await sources(db, { organisme: [organisme("OF1")] });
    expect((await sync(db, from)).kinds.organisme).toMatchObject({ ecrites: 1, retirees: ["OF9"] });
  });
});
