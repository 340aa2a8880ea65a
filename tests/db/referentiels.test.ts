import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import type { Knex } from "knex";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import {
  createSessions,
  loadCertifications,
  loadFormacodes,
  saveSession,
  searchCertifications,
  searchFormacodes,
  searchFormateurs,
  suggestFormacodes,
} from "../../src/catalogue/index.ts";
import { readLast, writeVersions } from "../../src/published/index.ts";
import { AUTRE_OF, CONTROLE, done, loadStructures, OF, uneFiche } from "../support/catalogue.ts";
import { startCli } from "../support/cli.ts";
import { useDatabase } from "../support/database.ts";
import { uneHabilitation, unOrganisme } from "../support/offre.ts";
import { sessionComplete } from "../support/saisie.ts";

/** Public registers from their real files, and what forms look up in them. */
const FIXTURES = fileURLToPath(new URL("../../fixtures/referentiels/", import.meta.url));
const FICHIERS = [
  path.join(FIXTURES, "france-competences"),
  path.join(FIXTURES, "opendata-certifinfo-24112026.csv"),
];
const STANDARD = "export_fiches_CSV_Standard_2026_11_24.csv";

const database = useDatabase();
let db: Knex;
let folder = "";

beforeEach(async () => {
  ({ db } = database);
  await database.clear();
  await loadStructures(db);
  await db("structure").where({ numero: "OF1" }).update({ siret: "29900001800109" });
  folder = mkdtempSync(path.join(tmpdir(), "referentiel-"));
  cpSync(path.join(FIXTURES, "france-competences"), folder, { recursive: true });
});
afterEach(() => rmSync(folder, { recursive: true }));

const certification = async (numero: string) =>
  (await readLast(db, "certification", [numero])).get(numero)?.contenu;
const rewrite = (nom: string, change: (text: string) => string) =>
  writeFileSync(path.join(folder, nom), change(readFileSync(path.join(folder, nom), "utf8")));

describe("certifications, from the files of France compétences and Certif Info", () => {
  test("become records of the contract, and loading them again writes nothing (S79)", async () => {
    const bilan = await loadCertifications(db, FICHIERS);
    expect(bilan).toMatchObject({
      certifications: { lues: 12, ecrites: 12, inchangees: 0 },
      habilitations: { lues: 3, ecrites: 3, retirees: 0 },
      refusees: [],
      ignores: ["export_fiches_CSV_Nsf_2026_11_24.csv"],
    });
    expect(await certification("RNCP37873")).toMatchObject({
      type: "rncp",
      intitule: "TP Concepteur développeur d'applications",
      code_rncp: "RNCP37873",
      niveau: "6",
      debut_validite: "20231218",
      fin_validite: "20990831",
      blocs: [
        { code: "RNCP37873BC01", libelle: "Développer une application sécurisée" },
        { code: "RNCP37873BC02" },
        { code: "RNCP37873BC03" },
      ],
    });
    expect(await certification("RNCP40692")).toMatchObject({ intitule: "Diplôme d'État d'aide-soignant" });
    expect(await certification("RNCP35819")).toMatchObject({ code_certifinfo: "112173" });
    expect(await certification("CERTIFINFO83899")).toMatchObject({
      type: "autre",
      intitule: "Accompagnement VAE",
    });
    const again = await loadCertifications(db, FICHIERS);
    expect(again.certifications).toEqual({ lues: 12, ecrites: 0, inchangees: 12 });
    expect(again.habilitations).toEqual({ lues: 3, ecrites: 0, retirees: 0 });
  });

  test("those that are inactive before their time end the day before they are first seen so, for good", async () => {
    await loadCertifications(db, FICHIERS);
    const before = (await certification("RNCP35819"))?.fin_validite;
    expect(before).toMatch(/^20\d{6}$/);
    await database.shiftClock("40 days");
    ({ db } = database);
    try {
      expect((await loadCertifications(db, FICHIERS)).certifications.ecrites).toBe(0);
    } finally {
      await database.shiftClock("0 days");
      ({ db } = database);
    }
  });

  test("give their rights to who may train, by SIRET, and take back those that are gone (S81, S140)", async () => {
    await db.transaction((trx) =>
      writeVersions(
        trx,
        "organisme",
        [{ numero: "PUB1", contenu: unOrganisme({ siret: "29900412700112" }) }],
        {
          origine: "import",
        },
      ),
    );
    await db.transaction((trx) =>
      writeVersions(
        trx,
        "habilitation",
        [
          {
            numero: "OF2|RNCP37274",
            contenu: uneHabilitation({ organisme: "OF2", certification: "RNCP37274" }),
          },
        ],
        {
          origine: "sync",
        },
      ),
    );
    await loadCertifications(db, [folder]);
    const droits = async () =>
      (await db("published_habilitation").whereNull("retired_at").orderBy("numero").select("numero")).map(
        ({ numero }) => numero,
      );
    // Who only organises the exam of RNCP37873 may not train for it.
    expect(await droits()).toEqual([
      "OF1|RNCP37274",
      "OF1|RNCP37674",
      "OF1|RS5080",
      "OF2|RNCP37274",
      "PUB1|RNCP37274",
    ]);
    rewrite("export_fiches_CSV_Partenaires_2026_11_24.csv", (text) => text.replace(/.*RS5080.*\n/, ""));
    expect((await loadCertifications(db, [folder])).habilitations).toEqual({
      lues: 3,
      ecrites: 0,
      retirees: 1,
    });
    expect(await droits()).not.toContain("OF1|RS5080");
    expect(await droits()).toContain("OF2|RNCP37274");
  });

  test("a line that cannot be read is left out and told, with its file and number", async () => {
    rewrite(STANDARD, (text) =>
      text
        .replace('"RNCP37948"', '"37948"')
        .replace(/"Conseiller en insertion professionnelle"/, '" "')
        .replace(/(RNCP37715.*)"31\/08\/2099"/, '$1"2099"'),
    );
    const { certifications, refusees } = await loadCertifications(db, [folder]);
    expect(certifications.lues).toBe(8);
    expect(refusees).toEqual([
      {
        fichier: STANDARD,
        ligne: 5,
        raison: "« 37948 » n'est pas un numéro de fiche : il faut RNCP ou RS et des chiffres",
      },
      { fichier: STANDARD, ligne: 6, raison: "la fiche RNCP37274 n'a pas d'intitulé" },
      {
        fichier: STANDARD,
        ligne: 7,
        raison: "la fiche RNCP37715 a une date de fin illisible, « 2099 » : il faut JJ/MM/AAAA",
      },
    ]);
  });

  test("what is no such file is refused in French, and nothing is written", async () => {
    const zip = path.join(folder, "export.csv");
    writeFileSync(zip, "PK\u0003\u0004…");
    await expect(loadCertifications(db, [zip])).rejects.toThrow("est une archive zip : décompressez-la");
    await expect(loadCertifications(db, [path.join(folder, "absent")])).rejects.toThrow("n'existe pas");
    await expect(
      loadCertifications(db, [path.join(folder, "export_fiches_CSV_Nsf_2026_11_24.csv")]),
    ).rejects.toThrow("Ni fichier « Standard » de France compétences (colonnes Numero_Fiche");
    cpSync(path.join(folder, STANDARD), path.join(folder, "export_fiches_CSV_Standard_2026_11_25.csv"));
    rmSync(zip);
    await expect(loadCertifications(db, [folder])).rejects.toThrow("Deux fichiers « standard »");
    rmSync(path.join(folder, "export_fiches_CSV_Standard_2026_11_25.csv"));
    rewrite(STANDARD, (text) => text.replace('"Gestionnaire de paie"', '"Gestionnaire "de paie"'));
    await expect(loadCertifications(db, [folder])).rejects.toThrow(
      `${STANDARD}, ligne 5 : ce n'est pas une ligne de CSV`,
    );
    expect(await db("published_certification")).toEqual([]);
  });
});

