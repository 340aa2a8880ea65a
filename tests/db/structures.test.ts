import type { Knex } from "knex";
import { beforeAll, beforeEach, describe, expect, test } from "vitest";
import { readActs, verifyAudit } from "../../src/audit/index.ts";
import {
  attach,
  auteurOfKey,
  cancelRequest,
  chooseStructure,
  createStructure,
  createStructureKey,
  decideRequest,
  detach,
  dismissStructureRequest,
  fulfilStructureRequest,
  type Gerant,
  readMyRequests,
  readPlace,
  readRattachements,
  readRequestsToDecide,
  readStructure,
  readStructureKeys,
  readStructureRequests,
  requestAttachment,
  requestStructure,
  revokeStructureKey,
  saveStructure,
  searchStructures,
  setReferent,
  setStructureOuverte,
} from "../../src/catalogue/index.ts";
import { readHistory, writeVersions } from "../../src/published/index.ts";
import { done, loadStructures } from "../support/catalogue.ts";
import { useDatabase } from "../support/database.ts";
import { unOrganisme } from "../support/offre.ts";
import { ficheOrganisme, SIRETS, unCompte } from "../support/structures.ts";

/** Structures, who is attached to them, and their keys: who may what comes from here only. */
const database = useDatabase();
let db: Knex;
const ADMIN: Gerant = { acteur: "compte:chef", administrateur: true };

beforeAll(() => {
  db = database.db;
});
beforeEach(() => database.clear());

describe("a structure", () => {
  test("of a training body is published under its SIRET when it is created, and again at each change", async () => {
    const { numero } = done(
      await createStructure(db, ADMIN, { type: "organisme", saisie: ficheOrganisme() }),
    );
    expect(numero).toBe(SIRETS[0]);
    const saisie = ficheOrganisme({ ville: "Bordeaux", code_postal: "33000", qualiopi: ["apprentissage"] });
    expect(await saveStructure(db, ADMIN, numero, { revision: 1, saisie })).toEqual({ revision: 2 });
    expect(await saveStructure(db, ADMIN, numero, { revision: 1, saisie })).toHaveProperty("refus");
    const versions = await readHistory(db, "organisme", numero);
    expect(versions.map(({ contenu }) => contenu.coordonnees.adresse?.ville)).toEqual(["Bordeaux", "Pessac"]);
    expect(await readStructure(db, numero)).toMatchObject({ ville: "Bordeaux", departement: "33" });
    expect(versions[0]?.contenu.qualiopi).toEqual(["apprentissage"]);
  });

  test.each([
    ["a key that is wrong", { siret: "21330063500018" }, "siret"],
    ["zeros (S17)", { siret: "0" }, "siret"],
    ["no NDA", { numero_activite: "" }, "numero_activite"],
    ["a contact nobody can reach (S66)", { contact_courriel: "", contact_telephone: "" }, "contact_courriel"],
    ["no street (S66)", { voie: " " }, "voie"],
    ["a name too long for the language", { nom: "x".repeat(251) }, "nom"],
  ])("with %s is refused at that field", async (_, fields, champ) => {
    const made = await createStructure(db, ADMIN, { type: "organisme", saisie: ficheOrganisme(fields) });
    expect(made).toHaveProperty(["erreurs", champ]);
    expect(await db("structure")).toEqual([]);
  });

  test("has a SIRET of its own, even when two type it at once", async () => {
    const twice = await Promise.all(
      ["A", "B"].map((numero) =>
        createStructure(db, ADMIN, { type: "organisme", numero, saisie: ficheOrganisme() }),
      ),
    );
    expect(twice.filter((one) => "refus" in one)).toMatchObject([
      { erreurs: { siret: expect.stringContaining("déjà celui de") } },
    ]);
  });

  test("does not write over a record that comes from elsewhere", async () => {
    await db.transaction((trx) =>
      writeVersions(trx, "organisme", [{ numero: "OF9", contenu: unOrganisme() }], { origine: "sync" }),
    );
    const made = await createStructure(db, ADMIN, {
      type: "organisme",
      numero: "OF9",
      saisie: ficheOrganisme(),
    });
    expect(made).toHaveProperty("refus", expect.stringContaining("catalogue adopt"));
    expect(await readHistory(db, "organisme", "OF9")).toHaveLength(1);
  });

  test("is kept up to date by its referent, but for its identity; by no other", async () => {
    await loadStructures(db);
    const referent = await unCompte(db, "anne", { structure: "OF1", profil: "general", referent: true });
    const saisie = ficheOrganisme({ nom: "Autre nom", siret: SIRETS[1], contact_nom: "Durand" });
    done(await saveStructure(db, referent.gerant, "OF1", { revision: 1, saisie }));
    expect((await readStructure(db, "OF1"))?.contenu).toMatchObject({
      nom: "Organisme OF1",
      siret: "21330063500017",
      contacts: [{ coordonnees: { nom: "Durand" } }],
    });
    expect(await saveStructure(db, referent.gerant, "OF2", { revision: 1, saisie })).toHaveProperty("refus");
    const simple = await unCompte(db, "bob", { structure: "OF2", profil: "general" });
    expect(await saveStructure(db, simple.gerant, "OF2", { revision: 1, saisie })).toHaveProperty("refus");
  });

  test("is found by its name or the beginning of its SIRET (S13), page by page", async () => {
    await loadStructures(db);
    const numeros = async (texte: string) =>
      (await searchStructures(db, { texte, limit: 9 })).map(({ numero }) => numero);
    expect(await numeros("organisme of2")).toEqual(["OF2"]);
    expect(await numeros("213 300 635")).toEqual(["OF1", "OF2"]);
    expect(await numeros("%")).toEqual([]);
    const all = await searchStructures(db, { limit: 2 });
    const rest = await searchStructures(db, { limit: 9, apres: all.at(-1)?.numero });
    expect([...all, ...rest].map(({ nom }) => nom)).toEqual([
      "Cap Métiers",
      "Organisme OF1",
      "Organisme OF2",
      "Région",
    ]);
  });
});

