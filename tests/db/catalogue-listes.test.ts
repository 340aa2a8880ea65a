import type { Knex } from "knex";
import { beforeAll, beforeEach, describe, expect, test } from "vitest";
import {
  type Auteur,
  archiveAction,
  askComplement,
  countActions,
  type Demande,
  listActions,
  SYSTEME,
  saveAction,
  saveSession,
} from "../../src/catalogue/index.ts";
import { writeVersions } from "../../src/published/index.ts";
import {
  AUTRE_OF,
  CONTROLE,
  confirmer,
  done,
  lire,
  loadStructures,
  OF,
  saisieAction,
  saisieSession,
  uneFiche,
  uneFichePubliee,
} from "../support/catalogue.ts";
import { useDatabase } from "../support/database.ts";

/** The eight tabs: what they hold, how they are counted, filtered, ordered and paged. */
const database = useDatabase();
let db: Knex;

const PUBLIEES: Demande = { cadre: "non_conventionnee", etat: "publiee" };
const BROUILLONS: Demande = { cadre: "non_conventionnee", etat: "brouillon" };
const titres = async (auteur: Auteur, demande: Demande) =>
  (await listActions(db, auteur, demande)).lignes.map(({ intitule }) => intitule);

describe("a structure's own lists", () => {
  beforeAll(async () => {
    db = database.db;
  });
  beforeEach(async () => {
    await database.clear();
    await loadStructures(db);
  });

  test("each action is under the tab of its state, and counted there (S25, S26, S36–S43)", async () => {
    await uneFiche(db);
    const creee = await uneFiche(db);
    await confirmer(db, creee.id);
    const alerte = await uneFiche(db);
    await confirmer(db, alerte.id);
    done(await askComplement(db, CONTROLE, alerte.id, "Précisez."));
    await uneFichePubliee(db);
    const archivee = await uneFichePubliee(db);
    done(await archiveAction(db, OF, archivee.id, { motif: "Fini" }));
    await uneFiche(db, AUTRE_OF);
    expect((await countActions(db, OF)).non_conventionnee).toEqual({
      brouillon: 1,
      creee: 1,
      alerte: 1,
      publiee: 1,
      archivee: 1,
    });
    expect((await countActions(db, CONTROLE)).non_conventionnee.brouillon).toBe(2);
    expect((await countActions(db, CONTROLE, ["OF2"])).non_conventionnee).toEqual({ brouillon: 1 });
    const { lignes } = await listActions(db, OF, { cadre: "non_conventionnee", etat: "alerte" });
    expect(lignes.map(({ id }) => id)).toEqual([alerte.id]);
  });

  test("a line says what the guide shows of it (S27, S28)", async () => {
    await uneFichePubliee(db, {
      sessions: [
        saisieSession({ debut: "20270104", fin: "20270618" }),
        saisieSession({ debut: "20270901", fin: "20271215" }),
      ],
    });
    const { lignes, total, page, par } = await listActions(db, OF, PUBLIEES);
    expect({ total, page, par }).toEqual({ total: { nombre: 1, exact: true }, page: 1, par: 10 });
    expect(lignes).toMatchObject([
      {
        reference: expect.stringMatching(/^20\d{10}$/),
        financement: "L'employeur ou le particulier",
        responsable: "Organisme OF1",
        debut: "20270104",
        fin: "20271215",
        sessions: 2,
        modificationEnCours: false,
        sansSessionEnCours: false,
      },
    ]);
  });

  test("what was typed and is not online yet is marked, on the action or on one of its sessions", async () => {
    const [first, second] = [await uneFichePubliee(db), await uneFichePubliee(db), await uneFichePubliee(db)];
    const { revision } = await lire(db, first.id);
    done(await saveAction(db, OF, first.id, { revision, contenu: saisieAction({ le_plus: "Neuf" }) }));
    const contenu = saisieSession({ fin: "20270701" });
    done(await saveSession(db, OF, second.sessions[0] ?? 0, { revision: 1, contenu }));
    const { lignes } = await listActions(db, OF, { ...PUBLIEES, sens: "asc" });
    expect(lignes.map(({ modificationEnCours }) => modificationEnCours)).toEqual([true, true, false]);
  });

  test.each([
    ["20260101", true],
    ["20270000", false],
    ["99999999", false],
  ])("an action whose last session ends on %s has none left: %s (H6)", async (fin, none) => {
    const { sessions } = await uneFichePubliee(db);
    const contenu = JSON.stringify(saisieSession({ debut: "20250101", fin }));
    await db("catalogue_session").where({ id: sessions[0] }).update({ contenu });
    const { lignes } = await listActions(db, OF, PUBLIEES);
    expect(lignes[0]?.sansSessionEnCours).toBe(none);
  });

  test("words of the title, the reference or the certification find it (S124)", async () => {
    await db.transaction((trx) =>
      writeVersions(
        trx,
        "certification",
        [{ numero: "RNCP35819", contenu: { type: "rncp", intitule: "Boucher charcutier traiteur" } }],
        { origine: "essai" },
      ),
    );
    await uneFichePubliee(db, { contenu: saisieAction({ intitule: "Réparer des élévateurs" }) });
    await uneFichePubliee(db, {
      contenu: saisieAction({ intitule: "Découpe des viandes", certifications: [{ code_rncp: "35819" }] }),
    });
    const [reference = ""] = (await listActions(db, OF, { ...PUBLIEES, sens: "asc" })).lignes.map(
      (ligne) => ligne.reference ?? "",
    );
    const found = (filtre: string) => titres(OF, { ...PUBLIEES, filtre });
    expect(await found("ELEVATEUR repar")).toEqual(["Réparer des élévateurs"]);
    expect(await found(reference)).toEqual(["Réparer des élévateurs"]);
    expect(await found("35819")).toEqual(["Découpe des viandes"]);
    expect(await found("rncp35819")).toEqual(["Découpe des viandes"]);
    expect(await found("charcutier")).toEqual(["Découpe des viandes"]);
    expect(await found("plomberie")).toEqual([]);
    expect(await found("  ' & | !")).toHaveLength(2);
  });

  test("titles are ordered as people read them, whatever case and accents", async () => {
    for (const intitule of ["Étanchéité", "zinguerie", "Ébénisterie", "Forge"])
      await uneFiche(db, OF, { contenu: saisieAction({ intitule }) });
    const ordered = await titres(OF, { ...BROUILLONS, tri: "intitule", sens: "asc" });
    expect(ordered).toEqual(["Ébénisterie", "Étanchéité", "Forge", "zinguerie"]);
    expect(await titres(OF, { ...BROUILLONS, tri: "intitule", sens: "desc" })).toEqual(ordered.toReversed());
  });
});

