import { createReadStream, readFileSync } from "node:fs";
import { gzipSync } from "node:zlib";
import { afterEach, describe, expect, test } from "vitest";
import { ImportError, importFile } from "../../src/import/index.ts";
import type { Notice } from "../../src/notices/index.ts";
import type { RecordKind } from "../../src/published/contract/index.ts";
import { readHistory, readLast, withdraw, writeVersions } from "../../src/published/index.ts";
import { useDatabase } from "../support/database.ts";

const base = useDatabase();
afterEach(() => base.clear());

const fixture = (file: string): string => new URL(`../../fixtures/import/${file}`, import.meta.url).pathname;
const texte = (file: string): string => readFileSync(fixture(file), "utf8");

async function* chunks(text: string | Uint8Array, size = 997): AsyncGenerator<Uint8Array> {
  const bytes = Buffer.from(text);
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

async function numeros(kind: RecordKind): Promise<string[]> {
  const rows = await base.db(`published_${kind}`).distinct("numero").orderBy("numero");
  return rows.map(({ numero }) => numero);
}

const codes = (notices: readonly Notice[]): string[] => [...new Set(notices.map(({ code }) => code))].sort();

describe("importFile", () => {
  test("a file becomes versions of its organisme, its actions and its sessions", async () => {
    const rapport = await importFile(base.db, fixture("grand-est-2.3.xml"));
    expect(rapport).toMatchObject({
      version: "2.3",
      encoding: "UTF-8",
      essai: false,
      formations: 2,
      formationsRefusees: 0,
      organismes: { lus: 1, ecrits: 1, inchanges: 0 },
      actions: { lus: 2, ecrits: 2, inchanges: 0 },
      sessions: { lus: 3, ecrits: 3, inchanges: 0 },
    });
    expect([rapport.refuses, rapport.nonRepris]).toEqual([[], []]);
    expect(await numeros("session")).toEqual(["GE2030516", "GE2030517", "GE2030600"]);
    const [version] = await readHistory(base.db, "action", "01_GE245976");
    expect(version).toMatchObject({ version: 1, origine: "import", contenu: { datemaj: "20260915" } });
  });

  test("imported again, nothing changes", async () => {
    await importFile(base.db, fixture("grand-est-2.3.xml"));
    const again = await importFile(base.db, fixture("grand-est-2.3.xml"));
    expect([again.organismes, again.actions, again.sessions].map(({ ecrits }) => ecrits)).toEqual([0, 0, 0]);
    expect(again.sessions.inchanges).toBe(3);
  });

  test("one changed text is one new version", async () => {
    await importFile(base.db, fixture("grand-est-2.3.xml"));
    const changed = texte("grand-est-2.3.xml").replace("Anglais professionnel", "Anglais des affaires");
    const again = await importFile(base.db, chunks(changed));
    expect([again.organismes, again.actions, again.sessions].map(({ ecrits }) => ecrits)).toEqual([0, 1, 0]);
    expect((await readHistory(base.db, "action", "01_GE245977")).map(({ version }) => version)).toEqual([
      2, 1,
    ]);
  });

  test("a trial run says the same and writes nothing", async () => {
    const essai = await importFile(base.db, fixture("francilien-2.2.xml"), { essai: true });
    expect(await numeros("session")).toEqual([]);
    const vrai = await importFile(base.db, fixture("francilien-2.2.xml"));
    expect({ ...essai, essai: false }).toEqual(vrai);
  });

  test("a gzip file and an ISO-8859-1 file give the same records as the plain one", async () => {
    await importFile(base.db, fixture("initiale-2.2.xml"));
    const text = texte("initiale-2.2.xml");
    const latin = Buffer.from(text.replace('"UTF-8"', '"ISO-8859-1"').replace("œ", "oe"), "latin1");
    const gzip = await importFile(base.db, chunks(gzipSync(text)));
    expect(gzip.sessions).toEqual({ lus: 1, ecrits: 0, inchanges: 1 });
    const changed = await importFile(base.db, chunks(latin));
    expect(changed.encoding).toBe("ISO-8859-1");
    expect([changed.organismes.ecrits, changed.actions.ecrits, changed.sessions.ecrits]).toEqual([0, 1, 0]);
  });

  test("progress is told, and every notice goes by", async () => {
    const progress: number[] = [];
    const notices: Notice[] = [];
    const rapport = await importFile(base.db, createReadStream(fixture("francilien-2.2.xml")), {
      onProgress: (formations) => progress.push(formations),
      onNotice: (notice) => notices.push(notice),
    });
    expect(progress.at(-1)).toBe(1);
    const total = Object.values(rapport.comptes).reduce((sum, count) => sum + count, 0);
    expect(notices).toHaveLength(total);
  });
});

test("a file of several lots: what is known of one is known of the next", async () => {
  const text = texte("initiale-2.2.xml");
  const [formation = ""] = text.match(/<formation [\s\S]*?<\/formation>\n/) ?? [];
  const numbered = (n: number): string => formation.replaceAll("5120_30417", `F${n}`);
  const many = Array.from({ length: 230 }, (_, n) => numbered(n));
  const other = numbered(230).replace("<nom-organisme>Lycée des Trois Caps", "<nom-organisme>Lycée des Caps");
  const progress: number[] = [];
  const rapport = await importFile(
    base.db,
    chunks(text.replace(formation, [...many, numbered(7), other].join("")), 65_536),
    { onProgress: (formations) => progress.push(formations) },
  );
  expect(rapport).toMatchObject({
    formations: 232,
    formationsRefusees: 1,
    organismes: { lus: 1 },
    actions: { lus: 231, ecrits: 231 },
    sessions: { lus: 231, ecrits: 231 },
  });
  expect(progress.length).toBeGreaterThan(2);
  expect(rapport.nonRepris.map(({ code, value }) => `${code} ${value}`)).toEqual([
    "import-organisme-different Lycée des Caps",
  ]);
  // All of the file goes online together.
  expect(await base.db("published_session").distinct("mis_en_ligne_at")).toHaveLength(1);
});

describe("numbers of sessions", () => {
  test("one that another action has takes the number of its action in front, and is written as it was", async () => {
    const rapport = await importFile(base.db, fixture("francilien-2.2.xml"));
    expect(await numeros("session")).toEqual([
      "14_SE_0000093701_SE_0000166001",
      "SE_0000166001",
      "SE_0000166002",
    ]);
    expect(codes(rapport.notices)).toContain("import-numero-session-pris");
    const publiees = await readLast(base.db, "session", ["14_SE_0000093701_SE_0000166001"]);
    expect([...publiees.values()].map(({ contenu }) => contenu.numero_lheo)).toEqual(["SE_0000166001"]);
  });

  test("a key never passes to another session, whatever the order of the next file", async () => {
    await importFile(base.db, fixture("francilien-2.2.xml"));
    const text = texte("francilien-2.2.xml");
    const [first, second] = text.match(/<action [\s\S]*?<\/action>/g) ?? [];
    const swapped = text
      .replace(first ?? "", "@1")
      .replace(second ?? "", first ?? "")
      .replace("@1", second ?? "");
    expect(swapped).not.toBe(text);
    const again = await importFile(base.db, chunks(swapped));
    expect(again.sessions).toEqual({ lus: 3, ecrits: 0, inchanges: 3 });
    // The file that no longer has the first action does not give its number away either.
    const alone = await importFile(base.db, chunks(text.replace(first ?? "", "")));
    expect(alone.comptes["import-numero-session-pris"]).toBe(1);
    expect(await numeros("session")).toHaveLength(3);
  });
});

describe("what a file says badly", () => {
  test("records without a number are refused, the rest is imported", async () => {
    const rapport = await importFile(base.db, fixture("defauts-2.3.xml"));
    expect(rapport).toMatchObject({
      formations: 6,
      formationsRefusees: 4,
      actions: { lus: 2 },
      sessions: { lus: 2 },
    });
    expect(codes(rapport.refuses)).toEqual([
      "import-formation-sans-session",
      "import-numero-absent",
      "import-numero-interdit",
      "import-organisme-sans-numero",
      "import-session-double",
    ]);
    expect(codes(rapport.nonRepris)).toEqual([
      "attribut-inconnu",
      "element-inconnu",
      "espace-de-noms-inattendu",
      "import-organisme-different",
      "import-valeur-non-reprise",
    ]);
    expect(await numeros("action")).toEqual(["D1", "D2"]);
    // No number of its own: its SIRET. The first description is the one kept.
    const organismes = await readLast(base.db, "organisme", ["91234531100019"]);
    expect([...organismes.values()].map(({ contenu }) => contenu.coordonnees.courriel)).toEqual([
      "contact@port.exemple.fr",
    ]);
  });

  test("a formation that comes twice is taken once", async () => {
    const text = texte("initiale-2.2.xml");
    const [formation] = text.match(/<formation [\s\S]*?<\/formation>\n/) ?? [];
    const rapport = await importFile(base.db, chunks(text.replace("</offres>", `${formation}</offres>`)));
    expect(rapport).toMatchObject({ formations: 2, formationsRefusees: 1, actions: { lus: 1 } });
    expect(codes(rapport.refuses)).toEqual(["import-formation-double"]);
  });

  test("what LHEO cannot say of an organisme and an action stays as it was published", async () => {
    await importFile(base.db, fixture("initiale-2.2.xml"));
    const [organisme] = (await readLast(base.db, "organisme", ["204"])).values();
    const [action] = (await readLast(base.db, "action", ["5120_30417"])).values();
    await base.db.transaction(async (trx) => {
      const plus = { ...organisme?.contenu, qualiopi: ["apprentissage"], compte_kairos: true };
      await writeVersions(trx, "organisme", [{ numero: "204", contenu: plus }], { origine: "sync" });
      const coche = { ...action?.contenu, validation: "rncp" };
      await writeVersions(trx, "action", [{ numero: "5120_30417", contenu: coche }], { origine: "sync" });
    });
    const again = await importFile(base.db, fixture("initiale-2.2.xml"));
    expect([again.organismes.inchanges, again.actions.inchanges]).toEqual([1, 1]);
  });

  test("what LHEO does not say of new organismes is asked once", async () => {
    const told = async (): Promise<string[]> =>
      (await importFile(base.db, fixture("grand-est-2.3.xml"))).notices
        .filter(({ code }) => code === "import-organismes-a-completer")
        .map(({ value }) => value);
    expect(await told()).toEqual(["1"]);
    expect(await told()).toEqual([]);
  });

  test("sessions that no feed will show any more are told", async () => {
    const rapport = await importFile(base.db, fixture("francilien-2.2.xml"));
    const told = rapport.notices.filter(({ code }) => code === "import-session-terminee");
    // The one without an end never is.
    expect(told.map(({ path, value }) => [path, value])).toEqual([
      ["action[1]/session[1]/periode/fin", "20180600"],
      ["action[2]/session[1]/periode/fin", "20190630"],
    ]);
  });

  test("what had been withdrawn comes back, and it is said", async () => {
    await importFile(base.db, fixture("initiale-2.2.xml"));
    await base.db.transaction((trx) =>
      withdraw(trx, "action", ["5120_30417"], { motif: "retrait_organisme" }),
    );
    const again = await importFile(base.db, fixture("initiale-2.2.xml"));
    expect([again.actions.ecrits, again.sessions.ecrits]).toEqual([1, 1]);
    const back = again.notices.filter(({ code }) => code === "import-remis-en-ligne");
    expect(back.map(({ path }) => path)).toEqual(["@numero", "action[1]/session[1]/@numero"]);
    expect(back[0]?.message).toContain("retrait organisme");
  });

  test("what is said of the file and not of the offer is told", async () => {
    const rapport = await importFile(base.db, fixture("francilien-2.2.xml"));
    const told = rapport.notices.filter(({ code }) => code === "import-enveloppe-non-reprise");
    expect(told.map(({ path, value }) => `${path} ${value}`)).toEqual([
      "lheo/@datemaj 20180619",
      'lheo/extras[@info="flux-intercarif"]/extra[@info="date-export"] 20180619',
      'lheo/extras[@info="flux-intercarif"]/extra[@info="heure-export"] 031500',
    ]);
    expect(rapport.nonRepris).toEqual([]);
  });
});

describe("a file that is no offer in LHEO is refused whole, in French", () => {
  const lheo = (xmlns: string, inside = "<offres/>") =>
    `<?xml version="1.0"?>\n<lheo${xmlns}>${inside}</lheo>`;
  const cases: [string, string | Uint8Array, RegExp][] = [
    [
      "EDOF",
      lheo(' xmlns="https://www.of.moncompteformation.gouv.fr"'),
      /format EDOF de Mon Compte Formation/,
    ],
    ["another version", lheo(' xmlns="http://www.lheo.org/2.0"'), /http:\/\/www\.lheo\.org\/2\.0/],
    ["no namespace", lheo(""), /ne déclare aucun espace de noms/],
    ["no formation", lheo(' xmlns="http://lheo.gouv.fr/2.3"'), /aucune formation/],
    ["summaries", '<lheo-index xmlns="http://lheo.gouv.fr/2.3"/>', /fichier de résumés/],
    ["something else", "<html><body/></html>", /« html »/],
    ["nothing", "", /vide/],
    ["text", "numero;intitule\n1;BTS\n", /XML mal formé/],
    ["a document type", '<!DOCTYPE lheo SYSTEM "x.dtd"><lheo/>', /DOCTYPE/],
    ["bytes of another encoding", Buffer.from(lheo("", "é"), "latin1"), /octets/],
    ["half a gzip", gzipSync(lheo("")).subarray(0, 40), /gzip est abîmé/],
  ];
  test.each(cases)("%s", async (_, content, message) => {
    const refusal = await importFile(base.db, chunks(content)).catch((error: unknown) => error);
    expect(refusal).toBeInstanceOf(ImportError);
    expect(refusal).toHaveProperty("message", expect.stringMatching(message));
  });

  test("a file cut in its second formation leaves nothing, and says where it stops", async () => {
    const text = texte("grand-est-2.3.xml");
    const cut = text.slice(0, text.indexOf("Anglais professionnel"));
    const refusal = await importFile(base.db, chunks(cut)).catch((error: unknown) => error);
    expect(refusal).toBeInstanceOf(ImportError);
    expect(refusal).toHaveProperty("line", 235);
    expect(await numeros("action")).toEqual([]);
  });

  test("a missing file", async () => {
    await expect(importFile(base.db, "/nulle/part.xml")).rejects.toThrow("n'existe pas");
  });
});
