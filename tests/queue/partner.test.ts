import { beforeEach, expect, test } from "vitest";
import { PROFILS } from "../../src/feed/index.ts";
import {
  readPartner,
  readPartners,
  readProfils,
  seedProfils,
  setPartnerState,
  upsertPartner,
} from "../../src/partner/index.ts";
import { useDatabase } from "../support/database.ts";

const database = useDatabase();
beforeEach(() => database.clear());

test("the profiles of the product are written once, and what an agency changed stays", async () => {
  const { db } = database;
  await seedProfils(db, PROFILS);
  expect(await readProfils(db)).toEqual([...PROFILS].sort((a, b) => (a.id < b.id ? -1 : 1)));
  await db("profil")
    .where({ id: "kairos" })
    .update({ definition: db.raw("definition || '{\"attente\": 5}'") });
  await seedProfils(db, PROFILS);
  expect((await readProfils(db)).find(({ id }) => id === "kairos")?.attente).toBe(5);
});

test("a partner is added, then brought up to date; its pause is an act of its own", async () => {
  const { db } = database;
  await seedProfils(db, PROFILS);
  const row = {
    id: "a",
    nom: "A",
    profil: "rco",
    transport: { type: "https" as const, url: "https://exemple.fr/1" },
  };
  await upsertPartner(db, row);
  await setPartnerState(db, "a", "en_pause", "essai");
  await upsertPartner(db, { ...row, nom: "B", transport: { type: "dossier", chemin: "/var/depot" } });
  expect(await readPartners(db)).toMatchObject([
    {
      id: "a",
      nom: "B",
      etat: "en_pause",
      etatMotif: "essai",
      interne: false,
      transport: { type: "dossier", compression: "gzip" },
    },
  ]);
  expect(await readPartner(db, "inconnu")).toBeUndefined();
  expect(await db("outbox").where({ sujet: "partenaire.modifie" })).toHaveLength(3);
});
