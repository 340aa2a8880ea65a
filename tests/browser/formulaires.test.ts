import type { Page } from "playwright-core";
import { beforeEach, expect, test } from "vitest";
import { readSession } from "../../src/catalogue/index.ts";
import { PROFILS } from "../../src/feed/index.ts";
import { seedProfils } from "../../src/partner/index.ts";
import { writeVersions } from "../../src/published/index.ts";
import { lire, loadStructures, OF, uneFiche } from "../support/catalogue.ts";
import { useDatabase } from "../support/database.ts";
import { useNavigateur } from "../support/navigateur.ts";
import { uneCertification } from "../support/offre.ts";
import { useSite } from "../support/site.ts";

/** What the script of the forms adds, in a real browser. */
const database = useDatabase();
const site = useSite(database);
const navigateur = useNavigateur(site);

beforeEach(async () => {
  await database.clear();
  await loadStructures(database.db);
  await seedProfils(database.db, PROFILS);
});

const enter = (identifiant: string) =>
  site.enter(identifiant, "membre", { structure: "OF1", profil: "catalogue" });

/** A form, with a clock that the test moves. */
async function open(jeton: string, adresse: string): Promise<Page> {
  const page = await navigateur.open({ jeton });
  await page.clock.install();
  await page.goto(adresse);
  return page;
}

/** What happens some time later. */
async function later(page: Page, ms: number, suite: string): Promise<void> {
  const answered = page.waitForResponse((response) => response.url().endsWith(suite));
  await page.clock.fastForward(ms);
  await answered;
}

test("checks while typing, counts characters, saves itself and tells who else is there", async () => {
  const { id } = await uneFiche(database.db);
  const adresse = `/gestion/actions/${id}`;
  const page = await open(await enter("anne"), adresse);
  await page.getByLabel("Intitulé").fill("CONDUIRE UN CHARIOT ÉLÉVATEUR");
  await page.locator("#c-objectif").fill("é".repeat(3001));
  await expect
    .poll(() => page.locator("#c-objectif-aide .depasse").textContent())
    .toMatch(/^3.001 sur 3.000 caractères/);
  await later(page, 1_000, "/verifier");
  await expect
    .poll(() => page.locator("#c-intitule-dits").textContent())
    .toContain("entièrement en majuscules");
  await expect.poll(() => page.locator(".partenaires").textContent()).toContain("Kairos");

  await (await open(await enter("paul"), adresse)).close();
  await later(page, 21_000, "/brouillon");
  await expect
    .poll(() => page.locator("[data-enregistre]").textContent())
    .toMatch(/^Enregistré à \d\d:\d\d$/);
  expect((await lire(database.db, id)).contenu.intitule).toBe("CONDUIRE UN CHARIOT ÉLÉVATEUR");
  await expect
    .poll(() => page.locator("[data-presents]").textContent())
    .toContain("Camille paul a aussi ouvert");
});

test("lists grow and shrink in place, and a draft keeps up with them", async () => {
  const { sessions } = await uneFiche(database.db);
  const id = sessions[0] ?? 0;
  const page = await open(await enter("anne"), `/gestion/sessions/${id}`);
  const ville = (rang: number) => page.locator(`[name="lieux[${rang}].coordonnees.adresse.ville"]`);
  const contenu = async () => (await readSession(database.db, OF, id))?.session.contenu;
  await ville(0).fill("Pau");
  await page.getByRole("button", { name: "Ajouter un lieu" }).click();
  await ville(1).fill("Dax");
  await later(page, 21_000, "/brouillon");
  await expect.poll(async () => (await contenu())?.lieux?.length).toBe(2);
  await page.getByRole("button", { name: "Retirer lieu 1" }).click();
  await ville(1).fill("Mont-de-Marsan");
  await later(page, 21_000, "/brouillon");
  await expect
    .poll(async () => (await contenu())?.lieux?.map((l) => l.coordonnees.adresse?.ville))
    .toEqual(["Mont-de-Marsan"]);

  // What is hidden for one voie d'accès shows for another.
  await page.getByLabel("Formation continue hors alternance").check();
  expect(await page.locator("#alternance").isVisible()).toBe(false);
  await page.getByLabel("Contrat d'apprentissage").check();
  expect(await page.locator("#alternance").isVisible()).toBe(true);
  expect(await page.getByRole("button", { name: "Calendrier" }).first().isVisible()).toBe(true);

  // Leaving is enough.
  await page.locator("#c-commentaire").fill("En partant");
  await page.getByRole("link", { name: "Mes structures" }).first().click();
  await expect.poll(async () => (await contenu())?.commentaire).toBe("En partant");
});

test("a certification is found while one types, and chosen", async () => {
  await database.db.transaction((trx) =>
    writeVersions(trx, "certification", [{ numero: "RNCP35819", contenu: uneCertification() }], {
      origine: "referentiel",
    }),
  );
  const { id } = await uneFiche(database.db);
  const page = await open(await enter("anne"), `/gestion/actions/${id}`);
  await page.getByLabel("Chercher une certification").fill("assistant");
  await later(page, 400, "q=assistant");
  await page.getByRole("button", { name: "Assistant de direction" }).click();
  expect(await page.locator("[data-compte]").textContent()).toContain("1 sur 5");
  await later(page, 21_000, "/brouillon");
  await expect
    .poll(async () => (await lire(database.db, id)).contenu.certifications)
    .toEqual([{ code_rncp: "RNCP35819" }]);
});