test("offre-info referentiel tells what it did, and ends with 1 when a line was left out", async () => {
  rewrite(STANDARD, (text) => text.replace('"RNCP37948"', '"37948"'));
  const { code, stdout, stderr } = await startCli(["referentiel", "certifications", folder], folder, {
    DATABASE_URL: database.url,
  }).ended;
  expect(stderr).toBe("");
  expect(stdout.replaceAll(/\s+/g, " ")).toContain(
    `Certifications : 10 lues, 10 nouvelles ou modifiées, 0 inchangées. Habilitations de nos organismes : 3 lues, 3 nouvelles, 0 retirées. Fichiers laissés de côté : export_fiches_CSV_Nsf_2026_11_24.csv. Lignes non reprises (1) : - ${STANDARD}, ligne 5 : « 37948 » n'est pas`,
  );
  expect(code).toBe(1);
});

describe("certifications are found", () => {
  const found = async (texte: string, organisme = "OF1") =>
    (await searchCertifications(db, texte, { organisme })).map(({ numero }) => numero);
  beforeEach(async () => {
    await loadCertifications(db, FICHIERS);
  });

  test("by words, by code of any register, with its prefix or without (S79)", async () => {
    expect(await found("developpeur WEB")).toEqual(["RNCP37674", "RNCP31114"]);
    expect(await found("cap petite enf")).toEqual(["RNCP38565"]);
    for (const texte of ["RNCP37674", "rncp 37674", "37674", "RNCP3767"])
      expect(await found(texte)).toEqual(["RNCP37674"]);
    for (const texte of ["RS5080", "5080", "RS 508"]) expect(await found(texte)).toEqual(["RS5080"]);
    for (const texte of ["112173", "Certif Info 112173"]) expect(await found(texte)).toEqual(["RNCP35819"]);
    expect(await found("83899")).toEqual(["CERTIFINFO83899"]);
    expect(await found("accompagnement vae")).toEqual(["CERTIFINFO83899"]);
    for (const texte of ["", "  ", "é", "RNCP", "soudure sous l'eau"]) expect(await found(texte)).toEqual([]);
  });

  test("with what matters for the choice: active or over, level, last day, right of the organisme (S81, S140)", async () => {
    const [actif, ancien] = await searchCertifications(db, "développeur web et web mobile", {
      organisme: "OF1",
    });
    expect(actif).toMatchObject({
      enregistrement: "active",
      niveau: "5",
      fin_validite: "20990831",
      habilitation: "habilite",
      blocs: [{ code: "RNCP37674BC01" }, { code: "RNCP37674BC02" }],
    });
    // The register names nobody for it: nothing is said of who is not named.
    expect(ancien).toMatchObject({ enregistrement: "echue", habilitation: "sans_declaration" });
    await db("structure").where({ numero: "OF1" }).update({ siret: null });
    await loadCertifications(db, FICHIERS);
    const [perdu] = await searchCertifications(db, "RNCP37674", { organisme: "OF1" });
    expect(perdu?.habilitation).toBe("non_declaree");
  });
});