describe("100 000 actions", () => {
  const many = useDatabase();
  const GROSSE: Auteur = { ...OF, structure: "OF1" };

  beforeAll(async () => {
    db = many.db;
    await loadStructures(db);
    await db.raw(`
      INSERT INTO catalogue_action (structure, cadre, etat, reference, contenu, publiee_revision, created_by, updated_by)
      SELECT CASE WHEN n % 2 = 0 THEN 'OF1' ELSE 'OF2' END, 'non_conventionnee', 'publiee', '20' || lpad(n::text, 10, '0'),
        jsonb_build_object('intitule', 'Formation ' || (ARRAY['soudage', 'comptabilité', 'anglais', 'boucherie'])[n % 4 + 1]
          || ' niveau ' || n), 1, 'essai', 'essai'
      FROM generate_series(1, 100000) n`);
    await db.raw(`
      INSERT INTO catalogue_session (action_id, etat, reference, contenu, publiee_revision, created_by, updated_by)
      SELECT id, 'publiee', right(reference, 8), '{"debut": "20270104", "fin": "20270618"}', 1, 'essai', 'essai'
      FROM catalogue_action WHERE id <= 2000`);
    await db.raw("VACUUM ANALYZE catalogue_action, catalogue_session");
  }, 60_000);

  /** Lines of tables and of indexes that this reads, all told. */
  async function read(work: () => Promise<unknown>): Promise<number> {
    const before = await linesRead();
    await work();
    return (await linesRead()) - before;
  }
  async function linesRead(): Promise<number> {
    await db.raw("SELECT pg_stat_force_next_flush()");
    const { rows } = await db.raw<{ rows: { n: string }[] }>(
      "SELECT sum(seq_tup_read + coalesce(idx_tup_fetch, 0)) AS n FROM pg_stat_user_tables WHERE relname LIKE 'catalogue_%'",
    );
    return Number(rows[0]?.n);
  }

  test.each([
    ["the first page", { page: 1 }],
    ["the last page", { page: 1_000_000 }],
    ["by title", { tri: "intitule", sens: "asc" }],
    ["a rare word", { filtre: "niveau 77777" }],
  ] as const)("%s reads a few lines only, for an OF and for the control", async (_, asked) => {
    for (const auteur of [GROSSE, CONTROLE]) {
      let found = 0;
      const lines = await read(async () => {
        found = (await listActions(db, auteur, { ...PUBLIEES, ...asked })).lignes.length;
      });
      expect(lines).toBeLessThan(2_000);
      expect(found).toBeGreaterThanOrEqual("filtre" in asked ? 0 : 10);
    }
  });

  test("the last page is the end of the list", async () => {
    const { lignes, page, total } = await listActions(db, CONTROLE, { ...PUBLIEES, sens: "asc", page: 1e6 });
    expect({ page, total }).toEqual({ page: 10_000, total: { nombre: 100_000, exact: true } });
    expect(lignes.map(({ reference }) => Number(reference?.slice(2)))).toEqual(
      Array.from({ length: 10 }, (_, rank) => 99_991 + rank),
    );
  });

  test("a word that half of them have is counted up to a bound", async () => {
    const { total, lignes } = await listActions(db, CONTROLE, { ...PUBLIEES, filtre: "formation", par: 25 });
    expect({ total, lines: lignes.length }).toEqual({ total: { nombre: 1_000, exact: false }, lines: 25 });
  });

  test("tabs are counted from an index alone", async () => {
    expect(await read(() => countActions(db, CONTROLE))).toBeLessThan(2_000);
    expect((await countActions(db, SYSTEME)).non_conventionnee).toEqual({ publiee: 100_000 });
  });

  test("the order comes from an index, without a sort", async () => {
    const plans = await Promise.all(
      ["a.structure = 'OF1' AND", ""].map(async (portee) => {
        const { rows } = await db.raw<{ rows: { "QUERY PLAN": string }[] }>(
          `EXPLAIN SELECT a.id FROM catalogue_action a WHERE ${portee} a.cadre = 'non_conventionnee' AND a.etat = 'publiee'
           ORDER BY a.reference DESC, a.id DESC LIMIT 10`,
        );
        return rows.map((row) => row["QUERY PLAN"]).join("\n");
      }),
    );
    expect(plans[0]).toMatch(/Index Only Scan Backward using catalogue_action_liste /);
    expect(plans[1]).toMatch(/Index Only Scan Backward using catalogue_action_toutes /);
    expect(plans.join()).not.toContain("Sort");
  });
});