describe("an attachment", () => {
  beforeEach(() => loadStructures(db));

  const roleOf = async (personne: Parameters<typeof readPlace>[1]) =>
    (await readPlace(db, personne))?.auteur.role;

  test("is asked for, agreed to by the referent of that structure only, and then gives its role (S9, S13, S15)", async () => {
    const referent = await unCompte(db, "anne", { structure: "OF1", profil: "general", referent: true });
    const autre = await unCompte(db, "bob", { structure: "OF2", profil: "general", referent: true });
    const { personne, compte } = await unCompte(db, "carl");
    done(await requestAttachment(db, compte, { structure: "OF1", profil: "catalogue" }));
    expect(await roleOf(personne)).toBeUndefined();
    expect(await readMyRequests(db, compte.id)).toMatchObject([{ structure: "OF1", etat: "demande" }]);
    expect(await readRequestsToDecide(db, autre.gerant)).toEqual([]);
    const [asked] = await readRequestsToDecide(db, referent.gerant);
    const id = asked?.id ?? 0;
    expect(await decideRequest(db, autre.gerant, id, { accord: true })).toHaveProperty("refus");
    done(await decideRequest(db, referent.gerant, id, { accord: true }));
    expect(await roleOf(personne)).toBe("of");
    expect(await decideRequest(db, referent.gerant, id, { accord: true })).toHaveProperty("refus");
  });

  test("that is refused says why to who asked, who may ask again", async () => {
    const { compte } = await unCompte(db, "carl");
    const asked = { structure: "OF1", profil: "catalogue" } as const;
    done(await requestAttachment(db, compte, asked));
    expect(await requestAttachment(db, compte, asked)).toHaveProperty("refus");
    const [{ id } = { id: 0 }] = await readRequestsToDecide(db, ADMIN);
    expect(await decideRequest(db, ADMIN, id, { accord: false, motif: " " })).toHaveProperty("refus");
    done(await decideRequest(db, ADMIN, id, { accord: false, motif: "Vous n'y travaillez plus." }));
    expect(await readMyRequests(db, compte.id)).toMatchObject([
      { etat: "refuse", motif: "Vous n'y travaillez plus." },
    ]);
    done(await requestAttachment(db, compte, asked));
    const [{ id: second } = { id: 0 }] = await readRequestsToDecide(db, ADMIN);
    done(await cancelRequest(db, compte, second));
    expect(await readRequestsToDecide(db, ADMIN)).toEqual([]);
  });

  test.each([
    ["OF1", "financeur"],
    ["OF1", "controleur"],
    ["REGION", "general"],
    ["AGENCE", "catalogue"],
  ] as const)("of %s is never with the profile %s", async (structure, profil) => {
    const { compte } = await unCompte(db, "carl");
    expect(await requestAttachment(db, compte, { structure, profil })).toHaveProperty("refus");
    expect(await attach(db, ADMIN, { identifiant: "carl", structure, profil })).toHaveProperty("refus");
  });

  test("is active for one structure at a time, the one that was chosen while it lasts (S20)", async () => {
    const { personne } = await unCompte(db, "anne", { structure: "OF1", profil: "catalogue" });
    for (const structure of ["OF2", "REGION"])
      done(
        await attach(db, ADMIN, {
          identifiant: "anne",
          structure,
          profil: structure === "OF2" ? "preinscription" : "financeur",
        }),
      );
    const active = async () => (await readPlace(db, personne))?.auteur;
    expect(await active()).toMatchObject({ structure: "OF1", role: "of" });
    expect(await chooseStructure(db, personne, "OF2")).toBe(true);
    expect(await active()).toMatchObject({ structure: "OF2", role: "lecteur_of" });
    expect(await chooseStructure(db, personne, "AGENCE")).toBe(false);
    expect(await active()).toMatchObject({ structure: "OF2" });
    const members = done(await readRattachements(db, ADMIN, "OF2"));
    done(await detach(db, ADMIN, members[0]?.id ?? 0));
    expect(await active()).toMatchObject({ structure: "OF1" });
    done(await setStructureOuverte(db, ADMIN, "OF1", false));
    expect(await active()).toMatchObject({ structure: "REGION", role: "financeur" });
  });

  test("an administrator is of the control of the agency without being attached", async () => {
    const { personne } = await unCompte(db, "chef", undefined, "administrateur");
    expect((await readPlace(db, personne))?.auteur).toMatchObject({ role: "controle", structure: "AGENCE" });
    await db("structure").where({ type: "agence" }).delete();
    expect((await readPlace(db, personne))?.auteur).toMatchObject({ role: "controle", structure: "" });
  });

  test("referents are named by administrators only", async () => {
    const referent = await unCompte(db, "anne", { structure: "OF1", profil: "general", referent: true });
    await unCompte(db, "bob", { structure: "OF1", profil: "catalogue" });
    const members = done(await readRattachements(db, referent.gerant, "OF1"));
    const bob = members.find(({ identifiant }) => identifiant === "bob")?.id ?? 0;
    expect(await setReferent(db, referent.gerant, bob, true)).toHaveProperty("refus");
    expect(
      await attach(db, referent.gerant, { identifiant: "bob", structure: "OF1", profil: "general" }),
    ).toHaveProperty("refus");
    done(await setReferent(db, ADMIN, bob, true));
    expect(await detach(db, referent.gerant, bob)).toEqual({ fait: true });
  });
});