describe("subjects of the Formacode", () => {
  const V14 = path.join(FIXTURES, "formacode-v14.csv");
  beforeEach(async () => {
    await loadFormacodes(db, V14);
  });

  test("are what the file says, told line by line", async () => {
    expect(await loadFormacodes(db, V14)).toEqual({
      lus: 19,
      ajoutes: 0,
      changes: 0,
      retires: 0,
      refusees: [],
    });
    const autre = path.join(folder, "autre.csv");
    writeFileSync(
      autre,
      "Numero_Fiche;Formacode_Code;Formacode_Libelle\nRNCP1;31090;31090 : Développement web\nRNCP2;15234;15234 : Anglais des affaires\nRNCP3;XX;Rien\nRNCP4;15041;\n",
    );
    expect(await loadFormacodes(db, autre)).toMatchObject({
      lus: 2,
      ajoutes: 0,
      changes: 1,
      retires: 17,
      refusees: [{ ligne: 4 }, { ligne: 5, raison: "le code 15041 n'a pas de libellé" }],
    });
    await expect(loadFormacodes(db, path.join(folder, STANDARD))).rejects.toThrow(
      "il faut une colonne « code »",
    );
  });

  test("are found by code and by word", async () => {
    const found = async (texte: string) => (await searchFormacodes(db, texte)).map(({ code }) => code);
    expect(await found("310")).toEqual(["31009", "31052", "31090"]);
    expect(await found("web")).toEqual(["46357", "31090"]);
    expect(await found("ressource humaine")).toEqual(["33054"]);
    expect(await found("")).toEqual([]);
  });

  test("are suggested for an action by what its texts speak of, the title first (S141)", async () => {
    const suggestions = await suggestFormacodes(db, {
      intitule: "Perfectionnement en cuisine",
      objectif: "Réaliser des plats et assurer la vente de ses productions",
      contenu: "Techniques culinaires, pâtes de boulangerie, notions d'anglais, développement d'une carte",
    });
    expect(suggestions.slice(0, 2).map(({ code, mots }) => ({ code, mots }))).toEqual([
      { code: "42752", mots: ["cuisin"] },
      { code: "34566", mots: ["vent"] },
    ]);
    // « Développement web » is met by half of its words only.
    expect(suggestions.findIndex(({ code }) => code === "31090")).toBe(suggestions.length - 1);
    expect(await suggestFormacodes(db, {})).toEqual([]);
  });
});

describe("who teaches is found (S97)", () => {
  const formateur = (siret: string, raison_sociale: string) => ({
    siret,
    raison_sociale,
    contacts: [],
    potentiel: [],
    certifications: [],
  });

  test("by SIRET or name, what the structure named before first, and nothing that another one typed", async () => {
    const { id } = await uneFiche(db, OF);
    const { ids } = done(
      await createSessions(db, OF, id, [
        sessionComplete({ formateurs: [formateur("29900777700017", "Atelier du Bassin")] }),
      ]),
    );
    expect(await searchFormateurs(db, OF, "bassin")).toMatchObject([
      { siret: "29900777700017", connu: true },
    ]);
    expect(await searchFormateurs(db, AUTRE_OF, "bassin")).toEqual([]);
    expect(await searchFormateurs(db, CONTROLE, "29900777700017")).toEqual([]);

    const renamed = sessionComplete({
      formateurs: [
        formateur("29900777700017", "Atelier du Bassin d'Arcachon"),
        formateur("29900001800109", "Chez nous"),
      ],
    });
    done(await saveSession(db, OF, ids[0] ?? 0, { revision: 1, contenu: renamed }));
    expect(await searchFormateurs(db, OF, "atelier arcach")).toMatchObject([
      { raison_sociale: "Atelier du Bassin d'Arcachon" },
    ]);
    // Its own SIRET is also that of a structure: one line, with its number.
    expect(await searchFormateurs(db, OF, "299 000 018 00109")).toEqual([
      {
        numero: "OF1",
        siret: "29900001800109",
        raison_sociale: "Chez nous",
        ville: null,
        uai: null,
        connu: true,
      },
    ]);
    expect((await searchFormateurs(db, AUTRE_OF, "organisme")).map(({ numero }) => numero).sort()).toEqual([
      "OF1",
      "OF2",
    ]);
    expect(await searchFormateurs(db, OF, "12")).toEqual([]);
  });
});
