import { beforeEach, describe, expect, test } from "vitest";
import {
  acceptInvitation,
  changePassword,
  createCompte,
  createKey,
  inviteFirstAdministrator,
  needsFirstAdministrator,
  partnerOfKey,
  readConnexion,
  readInvitation,
  readKeys,
  revokeKey,
  setCompteOuvert,
  signIn,
  signOut,
} from "../../src/access/index.ts";
import { readActs, verifyAudit } from "../../src/audit/index.ts";
import { useDatabase } from "../support/database.ts";
import { addPartner, addProfil } from "../support/diffusion.ts";

const database = useDatabase();
const GOOD = "quatre mots bien choisis";

beforeEach(() => database.clear());

const create = (identifiant: string, motDePasse = GOOD) =>
  createCompte(database.db, { identifiant, nom: "Camille", role: "operateur" }, motDePasse, "essai");
const enter = (identifiant: string, motDePasse = GOOD, adresse = "192.0.2.1") =>
  signIn(database.db, { identifiant, motDePasse, adresse });
async function jeton(identifiant: string, motDePasse = GOOD): Promise<string> {
  const entree = await enter(identifiant, motDePasse);
  if ("refus" in entree) throw new Error(entree.refus);
  return entree.jeton;
}

describe("accounts", () => {
  test("who has the password comes in, and is known by the cookie until they leave", async () => {
    expect(await create(" Camille ")).toEqual({ fait: true });
    const cookie = await jeton("CAMILLE");
    expect(await readConnexion(database.db, cookie)).toMatchObject({
      compte: { identifiant: "camille", role: "operateur" },
    });
    await signOut(database.db, cookie);
    expect(await readConnexion(database.db, cookie)).toBeUndefined();
  });

  test("neither the password nor the cookie is in the database", async () => {
    await create("camille");
    const cookie = await jeton("camille");
    const { rows } = await database.db.raw(
      "SELECT (SELECT json_agg(c) FROM compte c)::text || (SELECT json_agg(o) FROM connexion o)::text AS all",
    );
    expect(rows[0].all).toContain("camille");
    expect(rows[0].all).not.toContain(GOOD);
    expect(rows[0].all).not.toContain(cookie);
  });

  test.each([
    ["court", "trop court"],
    ["aaaaaaaaaaaaaaaaaaaa", "répète"],
    ["bonjour camille bonjour", "identifiant"],
    ["x y z ".repeat(50), "200 au plus"],
  ])("a password like « %s » is refused and says why", async (motDePasse) => {
    const made = await create("camille", motDePasse);
    expect(made).toHaveProperty("refus");
    expect(await database.db("compte")).toEqual([]);
  });

  test("a name that is taken, or is none, is refused", async () => {
    await create("camille");
    expect(await create("CAMILLE")).toMatchObject({ refus: "Le compte « camille » existe déjà." });
    expect(await create("c'est moi")).toHaveProperty("refus");
  });

  test("another password, or a shut account, throws out whoever was in", async () => {
    await create("camille");
    const first = await jeton("camille");
    await changePassword(database.db, "camille", "cinq autres mots bien longs", "essai");
    expect(await readConnexion(database.db, first)).toBeUndefined();
    expect(await enter("camille")).toHaveProperty("refus");
    const second = await jeton("camille", "cinq autres mots bien longs");
    await setCompteOuvert(database.db, "camille", false, "essai");
    expect(await readConnexion(database.db, second)).toBeUndefined();
    expect(await enter("camille", "cinq autres mots bien longs")).toHaveProperty("refus");
  });

  test("a browser left alone has to come in again", async () => {
    await create("camille");
    const cookie = await jeton("camille");
    await database.db("connexion").update({ seen_at: database.db.raw("horloge() - interval '3 hours'") });
    expect(await readConnexion(database.db, cookie)).toBeUndefined();
  });

  test("a hundred tries at once are slowed down, and the right password waits with them", async () => {
    await create("camille");
    const tries = await Promise.all(Array.from({ length: 12 }, (_, i) => enter("camille", `mauvais ${i}`)));
    expect(tries.every((one) => "refus" in one)).toBe(true);
    expect(await enter("camille")).toEqual({ refus: "Trop d'essais : réessayez dans quelques minutes." });
    await database
      .db("connexion_echec")
      .update({ dernier_at: database.db.raw("horloge() - interval '20 minutes'") });
    expect(await enter("camille")).toHaveProperty("jeton");
  });

  test("a name that does not exist is refused in the same words", async () => {
    await create("camille");
    expect(await enter("personne")).toEqual(await enter("camille", "mauvais mot de passe"));
  });

  test("every act is in the audit, whose chain holds", async () => {
    await create("camille");
    await setCompteOuvert(database.db, "camille", false, "essai");
    const acts = await readActs(database.db, { limit: 10 });
    expect(acts.map(({ acte, objet_id, acteur }) => ({ acte, objet_id, acteur }))).toEqual([
      { acte: "compte.fermer", objet_id: "camille", acteur: "essai" },
      { acte: "compte.creer", objet_id: "camille", acteur: "essai" },
    ]);
    expect(await verifyAudit(database.db)).toMatchObject({ lignes: 2, rupture: undefined });
  });
});

