import { readFileSync } from "node:fs";
import { gzipSync } from "node:zlib";
import type { Knex } from "knex";
import { beforeAll, beforeEach, describe, expect, test } from "vitest";
import {
  type Auteur,
  confirmImport,
  countActions,
  listActions,
  listImports,
  modeleCsv,
  rapportCsv,
  readImport,
  readLignesDImport,
  readSessions,
  tryImport,
} from "../../src/catalogue/index.ts";
import { AUTRE_OF, CONTROLE, done, lire, loadStructures, OF, uneFichePubliee } from "../support/catalogue.ts";
import { useDatabase } from "../support/database.ts";

/** A file that an OF brings: what is said of each of its formations, and the drafts that it becomes. */
const database = useDatabase();
let db: Knex;

beforeAll(() => {
  db = database.db;
});
beforeEach(async () => {
  await database.clear();
  await loadStructures(db);
});

/** Two formations of one organisme; the second one's only session can be made to be over. */
const LHEO = readFileSync(new URL("../../fixtures/import/grand-est-2.3.xml", import.meta.url), "utf8")
  .replaceAll("<fin>20270430<", "<fin>20970430<")
  .replaceAll("<fin>20280630<", "<fin>20980630<")
  .replaceAll("<fin>20261231<", "<fin>20201231<")
  .replaceAll("91234529500014", "21330063500017");

async function* bytes(content: string | Uint8Array) {
  yield typeof content === "string" ? Buffer.from(content) : content;
}

const essayer = (nom: string, content: string | Uint8Array, auteur: Auteur = OF) =>
  tryImport(db, auteur, { nom, bytes: bytes(content) }, "non_conventionnee");

async function lignes(id: number) {
  const found = await readImport(db, OF, id);
  if (found === undefined) throw new Error(`no import ${id}`);
  return (await readLignesDImport(db, found, { limit: 50 })).lignes;
}

const brouillons = async () => (await countActions(db, OF)).non_conventionnee.brouillon ?? 0;

describe("an LHEO file", () => {
  test.each([
    ["offre.xml", LHEO],
    ["offre.xml.gz", gzipSync(LHEO)],
  ])("%s is tried without a trace in the catalogue, then becomes drafts", async (nom, content) => {
    const { id } = done(await essayer(nom, content));
    expect(await brouillons()).toBe(0);
    expect(await lignes(id)).toMatchObject([
      { ligne: 4, numero: "01_GE245976", verdict: "creee", nombre_sessions: 2 },
      {
        verdict: "creee",
        nombre_sessions: 0,
        raisons: expect.arrayContaining(["Une session terminée n'est pas reprise."]),
      },
    ]);
    expect(done(await confirmImport(db, OF, id))).toEqual({ creees: 2 });
    const [, first] = await lignes(id).then(([a]) => [a, a?.action_id ?? 0] as const);
    const fiche = await lire(db, first);
    expect(fiche).toMatchObject({
      etat: "brouillon",
      structure: "OF1",
      reference: null,
      contenu: { intitule: "Titre professionnel secrétaire assistant" },
    });
    expect(Object.keys(fiche.contenu)).not.toContain("numero_lheo");
    const { sessions } = await readSessions(db, OF, first, { limit: 10 });
    expect(sessions.map(({ contenu }) => contenu.fin)).toEqual(["20970430", "20980630"]);
  });

  test("what is in the catalogue already is told and left alone, by its number or by its title (S53)", async () => {
    const published = await uneFichePubliee(db);
    const { reference } = await lire(db, published.id);
    const file = LHEO.replace("01_GE245976", `75_${reference}`).replace(
      "Anglais professionnel",
      "CONDUIRE un chariot élévateur",
    );
    const { id } = done(await essayer("offre.xml", file));
    expect(await lignes(id)).toMatchObject([
      { verdict: "connue", raisons: [expect.stringContaining(`« Publiées », référence ${reference}`)] },
      { verdict: "connue", raisons: [expect.stringContaining("même intitulé")] },
    ]);
    expect(done(await confirmImport(db, OF, id))).toEqual({ creees: 0 });
    expect(await brouillons()).toBe(0);
  });

  test("a formation of another organisme is refused, and so is one that comes twice", async () => {
    const { id } = done(await essayer("offre.xml", LHEO, AUTRE_OF));
    const found = await readImport(db, AUTRE_OF, id);
    expect(found?.comptes).toEqual({ creee: 0, connue: 0, refusee: 2 });
    const twice = LHEO.replace("01_GE245977", "01_GE245976");
    const again = done(await essayer("offre.xml", twice));
    expect((await lignes(again.id)).map(({ verdict }) => verdict)).toEqual(["creee", "refusee"]);
  });

  test.each([
    ["a DTD with entities", LHEO.replace("<lheo", '<!DOCTYPE lheo [<!ENTITY x "y">]>\n<lheo'), "DOCTYPE"],
    ["XML that is cut", LHEO.slice(0, 4_000), ""],
    ["another document", "<catalogue/>", "« catalogue »"],
    ["broken gzip", gzipSync(LHEO).subarray(0, 900), "gzip"],
    ["a file that is far longer than it looks", gzipSync(`${LHEO}${" ".repeat(70_000_000)}`), "64 Mio"],
  ])("%s is refused as a whole, and nothing is kept", async (_, content, said) => {
    expect(await essayer("offre.xml", content)).toHaveProperty("refus", expect.stringContaining(said));
    expect(await listImports(db, OF, 10)).toEqual([]);
  });
});

