import { readFile, rm } from "node:fs/promises";
import { beforeAll, describe, expect, test } from "vitest";
import { createKey } from "../../src/access/index.ts";
import { parse } from "../../src/lheo/index.ts";
import { openSommaires, type Snapshot } from "../../src/snapshot/index.ts";
import { useDatabase } from "../support/database.ts";
import { addPartner, publishXml } from "../support/diffusion.ts";
import { actionDe, PUBLIC_URL, profilDe, sessionDe, usePullScene, writeOffre } from "../support/pullScene.ts";

/** What is taken beside the whole file: one formation, the index, the changes, from two real éditions. */
const database = useDatabase();
const scene = usePullScene(database, [
  profilDe("rco"),
  profilDe("ferme", { acces: "restreint" }),
  profilDe("vide", { perimetre: { voies: ["formation_initiale"] } }),
]);
let premier: Snapshot;
let second: Snapshot;
let cle = "";

beforeAll(async () => {
  await writeOffre(scene, { A1: ["S1", "S2"], A2: ["S3"], A3: ["S4"] });
  // A number that others gave, with what an address and XML must escape.
  await scene.write("action", "A4", actionDe("A4", { numero_lheo: "14_AF_00&1" }));
  await scene.write(
    "session",
    "S5",
    sessionDe("A4", { numero_lheo: "SE/5", numero_action_lheo: "14_SE_0005" }, "75011"),
  );
  premier = (await scene.edit()).get("rco") as Snapshot;
  await scene.retire("session", "S2");
  await scene.retire("action", "A3");
  await scene.write("session", "S3", sessionDe("A2", { fin: "20270701" }));
  await scene.write("session", "S6", sessionDe("A2"));
  second = (await scene.edit()).get("rco") as Snapshot;
  await addPartner(database.db, "bon", "ferme", { type: "dossier", chemin: scene.store.dir });
  const made = await createKey(database.db, { partner: "bon", nom: "essai" }, "essai");
  cle = "cle" in made ? made.cle : "";
});

const feed = async () => readFile(scene.store.pathOf(second.file?.sha256 ?? "", "xml"), "utf8");
const index = (query = "", headers = {}) => scene.get(`/flux/rco/lheo-index.xml${query}`, headers);
const numerosOf = (xml: string) =>
  [...xml.matchAll(/<resume-offre numero="([^"]+)"/g)].map(([, numero]) => numero);

