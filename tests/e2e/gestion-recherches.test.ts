import path from "node:path";
import { fileURLToPath } from "node:url";
import { request } from "undici";
import { beforeAll, describe, expect, test } from "vitest";
import { loadCertifications, loadFormacodes } from "../../src/catalogue/index.ts";
import { loadStructures, SANS_CONTROLE } from "../support/catalogue.ts";
import { useDatabase } from "../support/database.ts";
import { texte, useSite, type Visitor } from "../support/site.ts";

/** What forms look up, over HTTP: a page, a fragment or JSON at one address. */
const FIXTURES = fileURLToPath(new URL("../../fixtures/referentiels/", import.meta.url));
const database = useDatabase();
const site = useSite(database, () => ({ verificateur: SANS_CONTROLE }));
let cookie = "";
let anne: Visitor;

beforeAll(async () => {
  const { db } = database;
  await loadStructures(db);
  await db("structure").where({ numero: "OF1" }).update({ siret: "29900001800109" });
  await loadCertifications(db, [path.join(FIXTURES, "france-competences")]);
  await loadFormacodes(db, path.join(FIXTURES, "formacode-v14.csv"));
  cookie = await site.enter("anne", "membre", { structure: "OF1", profil: "catalogue" });
  anne = site.as(cookie);
});

const ask = async (address: string, headers: Record<string, string>) => {
  const {
    statusCode,
    body,
    headers: answered,
  } = await request(`${site.url}${address}`, {
    headers: { cookie: `offre-info=${cookie}`, ...headers },
  });
  return { status: statusCode, type: String(answered["content-type"]), body: await body.text() };
};

describe("/gestion/certifications (S79 to S82)", () => {
  test("as a page: what was found, whether it is active, the right of the structure, the national search", async () => {
    const { status, html } = await anne.get("/gestion/certifications?q=d%C3%A9veloppeur+web");
    expect(status).toBe(200);
    expect(texte(html)).toMatch(
      /RNCP37674TP Développeur web et web mobile5active jusqu'au 31\/08\/2099habilité/,
    );
    expect(texte(html)).toMatch(/RNCP31114.*échue le 01\/09\/2023sans déclaration/);
    expect(html).toContain(
      'href="https://reseau.intercariforef.org/formations/recherche-certifications.html"',
    );
    expect(html).toContain('value="développeur web"');
    const { html: rien } = await anne.get("/gestion/certifications?q=zzz");
    expect(texte(rien)).toContain("Si vous ne trouvez pas la vôtre, laissez le champ vide");
    expect((await anne.get("/gestion/certifications")).status).toBe(200);
  });

  test("as a fragment for a form, each line with its button", async () => {
    const { body, type } = await ask("/gestion/certifications?q=37674&choix=ajouter_certification", {
      accept: "text/html",
      "hx-request": "true",
    });
    expect(type).toContain("text/html");
    expect(body).not.toContain("<html");
    expect(body).toContain('name="ajouter_certification" value="RNCP37674"');
    const odd = await ask("/gestion/certifications?q=37674&choix=%22%3E%3Cscript%3E", {
      "hx-request": "true",
    });
    expect(odd.body).not.toContain("script");
  });

  test("as JSON, with the blocs", async () => {
    const { body, type } = await ask("/gestion/certifications?q=RNCP37674", { accept: "application/json" });
    expect(type).toContain("application/json");
    expect(JSON.parse(body)).toMatchObject({
      q: "RNCP37674",
      trouves: [
        {
          numero: "RNCP37674",
          habilitation: "habilite",
          enregistrement: "active",
          blocs: [{ code: "RNCP37674BC01" }, {}],
        },
      ],
    });
  });
});

test("/gestion/formateurs by SIRET or name (S97), /gestion/formacodes by word (S141)", async () => {
  const { body } = await ask("/gestion/formateurs?q=29900001800109", { accept: "application/json" });
  expect(JSON.parse(body).trouves).toMatchObject([{ numero: "OF1", siret: "29900001800109" }]);
  const { html } = await anne.get("/gestion/formateurs?q=organisme");
  expect(texte(html)).toContain("29900001800109Organisme d'essai SARL");
  const { html: formacodes } = await anne.get("/gestion/formacodes?q=boulanger");
  expect(texte(formacodes)).toContain("21538Boulangerie");
});

test("only who reads the catalogue looks up there", async () => {
  const dehors = await site.visit("zoe", "membre");
  for (const adresse of ["certifications", "formateurs", "formacodes"])
    expect((await dehors.get(`/gestion/${adresse}?q=web`)).status).toBe(403);
});