describe("a CSV file", () => {
  test("the template is one that can be imported", async () => {
    const { id } = done(await essayer("modele.csv", modeleCsv().replaceAll("2027", "2097")));
    const [ligne] = await lignes(id);
    expect(ligne).toMatchObject({ verdict: "creee", nombre_sessions: 1, ligne: 2 });
    done(await confirmImport(db, OF, id));
    const [made] = (await listActions(db, OF, { cadre: "non_conventionnee", etat: "brouillon" })).lignes;
    const { contenu } = await lire(db, made?.id ?? 0);
    expect(contenu).toMatchObject({
      intitule: "Conduire un chariot élévateur",
      objectif_general: "6",
      certifications: [{ code_rs: "RS5500" }],
      modalites: { heures_par_modalite: [{ modalite: "jour", heures: 35 }], prerequis: "Aucun" },
    });
    const { sessions } = await readSessions(db, OF, made?.id ?? 0, { limit: 10 });
    expect(sessions[0]?.contenu).toMatchObject({
      debut: "20970104",
      lieux: [
        { principal: true, coordonnees: { adresse: { ville: "Pessac", lignes: ["12 rue des Lilas"] } } },
      ],
      contacts: [{ coordonnees: { courriel: "contact@exemple.fr", telfixe: ["05 56 00 00 00"] } }],
    });
  });

  test("lines of one formation are its sessions; Windows text and commas are read", async () => {
    const csv = [
      "formation,intitule,voie,debut,fin",
      "F1,Ébénisterie d'art,Contrat d'apprentissage,01/09/2097,30/06/2098",
      "F2,Zinguerie,formation continue,2097-09-01,2097-09-05",
      'F1,"Ébénisterie d\'art",formation_continue,05/10/2097,09/10/2097',
    ].join("\r\n");
    const { id } = done(await essayer("offre.csv", Buffer.from(csv, "latin1")));
    expect(await lignes(id)).toMatchObject([
      { intitule: "Ébénisterie d'art", nombre_sessions: 2, verdict: "creee" },
      { intitule: "Zinguerie", nombre_sessions: 1, verdict: "creee" },
    ]);
  });

  test("what cannot be read is told with its line, its column and what is allowed", async () => {
    const csv =
      "formation;intitule;debut;heures_jour\nF1;Soudage;31/02/2097;\nF2;;;\nF3;Forge;;3h\nF3;Fonte;;\nF4;Tôlerie;;7";
    const { id } = done(await essayer("offre.csv", csv));
    const said = await lignes(id);
    expect(said.map(({ verdict }) => verdict)).toEqual(["refusee", "refusee", "refusee", "creee"]);
    expect(said.map(({ raisons }) => raisons[0])).toEqual([
      "Ligne 2, « debut » : « 31/02/2097 » ne se lit pas ; attendu : une date comme 04/01/2027.",
      "L'intitulé manque.",
      expect.stringContaining("« intitule » n'est pas le même aux lignes 4 et 5"),
      expect.stringContaining("session"),
    ]);
  });

  test("the report is a table that no spreadsheet runs", async () => {
    const { id } = done(await essayer("offre.csv", "intitule\n=2+5\n"));
    const found = await readImport(db, OF, id);
    if (found === undefined) throw new Error("no import");
    expect(await rapportCsv(db, found)).toContain("2;'=2+5;'=2+5;brouillon;0;");
  });

  test.each([
    ["a column that nobody knows", "intitule;prix\nA;3", "« prix »"],
    ["no title line", "Soudage;2027\n", "« soudage »"],
    ["a spreadsheet's own format", "PK\u0000\u0001", "format CSV"],
    ["a table that is far too long", gzipSync(`intitule\n${"Soudage\n".repeat(1_300_000)}`), "10 Mo"],
    ["a quote left open", 'intitule\n"Soudage', "guillemet"],
  ])("%s is refused as a whole", async (_, content, said) => {
    expect(await essayer("offre.csv", content)).toHaveProperty("refus", expect.stringContaining(said));
  });
});

test("only an OF imports, into its own structure, and only it reads what it brought", async () => {
  expect(await essayer("offre.xml", LHEO, CONTROLE)).toHaveProperty("refus");
  expect(await essayer("offre.xml", LHEO, { ...OF, role: "lecteur_of" })).toHaveProperty("refus");
  const { id } = done(await essayer("offre.xml", LHEO));
  expect(await readImport(db, AUTRE_OF, id)).toBeUndefined();
  expect(await confirmImport(db, AUTRE_OF, id)).toHaveProperty("refus");
});

test("two who confirm at once make each draft once; a second time is refused", async () => {
  const { id } = done(await essayer("offre.xml", LHEO));
  await Promise.all([confirmImport(db, OF, id), confirmImport(db, OF, id)]);
  expect(await brouillons()).toBe(2);
  expect(await confirmImport(db, OF, id)).toHaveProperty("refus");
});
