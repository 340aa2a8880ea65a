import type { Page } from "playwright-core";
import { beforeEach, expect, test } from "vitest";
import { createCompte } from "../../src/access/index.ts";
import { useDatabase } from "../support/database.ts";
import { addPartner, addProfil } from "../support/diffusion.ts";
import { fautes, useNavigateur } from "../support/navigateur.ts";
import { useSite } from "../support/site.ts";

/** Coming in and going out, as people live it. */
const database = useDatabase();
const site = useSite(database);
const navigateur = useNavigateur(site);
const MOT_DE_PASSE = "quatre mots bien choisis";

beforeEach(async () => {
  await database.clear();
  await createCompte(
    database.db,
    { identifiant: "camille", nom: "Camille D.", role: "operateur" },
    MOT_DE_PASSE,
    "essai",
  );
});

async function signIn(page: Page, motDePasse: string): Promise<void> {
  await page.getByLabel("Identifiant").fill("camille");
  await page.getByLabel("Mot de passe").fill(motDePasse);
  await page.getByRole("button", { name: "Se connecter" }).click();
}

const titre = (page: Page): Promise<string> => page.getByRole("heading", { level: 1 }).innerText();

test("whoever is not in is asked to come in, then finds the page that was asked for; going out closes it", async () => {
  const page = await navigateur.open();
  await page.goto("/diffusions?etat=dead");
  expect(await titre(page)).toBe("Connexion");
  await signIn(page, MOT_DE_PASSE);
  await page.waitForURL("**/diffusions?etat=dead");
  expect(await page.getByRole("banner").innerText()).toContain("Camille D. · opérateur");

  await page.getByRole("button", { name: "Quitter" }).click();
  await page.waitForURL("**/connexion");
  await page.goBack();
  expect(await titre(page)).toBe("Connexion");
});

test("a wrong password says no more, keeps the name, and too many make one wait", async () => {
  const page = await navigateur.open();
  await page.goto("/connexion");
  const alert = page.getByRole("alert");
  await signIn(page, "pas celui-là");
  expect(await alert.innerText()).toBe("Identifiant ou mot de passe incorrect.");
  expect(await page.getByLabel("Identifiant").inputValue()).toBe("camille");
  expect(await page.getByLabel("Mot de passe").inputValue()).toBe("");
  expect(await fautes(page)).toEqual([]);

  for (let wrong = 1; wrong < 5; wrong += 1) {
    await signIn(page, `pas celui-là ${wrong}`);
    await alert.filter({ hasText: "incorrect" }).waitFor();
  }
  // The right one now waits like the others.
  await signIn(page, MOT_DE_PASSE);
  await alert.filter({ hasText: "Trop d'essais : réessayez dans quelques minutes." }).waitFor();
  await database
    .db("connexion_echec")
    .update({ dernier_at: database.db.raw("horloge() - interval '1 hour'") });
  await signIn(page, MOT_DE_PASSE);
  await page.getByRole("heading", { name: "Vue d'ensemble" }).waitFor();
});

test("after two hours away one is asked again, and a form sent too late did nothing and says so", async () => {
  const { db } = database;
  const page = await navigateur.open({ jeton: await site.enter("omar", "operateur") });
  await addProfil(db, "rco");
  await addPartner(db, "reseau", "rco", { type: "dossier", chemin: "/nulle-part" });
  const away = () => db("connexion").update({ seen_at: db.raw("horloge() - interval '121 minutes'") });

  await page.goto("/partenaires/reseau/suspendre");
  await page.getByLabel("Motif").fill("maintenance chez eux");
  await away();
  await page.getByRole("main").getByRole("button").click();
  await page.getByRole("heading", { name: "Accès réservé" }).waitFor();
  expect(await page.getByRole("main").innerText()).toContain("rien n'a été fait");
  expect(await db("partner").first("etat")).toEqual({ etat: "actif" });
  expect(await fautes(page)).toEqual([]);

  await page.getByRole("link", { name: "Se connecter" }).click();
  await signIn(page, MOT_DE_PASSE);
  await page.getByRole("heading", { name: "Vue d'ensemble" }).waitFor();
  // A page that reads itself again would be told 401 meanwhile, as it should.
  await page.goto("/notices");
  await page.getByText("En direct").waitFor();
  await away();
  await page.getByRole("link", { name: "Journal" }).click();
  await page.waitForURL("**/connexion?vers=%2Fjournal");
});
