import type { Knex } from "knex";
import { beforeAll, beforeEach, describe, expect, test } from "vitest";
import { createStructureKey } from "../../src/catalogue/index.ts";
import { readLast } from "../../src/published/index.ts";
import { type Answer, type Client, clientOf, type Description } from "../support/api.ts";
import { done, loadStructures, SANS_CONTROLE, saisieAction, saisieSession } from "../support/catalogue.ts";
import { useDatabase } from "../support/database.ts";
import { useSite } from "../support/site.ts";

/** The API as its own description announces it: every answer of this file is checked by the OpenAPI document. */
const database = useDatabase();
const site = useSite(database, () => ({ verificateur: SANS_CONTROLE }));
const used = new Set<string>();
let db: Knex;
let description: Description;

beforeAll(async () => {
  db = database.db;
  const answered = await fetch(`${site.url}/api/v1/openapi.json`);
  description = (await answered.json()) as Description;
});
beforeEach(async () => {
  await database.clear();
  await loadStructures(db);
});

async function cle(structure: string): Promise<Client> {
  const made = await createStructureKey(
    db,
    { acteur: "essai", administrateur: true },
    { structure, nom: "EOS" },
  );
  return clientOf(site.url, description, used, done(made).cle);
}

const ok = ({ status, json }: Answer) => {
  expect([status, json]).toEqual([expect.toBeOneOf([200, 201]), json]);
  return json;
};

/** Made, with one session. */
async function uneAction(of: Client, fields: object = {}): Promise<number> {
  const { id } = ok(await of.post("/actions", { contenu: saisieAction(), ...fields }));
  ok(await of.post(`/actions/${id}/sessions`, { contenus: [saisieSession()] }));
  return id;
}

async function confirmer(of: Client, id: number, quoi = "actions") {
  const { revision } = ok(await of.get(`/${quoi}/${id}`));
  expect(ok(await of.post(`/${quoi}/${id}/valider`, { revision })).validee).toBe(true);
  return ok(await of.post(`/${quoi}/${id}/confirmer`, { revision }));
}

describe("an action by the API", () => {
  test("goes from its draft to the feed and to its tombstone, its sessions with it", async () => {
    const [of, agence] = [await cle("OF1"), await cle("AGENCE")];
    expect(ok(await of.get("/moi"))).toMatchObject({ structure: "OF1", role: "of" });
    const id = await uneAction(of);
    expect(await confirmer(of, id)).toMatchObject({
      etat: "creee",
      reference: expect.stringMatching(/^20\d{10}$/),
    });
    ok(await agence.post(`/actions/${id}/complement`, { message: "Précisez le public." }));
    const fiche = ok(await of.get(`/actions/${id}`));
    expect(fiche).toMatchObject({ etat: "alerte", message: "Précisez le public." });
    const contenu = { ...fiche.contenu, le_plus: "Petits groupes" };
    ok(await of.put(`/actions/${id}`, { revision: fiche.revision, contenu }));
    await confirmer(of, id);
    const { revision, reference } = ok(await agence.get(`/actions/${id}`));
    expect(ok(await agence.post(`/actions/${id}/publier`, { revision }))).toEqual({ etat: "publiee" });
    expect((await readLast(db, "action", [reference])).get(reference)?.contenu.le_plus).toBe(
      "Petits groupes",
    );

    const [session] = ok(await of.get(`/actions/${id}/sessions`)).sessions;
    const { id: copie } = ok(await of.post(`/sessions/${session.id}/dupliquer`));
    const lue = ok(await of.get(`/sessions/${copie}`));
    ok(
      await of.put(`/sessions/${copie}`, {
        revision: lue.revision,
        contenu: { ...lue.contenu, debut: "20270201", fin: "20270601" },
      }),
    );
    expect(await confirmer(of, copie, "sessions")).toMatchObject({ etat: "publiee" });
    ok(await of.post(`/sessions/${copie}/retirer`, { motif: "Salle indisponible" }));
    const [brouillon] = ok(await of.post(`/actions/${id}/sessions`, { contenus: [saisieSession()] })).ids;
    ok(await of.post(`/sessions/${brouillon}/supprimer`));
    ok(await of.post(`/actions/${id}/abandonner`));
    expect(ok(await of.post(`/actions/${id}/archiver`, { motif: "Fin du parcours" }))).toEqual({
      etat: "archivee",
    });
    expect((await readLast(db, "action", [reference])).get(reference)?.retrait).toBe("archivage");
    ok(await agence.post(`/actions/${id}/restaurer`));
    expect(ok(await of.post(`/actions/${id}/supprimer`, { motif: "Fin" }))).toEqual({ etat: "supprimee" });
    const { passages } = ok(await of.get(`/actions/${id}/passages?limite=200`));
    expect(passages.at(0)).toMatchObject({ evenement: "supprimer", acteur: expect.stringMatching(/^cle:/) });
  });

  test("is listed page after page, each once, and filtered", async () => {
    const of = await cle("OF1");
    const ids = [];
    for (let i = 0; i < 5; i++) ids.push(ok(await of.post("/actions", { contenu: saisieAction() })).id);
    await confirmer(of, await uneAction(of));
    const seen: number[] = [];
    for (let apres: number | null = 0; apres !== null; ) {
      const page: Answer = await of.get(`/actions?limite=2&etat=brouillon&apres=${apres}`);
      seen.push(...ok(page).actions.map(({ id }: { id: number }) => id));
      apres = page.json.suite;
    }
    expect(seen).toEqual(ids);
    expect(ok(await (await cle("OF2")).get("/actions")).actions).toEqual([]);
    expect(ok(await (await cle("AGENCE")).get("/actions?structure=OF1&etat=creee")).actions).toHaveLength(1);
  });

  test("saved with a revision that is no longer the one is told what stands (409), and nothing is overwritten", async () => {
    const of = await cle("OF1");
    const id = await uneAction(of);
    ok(await of.put(`/actions/${id}`, { revision: 1, contenu: saisieAction({ intitule: "Le premier" }) }));
    const late = await of.put(`/actions/${id}`, {
      revision: 1,
      contenu: saisieAction({ intitule: "Le second" }),
    });
    expect([late.status, late.json]).toEqual([
      409,
      expect.objectContaining({
        detail: expect.stringContaining("relisez-la"),
        conflit: expect.objectContaining({
          revision: 2,
          contenu: expect.objectContaining({ intitule: "Le premier" }),
        }),
      }),
    ]);
    expect(ok(await of.get(`/actions/${id}`)).contenu.intitule).toBe("Le premier");
  });

  test.each([
    ["a field that the contract does not have", { contenu: { ...saisieAction(), titre: "x" } }, "contenu"],
    [
      "a field of another shape",
      { contenu: { ...saisieAction(), certifications: [{ code_rncp: 3 }] } },
      "contenu.certifications[0].code_rncp",
    ],
    ["no content", {}, "contenu"],
  ])("with %s is refused at that field (422)", async (_, body, champ) => {
    const { status, json } = await (await cle("OF1")).post("/actions", body);
    expect([status, json.erreurs?.map((one: { champ: string }) => one.champ)]).toEqual([422, [champ]]);
    expect(json.erreurs[0].message).toMatch(/invalide|reconnue/);
    expect(await db("catalogue_action")).toEqual([]);
  });

  test("asked in a way that cannot be read is answered in French, as problem+json", async () => {
    const of = await cle("OF1");
    const broken = await of.post("/actions", "{ pas du JSON");
    expect([broken.status, broken.json.detail]).toEqual([
      400,
      expect.stringContaining("n'a pas pu être lue"),
    ]);
    expect((await of.get("/actions?limite=0")).status).toBe(400);
    expect((await of.get("/actions/abc")).status).toBe(404);
    for (const [method, path, status] of [
      ["GET", "/api/v1/rien", 404],
      ["DELETE", "/api/v1/actions", 405],
    ] as const) {
      const answered = await fetch(site.url + path, { method });
      expect([answered.status, answered.headers.get("content-type")]).toEqual([
        status,
        "application/problem+json; charset=utf-8",
      ]);
    }
  });
});