describe("a structure that is not in the list (S14)", () => {
  const asked = { nom: "École du bois", siret: SIRETS[0], ville: "Pau", message: "" };

  test("is asked of the agency, made, and who asked becomes its referent", async () => {
    const { compte, personne } = await unCompte(db, "carl");
    expect(await requestStructure(db, compte, { ...asked, siret: "1" })).toHaveProperty(["erreurs", "siret"]);
    const { id } = done(await requestStructure(db, compte, asked));
    expect(await requestStructure(db, compte, asked)).toHaveProperty("refus");
    expect(await readStructureRequests(db)).toMatchObject([{ id, nom: "École du bois" }]);
    const made = done(
      await createStructure(db, ADMIN, {
        type: "organisme",
        saisie: ficheOrganisme({ nom: "École du bois" }),
      }),
    );
    done(await fulfilStructureRequest(db, ADMIN, id, made.numero));
    expect(await fulfilStructureRequest(db, ADMIN, id, made.numero)).toHaveProperty("refus");
    expect((await readPlace(db, personne))?.active).toMatchObject({ numero: made.numero, referent: true });
    expect(await readStructureRequests(db)).toEqual([]);
    const second = await requestStructure(db, compte, asked);
    expect(second).toHaveProperty(["erreurs", "siret"], expect.stringContaining("École du bois"));
  });

  test("is dismissed with a reason that who asked reads", async () => {
    const { compte } = await unCompte(db, "carl");
    const { id } = done(await requestStructure(db, compte, asked));
    done(await dismissStructureRequest(db, ADMIN, id, "Ce n'est pas un organisme de formation."));
    expect(await readStructureRequests(db, { compte: compte.id })).toMatchObject([
      { etat: "ecartee", motif: "Ce n'est pas un organisme de formation." },
    ]);
  });
});

