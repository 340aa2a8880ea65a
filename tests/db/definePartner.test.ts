import { beforeEach, expect, test } from "vitest";
import { readActs } from "../../src/audit/index.ts";
import { PROFILS } from "../../src/feed/index.ts";
import {
  definePartner,
  defineProfil,
  readPartner,
  readProfils,
  seedProfils,
} from "../../src/partner/index.ts";
import { useDatabase } from "../support/database.ts";

const database = useDatabase();
const PARTNER = {
  id: "france-travail",
  nom: "France Travail",
  profil: "kairos",
  transport: { type: "https", url: "https://depot.exemple.fr/offre" },
};

beforeEach(async () => {
  await database.clear();
  await seedProfils(database.db, PROFILS);
});

const define = (given: unknown) => definePartner(database.db, given, "essai");
const acts = async () =>
  (await readActs(database.db, { limit: 10 })).map(({ acte, objet_id }) => `${acte} ${objet_id}`);

test("a partner is added, changed, and left alone when nothing changes; each change is in the audit", async () => {
  expect(await define(PARTNER)).toEqual({ fait: "cree" });
  expect(await define(PARTNER)).toEqual({ fait: "inchange" });
  expect(await define({ ...PARTNER, limites: { par_jour: 2 } })).toEqual({ fait: "modifie" });
  expect(await readPartner(database.db, "france-travail")).toMatchObject({ limites: { par_jour: 2 } });
  expect(await acts()).toEqual(["partenaire.modifier france-travail", "partenaire.creer france-travail"]);
});

test("what `show` gives is what `set` takes back", async () => {
  await define(PARTNER);
  const shown = {
    ...(await readPartner(database.db, "france-travail")),
    etat: undefined,
    etatMotif: undefined,
  };
  expect(await define(JSON.parse(JSON.stringify(shown)))).toEqual({ fait: "inchange" });
});

test.each([
  ["an unknown profile", { ...PARTNER, profil: "rien" }, "profil : « rien » n'existe pas. Les profils : "],
  ["a profile that another one serves", { ...PARTNER, profil: "lba" }, "servi par « rco »"],
  [
    "http to the outside",
    { ...PARTNER, transport: { type: "https", url: "http://x.fr/" } },
    "transport.url : ",
  ],
  ["a field that does not exist", { ...PARTNER, mot_de_passe: "x" }, "mot_de_passe"],
  ["not even an object", "bonjour", ""],
])("%s is refused with its place, and changes nothing", async (_, given, words) => {
  const refused = await define(given);
  expect("refus" in refused && refused.refus.join("\n")).toContain(words);
  expect(await database.db("partner")).toEqual([]);
  expect(await acts()).toEqual([]);
});

test("a profile is changed for the next édition, which is asked for", async () => {
  const kairos = (await readProfils(database.db)).find(({ id }) => id === "kairos");
  const changed = { ...kairos, attente: 2 };
  expect(await defineProfil(database.db, changed, "essai")).toEqual({ fait: "modifie" });
  expect(await defineProfil(database.db, changed, "essai")).toEqual({ fait: "inchange" });
  expect((await readProfils(database.db)).find(({ id }) => id === "kairos")?.attente).toBe(2);
  expect(await database.db("outbox").pluck("sujet")).toEqual(["edition.demandee"]);
  expect(await acts()).toEqual(["profil.modifier kairos"]);
});

test("a profile that would be served by one that is served itself is refused", async () => {
  const lba = (await readProfils(database.db)).find(({ id }) => id === "lba");
  expect(await defineProfil(database.db, { ...lba, mode: { via: "parcoursup" } }, "essai")).toEqual({
    refus: ["mode.via : parcoursup n'est pas un profil servi directement"],
  });
});