describe("/formation", () => {
  test("is a document with the very bytes of one formation", async () => {
    const { status, headers, text } = await scene.get("/flux/rco/formation?num=72_A2");
    expect(status).toBe(200);
    expect(headers["content-type"]).toBe("application/xml; charset=utf-8");
    expect(headers["content-length"]).toBe(String(Buffer.byteLength(text)));
    const [formation] = /<formation numero="72_A2"[\s\S]*?<\/formation>/.exec(await feed()) ?? [];
    expect(text).toContain(formation);
    expect(text.match(/<formation /g)).toHaveLength(1);
    expect(await scene.xsd.validateDocument(text)).toEqual([]);
    const again = { "if-none-match": String(headers.etag) };
    expect((await scene.get("/flux/rco/formation?num=72_A2", again)).status).toBe(304);
  });

  test("is found by its number in the catalogue, and by one that others gave", async () => {
    expect((await scene.get("/flux/rco/formation?num=A1")).text).toContain('numero="72_A1"');
    const other = await scene.get(`/flux/rco/formation?num=${encodeURIComponent("14_AF_00&1")}`);
    expect(other.text).toContain('<formation numero="14_AF_00&amp;1"');
  });

  test("tells what never was from what left, when and why, never more", async () => {
    for (const num of ["72_A3", "A3"]) {
      const gone = await scene.get(`/flux/rco/formation?num=${num}`);
      expect(gone.status).toBe(410);
      expect(gone.text).toContain("14 octobre 2026");
      expect(gone.text).toContain("(retrait)");
      expect(gone.text).not.toContain("secret");
    }
    expect((await scene.get("/flux/rco/formation?num=72_A9")).status).toBe(404);
    expect((await scene.get("/flux/rco/formation")).status).toBe(400);
    expect((await scene.get("/flux/vide/formation?num=72_A1")).status).toBe(404);
    expect((await scene.get("/flux/ferme/formation?num=72_A1")).status).toBe(401);
  });

  test("is looked up in a summary that is made once, for all who ask meanwhile", async () => {
    const sha256 = second.file?.sha256 ?? "";
    await rm(scene.store.pathOf(sha256, "idx"), { force: true });
    let written = 0;
    const counted = {
      pathOf: scene.store.pathOf,
      async writeSommaire(sha: string, text: string) {
        written += 1;
        await scene.store.writeSommaire(sha, text);
      },
    };
    const sommaires = openSommaires(counted);
    const opened = await Promise.all(Array.from({ length: 8 }, () => sommaires.open(sha256)));
    expect(written).toBe(1);
    expect((await opened[0]?.formation("72_A1"))?.sessions).toEqual(["S1"]);
    await Promise.all(opened.map((one) => one.close()));
  });

  test("a summary finds every formation of a large feed, whatever stands inside them", async () => {
    const numeros = Array.from({ length: 3_000 }, (_, rank) => `n${(rank * 7919) % 3_000}é`);
    const formations = numeros.map(
      (numero) =>
        `<formation numero="${numero}"><domaine-formation/><action numero="a${numero}"><session numero="s"/></action><extras><extra><!-- <formation numero="x"> --><x a=">"/><![CDATA[</formation>]]><formation numero="y"/></extra></extras></formation>\n`,
    );
    const xml = `<?xml version="1.0" encoding="UTF-8"?>\n<lheo xmlns="http://lheo.gouv.fr/2.3"><offres>\n${formations.join("")}</offres></lheo>\n`;
    const { file } = await publishXml(database.db, scene.store, "vide", xml, "gros");
    const sommaire = await openSommaires(scene.store).open(file?.sha256 ?? "");
    expect(sommaire.entete.offres).toBe(3_000);
    const bytes = Buffer.from(xml);
    for (const numero of numeros.slice(0, 300)) {
      const { debut = 0, fin = 0 } = (await sommaire.formation(numero)) ?? {};
      expect(bytes.toString("utf8", debut, fin)).toBe(formations[numeros.indexOf(numero)]?.trim());
    }
    for (const unknown of ["", "x", "y", "n", "zzz", "n3000é"])
      expect(await sommaire.formation(unknown)).toBeUndefined();
    await sommaire.close();
  });
});

describe("/lheo-index.xml", () => {
  test("sums up each offer, validly, with absolute links that answer", async () => {
    const { status, headers, text } = await index();
    expect(status).toBe(200);
    expect(headers["content-type"]).toBe("application/xml; charset=utf-8");
    expect(await scene.xsd.validateDocument(text, "publiee")).toEqual([]);
    expect(numerosOf(text)).toEqual(["14_AF_00&amp;1_SE_0005", "72_A1_S1", "72_A2_S3", "72_A2_S6"]);
    const { value } = parse("lheo-index", text);
    const [first] = value["resumes-offres"]?.["resume-offre"] ?? [];
    expect(first).toMatchObject({
      "@": { href: `${PUBLIC_URL}/offres/SE%2F5`, file: `${PUBLIC_URL}/flux/rco/formation?num=14_AF_00%261` },
      "intitule-formation": "Formation A4",
      // Without `ref`, or a known reader skips the offer.
      "domaine-formation": { "code-FORMACODE": ["31734"] },
      codepostal: "75011",
      departement: "75",
    });
    expect(text).toContain('<extra info="nb-resultat">4</extra>');
    for (const link of Object.values(first?.["@"] ?? {}).filter((one) => one.startsWith("https")))
      expect((await scene.get(link.slice(PUBLIC_URL.length))).status).toBe(200);
  });

  test("is filtered and cut in pages that follow each other", async () => {
    expect(numerosOf((await index("?departement=33")).text)).toHaveLength(3);
    expect(numerosOf((await index("?departement=33,75&formacode=31734")).text)).toHaveLength(4);
    expect(numerosOf((await index("?formacode=11111")).text)).toEqual([]);
    const found: (string | undefined)[] = [];
    for (let path: string | undefined = "/flux/rco/lheo-index.xml?taille=3"; path !== undefined; ) {
      const { headers, text } = await scene.get(path);
      found.push(...numerosOf(text));
      expect(headers["x-total-count"]).toBe("4");
      path = /<https:\/\/offre\.exemple\.fr([^>]+)>; rel="next"/.exec(String(headers.link))?.[1];
    }
    expect(found).toEqual(numerosOf((await index()).text));
  });

  test("gives what came or changed since a day", async () => {
    expect(numerosOf((await index("?depuis=20261014")).text)).toEqual(["72_A2_S3", "72_A2_S6"]);
    expect(numerosOf((await index("?depuis=2026-10-13T00:00:00%2B02:00")).text)).toHaveLength(4);
    expect(numerosOf((await index("?depuis=2027-01-01")).text)).toEqual([]);
  });

  test.each(["departement=x", "formacode=12", "depuis=20261340", "depuis=hier", "page=0", "taille=501"])(
    "says what is wrong with ?%s",
    async (query) => {
      const { status, text } = await index(`?${query}`);
      expect(status).toBe(400);
      expect(text).toContain(`${query.split("=")[0]} : attendu`);
    },
  );

  test("never takes an address from who asks", async () => {
    const forged = {
      host: "pirate.exemple",
      "x-forwarded-host": "pirate.exemple",
      forwarded: "host=pirate.exemple",
    };
    const { headers, text } = await index("", forged);
    expect(text + JSON.stringify(headers)).not.toContain("pirate");
  });

  test("of a restricted profile links to nothing public, and no proxy keeps it", async () => {
    const authorization = `Bearer ${cle}`;
    const { headers, text } = await scene.get("/flux/ferme/lheo-index.xml", { authorization });
    expect(headers["cache-control"]).toBe("private, no-cache");
    expect(text).not.toContain("/offres/");
    expect(numerosOf(text)).toHaveLength(4);
  });
});