describe("a conventionnée (S29–S32)", () => {
  const marche = (fields: object = {}) => ({ cadre: "conventionnee", siret: "21330063500017", ...fields });

  test("comes from the funder's tool by the SIRET of the OF, is published at its confirmation, and only read by the OF", async () => {
    const [region, of] = [await cle("REGION"), await cle("OF1")];
    expect(ok(await region.get("/organismes?q=OF1")).organismes).toMatchObject([{ numero: "OF1" }]);
    const id = await uneAction(region, marche());
    const { reference } = await confirmer(region, id);
    const online = (await readLast(db, "action", [reference])).get(reference);
    expect(online?.contenu).toMatchObject({ organisme: "OF1", conventionnee: true });
    expect(ok(await of.get(`/actions/${id}`))).toMatchObject({ etat: "publiee", financeur: "REGION" });
    for (const [act, body] of [
      ["valider", { revision: 1 }],
      ["archiver", { motif: "Essai" }],
      ["sessions", { contenus: [saisieSession()] }],
    ] as const) {
      const { status, json } = await of.post(`/actions/${id}/${act}`, body);
      expect([act, status, json.detail]).toEqual([act, 409, expect.stringContaining("vient du financeur")]);
    }
  });

  test("is open to application or not: what the funder writes of it is what goes out (S32)", async () => {
    const region = await cle("REGION");
    const { id } = ok(await region.post("/actions", { ...marche(), contenu: saisieAction() }));
    const ouverte = { etat_recrutement: "1", modalites_inscription: "Sur prescription de France Travail" };
    const { ids } = ok(await region.post(`/actions/${id}/sessions`, { contenus: [saisieSession(ouverte)] }));
    await confirmer(region, id);
    const { reference } = ok(await region.get(`/sessions/${ids[0]}`));
    expect((await readLast(db, "session", [reference])).get(reference)?.contenu).toMatchObject(ouverte);
  });

  test("is ordered by a funder only, of an OF that the catalogue has", async () => {
    const unknown = await (await cle("REGION")).post("/actions", {
      ...marche({ siret: "73282932000074" }),
      contenu: saisieAction(),
    });
    expect([unknown.status, unknown.json.detail]).toEqual([409, expect.stringContaining("73282932000074")]);
    const of = await (await cle("OF1")).post("/actions", { cadre: "conventionnee", contenu: saisieAction() });
    expect([of.status, of.json.detail]).toEqual([409, expect.stringContaining("par son financeur")]);
    expect((await (await cle("OF1")).get("/organismes?q=OF2")).status).toBe(403);
  });
});

test("every operation of the description was done above", () => {
  const declared = Object.values(description.paths).flatMap((path) =>
    Object.values(path).map(({ operationId }) => operationId),
  );
  expect(new Set(declared).size).toBe(declared.length);
  expect([...used, "lireDescription"].sort()).toEqual(declared.sort());
});