describe("the link of the first administrator", () => {
  const use = (link: string, identifiant = "premiere", motDePasse = GOOD) =>
    acceptInvitation(database.db, link, { identifiant, nom: "Première" }, motDePasse);

  test("opens once, for one administrator", async () => {
    expect(await needsFirstAdministrator(database.db)).toBe(true);
    const link = await inviteFirstAdministrator(database.db);
    const results = await Promise.all([use(link, "une"), use(link, "deux"), use(link, "trois")]);
    expect(results.filter((one) => "fait" in one)).toHaveLength(1);
    expect(await database.db("compte").pluck("role")).toEqual(["administrateur"]);
    expect(await needsFirstAdministrator(database.db)).toBe(false);
  });

  test("stays open when the account is refused, and shuts after 15 minutes or when another is made", async () => {
    const link = await inviteFirstAdministrator(database.db);
    expect(await use(link, "premiere", "court")).toHaveProperty("refus");
    expect(await readInvitation(database.db, link)).toEqual({ pour: "premier" });
    const other = await inviteFirstAdministrator(database.db);
    expect(await readInvitation(database.db, link)).toBeUndefined();
    await database.db("invitation").update({ expire_at: database.db.raw("horloge() - interval '1 second'") });
    expect(await use(other)).toHaveProperty("refus");
    expect(await database.db("compte")).toEqual([]);
  });
});

describe("keys of partners", () => {
  const basic = (name: string, key: string) => `Basic ${Buffer.from(`${name}:${key}`).toString("base64")}`;

  async function key(): Promise<string> {
    await addProfil(database.db, "kairos");
    await addPartner(database.db, "france-travail", "kairos", { type: "dossier", chemin: "/depot" });
    const made = await createKey(database.db, { partner: "france-travail", nom: "serveur de nuit" }, "essai");
    if ("refus" in made) throw new Error(made.refus);
    return made.cle;
  }

  test("open the feed of their partner, by Bearer or by Basic under its name", async () => {
    const cle = await key();
    const owner = { partner: "france-travail", profil: "kairos" };
    expect(await partnerOfKey(database.db, `Bearer ${cle}`)).toEqual(owner);
    expect(await partnerOfKey(database.db, basic("france-travail", cle))).toEqual(owner);
    for (const wrong of [
      undefined,
      "",
      "Bearer",
      `Bearer ${cle}x`,
      basic("rco", cle),
      basic("france-travail", "x"),
      "Basic ***",
      `Digest ${cle}`,
    ])
      expect(await partnerOfKey(database.db, wrong)).toBeUndefined();
  });

  test("are shown once, and open nothing once revoked", async () => {
    const cle = await key();
    const [kept] = await readKeys(database.db, "france-travail");
    expect(JSON.stringify(await database.db("partner_key"))).not.toContain(cle);
    expect(await revokeKey(database.db, kept?.id ?? 0, "essai")).toEqual({ fait: true });
    expect(await revokeKey(database.db, kept?.id ?? 0, "essai")).toHaveProperty("refus");
    expect(await partnerOfKey(database.db, `Bearer ${cle}`)).toBeUndefined();
  });

  test("are made for a partner that exists", async () => {
    expect(await createKey(database.db, { partner: "personne", nom: "x" }, "essai")).toEqual({
      refus: "Il n'y a pas de partenaire « personne ».",
    });
  });
});