describe("/changements", () => {
  const ask = (query: string) => scene.get(`/flux/rco/changements?${query}`);

  test("tells what came, changed and left since a feed, and why in a code", async () => {
    const { status, text } = await ask(`depuis=${premier.file?.sha256}`);
    expect(status).toBe(200);
    const { since, until, changes, next } = JSON.parse(text);
    expect([since.sha256, until.sha256, next]).toEqual([premier.file?.sha256, second.file?.sha256, null]);
    const at = second.createdAt.toISOString();
    const href = `${PUBLIC_URL}/flux/rco/formation?num=72_A2`;
    const gone = { change: "deleted", at, reason: "retrait", reason_label: "elle a été retirée" };
    expect(changes).toEqual([
      { ...gone, formation: "72_A1", action: "72_S2", session: "S2" },
      { change: "updated", formation: "72_A2", action: "72_S3", session: "S3", at, href },
      { ...gone, formation: "72_A3", action: "72_S4", session: "S4" },
      { change: "created", formation: "72_A2", action: "72_S6", session: "S6", at, href },
    ]);
    expect(text).not.toContain("secret");
  });

  test("is cut in pages that say the same as the whole", async () => {
    const whole = JSON.parse((await ask(`depuis=${premier.file?.sha256}`)).text).changes;
    const found: unknown[] = [];
    for (let path: string | null = `/flux/rco/changements?depuis=${premier.file?.sha256}&taille=1`; path; ) {
      const { changes, next } = JSON.parse((await scene.get(path)).text);
      found.push(...changes);
      path = next === null ? null : next.slice(PUBLIC_URL.length);
    }
    expect(found).toEqual(whole);
  });

  test("is empty since the current feed", async () => {
    expect(JSON.parse((await ask(`depuis=${second.file?.sha256}`)).text).changes).toEqual([]);
  });

  test("sends back to the whole file who has a feed that is not kept", async () => {
    const never = await ask(`depuis=${"0".repeat(64)}`);
    expect(never.status).toBe(410);
    expect(never.text).toContain("prenez le fichier entier");
    await database
      .db("feed_snapshot")
      .where({ id: premier.id })
      .update({ purged_at: database.db.raw("horloge()") });
    expect((await ask(`depuis=${premier.file?.sha256}`)).status).toBe(410);
    await database.db("feed_snapshot").where({ id: premier.id }).update({ purged_at: null });
  });

  test.each(["", "depuis=abc", `depuis=${"0".repeat(64)}&taille=0`, `depuis=${"0".repeat(64)}&suite=xx`])(
    "says what is wrong with ?%s",
    async (query) => {
      expect((await ask(query)).status).toBe(400);
    },
  );
});
