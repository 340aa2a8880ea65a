import { beforeEach, expect, test } from "vitest";
import type { Outils } from "../../src/cron/index.ts";
import { noTools } from "../support/cron.ts";
import { useDatabase } from "../support/database.ts";
import { addProfil } from "../support/diffusion.ts";
import { texte, useSite } from "../support/site.ts";

/** What is done at set times, and a job run by hand from the pages. */
const database = useDatabase();
const outils = (): Outils => noTools(database.db);
const site = useSite(database, () => ({ outils: outils() }));
const sansOutils = useSite(database);

beforeEach(() => database.clear());

test("an operateur runs a job at once; it is in the audit and the page says how it went", async () => {
  const operateur = await site.visit("operateur", "operateur");
  const before = await operateur.get("/planifications");
  expect(texte(before.html)).toMatch(/Continue les rejeux confirmés.*rejeux.*jamais/);
  const done = await operateur.submit("/planifications/rejeux/lancer");
  const said = texte(done.html);
  expect(said).toContain("Lancée : Continue les rejeux");
  expect(said).toMatch(/rejeux.*faite.*à la main.*lots.*0/);
  expect(await database.db("audit").select("acteur", "acte", "objet_id")).toEqual([
    { acteur: "compte:operateur", acte: "tache.lancer", objet_id: "rejeux" },
  ]);
});

test("a failure is shown with its words; a job that runs already is not begun twice", async () => {
  const operateur = await site.visit("operateur", "operateur");
  await addProfil(database.db, "rco");
  await database
    .db("outbox")
    .insert({ sujet: "edition.demandee", charge: JSON.stringify({ raison: "garde.liberee" }) });
  const failed = await operateur.submit("/planifications/editions/lancer");
  expect(texte(failed.html)).toMatch(/editions.*échouée.*à la main.*this job has no such tool/);
  await database.db("cron_job").insert({ id: "rejeux" });
  await database.db("cron_run").insert({
    job: "rejeux",
    slot: "2026-01-01T00:00:00Z",
    etat: "en_cours",
    worker: "un autre",
    essais: 1,
    started_at: database.db.raw("horloge()"),
    lease_until: database.db.raw("horloge() + interval '1 minute'"),
  });
  const { status, html } = await operateur.post("/planifications/rejeux/lancer");
  expect(status).toBe(409);
  expect(texte(html)).toContain("La tâche « rejeux » est déjà en cours");
  expect((await operateur.post("/planifications/rien/lancer")).status).toBe(404);
});

test("a lecteur sees no button and is refused; without what jobs work with, nobody has one", async () => {
  const lecteur = await site.visit("lecteur", "lecteur");
  expect((await lecteur.get("/planifications")).html).not.toContain("/lancer");
  expect((await lecteur.post("/planifications/rejeux/lancer")).status).toBe(403);
  const operateur = await sansOutils.visit("operateur", "operateur");
  const { status, html } = await operateur.get("/planifications");
  expect(status).toBe(200);
  expect(html).not.toContain("/lancer");
  expect((await operateur.post("/planifications/rejeux/lancer")).status).toBe(404);
  expect(await database.db("cron_run")).toEqual([]);
});