describe("a key of a structure", () => {
  beforeEach(() => loadStructures(db));
  const opens = (cle: string) => auteurOfKey(db, `Bearer ${cle}`);

  test.each([
    ["OF1", "of"],
    ["REGION", "financeur"],
    ["AGENCE", "controle"],
  ] as const)("of %s acts as %s, until it is revoked", async (structure, role) => {
    const { cle } = done(await createStructureKey(db, ADMIN, { structure, nom: "EOS" }));
    expect(await opens(cle)).toMatchObject({ acteur: expect.stringMatching(/^cle:\d+$/), role, structure });
    const [kept] = done(await readStructureKeys(db, ADMIN, structure));
    expect(kept).toMatchObject({ nom: "EOS", debut: cle.slice(0, 8), last_used_at: expect.any(Date) });
    expect(JSON.stringify(await db("structure_key"))).not.toContain(cle);
    done(await revokeStructureKey(db, ADMIN, kept?.id ?? 0));
    expect(await opens(cle)).toBeUndefined();
  });

  test("belongs to its structure: its referent makes and revokes it, no other; closed, it opens nothing", async () => {
    const referent = await unCompte(db, "anne", { structure: "OF1", profil: "general", referent: true });
    const autre = await unCompte(db, "bob", { structure: "OF2", profil: "general", referent: true });
    expect(await createStructureKey(db, autre.gerant, { structure: "OF1", nom: "x" })).toHaveProperty(
      "refus",
    );
    const { cle } = done(await createStructureKey(db, referent.gerant, { structure: "OF1", nom: "x" }));
    expect(await readStructureKeys(db, autre.gerant, "OF1")).toHaveProperty("refus");
    const { id } = await db("structure_key").first("id");
    expect(await revokeStructureKey(db, autre.gerant, Number(id))).toHaveProperty("refus");
    expect(await opens(cle)).toBeDefined();
    done(await setStructureOuverte(db, ADMIN, "OF1", false));
    expect(await opens(cle)).toBeUndefined();
  });
});

test("each act is in the audit, whose chain holds", async () => {
  await loadStructures(db);
  const { compte } = await unCompte(db, "carl");
  done(await requestAttachment(db, compte, { structure: "OF1", profil: "catalogue" }));
  const [{ id } = { id: 0 }] = await readRequestsToDecide(db, ADMIN);
  done(await decideRequest(db, ADMIN, id, { accord: true }));
  done(await setReferent(db, ADMIN, id, true));
  done(await detach(db, ADMIN, id));
  done(await createStructureKey(db, ADMIN, { structure: "OF1", nom: "EOS" }));
  done(await setStructureOuverte(db, ADMIN, "OF1", false));
  const acts = await readActs(db, { objet: { type: "structure", id: "OF1" }, limit: 20 });
  expect(acts.map(({ acte, acteur }) => `${acteur} ${acte}`)).toEqual([
    "compte:chef structure.fermer",
    "compte:chef cle.creer",
    "compte:chef rattachement.retirer",
    "compte:chef rattachement.referent",
    "compte:chef rattachement.accorder",
    "compte:carl rattachement.demander",
  ]);
  expect(await verifyAudit(db)).toMatchObject({ lignes: 6, rupture: undefined });
});
