import type { Page } from "playwright-core";
import { beforeAll, expect, test } from "vitest";
import { createCompte } from "../../src/access/index.ts";
import { useDatabase } from "../support/database.ts";
import { eventually } from "../support/diffusion.ts";
import { tailleDemandee } from "../support/grandNombre.ts";
import { useNavigateur } from "../support/navigateur.ts";
import { useSite } from "../support/site.ts";
import { useMinute } from "./minuteScene.ts";

/**
 * The minute of an operator on the phone: where is this session, why is it not at Kairos, send it again; on a base of the
 * size that `TAILLE` says (`TAILLE=stress` for the largest).
 */
const database = useDatabase();
const scene = useMinute(database);
const site = useSite(database, () => ({ outils: scene.outils, seuilRejeu: 20 }));
const navigateur = useNavigateur(site);
const MOT_DE_PASSE = "quatre mots bien choisis";
const MINUTE = 60_000;

beforeAll(async () => {
  await createCompte(
    database.db,
    { identifiant: "camille", nom: "Camille D.", role: "operateur" },
    MOT_DE_PASSE,
    "essai",
  );
});

test("by mouse", { timeout: 2 * MINUTE }, async () => {
  const session = "00123456";
  const perdue = await scene.refused(session);
  const page = await navigateur.open();
  const slow = slowest(page);
  const since = performance.now();

  await page.goto("/");
  await page.getByLabel("Identifiant").fill("camille");
  await page.getByLabel("Mot de passe").fill(MOT_DE_PASSE);
  await page.getByRole("button", { name: "Se connecter" }).click();
  await titled(page, "Vue d'ensemble");

  await page
    .getByRole("navigation", { name: "Menu" })
    .getByRole("link", { name: "Où est ma session ?" })
    .click();
  await page.getByRole("searchbox").fill(session);
  await page.getByRole("button", { name: "Chercher" }).click();
  await titled(page, `Session ${session}`);
  const kairos = page
    .getByRole("article")
    .filter({ has: page.getByRole("heading", { name: "Kairos kairos" }) });
  expect(await kairos.innerText()).toMatch(/La diffusion qui la portait est abandonnée : .*422/);

  await kairos.getByRole("link", { name: "Voir cette diffusion" }).click();
  await titled(page, "Diffusion pour Kairos");
  expect(page.url()).toContain(perdue);
  await page.getByRole("button", { name: "Rejouer…" }).click();
  await titled(page, "Aperçu du rejeu");
  expect(await page.getByRole("main").innerText()).toContain("1 diffusion à rejouer, 1 envoi");
  await page.getByLabel("Motif").fill("refusée par erreur, Kairos l'a confirmé au téléphone");
  await page.getByRole("button", { name: "Rejouer 1 envoi" }).click();
  await titled(page, "Rejeu n° ");

  await page.getByRole("table").getByRole("link").last().click();
  await titled(page, "Diffusion pour Kairos");
  await arrived(page);

  await page.goto("/ou");
  await page.getByRole("searchbox").fill(session);
  await page.keyboard.press("Enter");
  await titled(page, `Session ${session}`);
  expect(await kairos.innerText()).toMatch(/Envoyée version 1, le [\s\S]*Visible chez Kairos vers le/);
  expect(performance.now() - since).toBeLessThan(MINUTE);
  expect(slow()).toEqual([]);
});

test("by keyboard alone, always seeing where one is", { timeout: 2 * MINUTE }, async () => {
  const session = "00123457";
  await scene.refused(session);
  const page = await navigateur.open();
  const since = performance.now();
  const { keyboard } = page;

  await page.goto("/");
  await tabTo(page, "Identifiant");
  await keyboard.type("camille");
  await tabTo(page, "Mot de passe");
  await keyboard.type(MOT_DE_PASSE);
  await keyboard.press("Enter");
  await titled(page, "Vue d'ensemble");

  await tabTo(page, "Où est ma session ?");
  await keyboard.press("Enter");
  await titled(page, "Où est ma session ?");
  await skipMenu(page);
  await tabTo(page, "Session, action, organisme, SIRET ou mots de l'intitulé");
  await keyboard.type(session);
  await keyboard.press("Enter");
  await titled(page, `Session ${session}`);

  await tabTo(page, "Voir cette diffusion");
  await keyboard.press("Enter");
  await titled(page, "Diffusion pour Kairos");
  await skipMenu(page);
  await tabTo(page, "Rejouer…");
  await keyboard.press("Enter");
  await titled(page, "Aperçu du rejeu");
  await tabTo(page, "Motif");
  await keyboard.type("perdue chez eux");
  await tabTo(page, "Rejouer 1 envoi");
  await keyboard.press("Enter");
  await titled(page, "Rejeu n° ");

  const rejeu = await eventually(
    async () =>
      (
        await database
          .db("delivery")
          .where({ partner: "kairos" })
          .whereNotNull("replay_of")
          .orderBy("created_at", "desc")
          .first("id")
      )?.id,
    "the new delivery",
  );
  await tabTo(page, rejeu);
  await keyboard.press("Enter");
  await titled(page, "Diffusion pour Kairos");
  await arrived(page);
  expect(performance.now() - since).toBeLessThan(MINUTE);
});

test("no list is slower for what it holds", { timeout: 2 * MINUTE }, async () => {
  const page = await navigateur.open({ jeton: await site.enter("lea", "lecteur") });
  const slow = slowest(page);
  for (const chemin of [
    "/",
    "/ou?q=anglais+niveau+12",
    "/ou?q=S12",
    "/ou?organisme=O7",
    "/ou/session/S1200",
    "/diffusions",
    "/diffusions?partenaire=kairos&etat=dead",
    "/diffusions?session=S1200",
    "/diffusions/ancienne-500",
    "/alertes",
    "/journal",
    "/flux",
    "/historique/kairos",
    "/partenaires",
    "/partenaires/kairos",
    "/notices",
    "/planifications",
  ])
    expect({ chemin, status: (await page.goto(chemin))?.status() }).toEqual({ chemin, status: 200 });
  expect(slow()).toEqual([]);
});

/** Waits for the page of this title, its style included. */
async function titled(page: Page, titre: string): Promise<void> {
  await page.getByRole("heading", { level: 1 }).filter({ hasText: titre }).waitFor();
  await page.waitForLoadState();
}

/** The page of the delivery says that it arrived, without being asked again. */
async function arrived(page: Page): Promise<void> {
  await page.locator(".chapeau .etat", { hasText: "arrivée" }).waitFor();
}

/** Milliseconds, many times what each takes at the largest size: the machine of the tests does much else meanwhile. */
const PATIENCE = 3_000;

/** Pages that took too long to come, so far. */
function slowest(page: Page): () => readonly string[] {
  const slow: string[] = [];
  const times: string[] = [];
  page.on("requestfinished", (request) => {
    if (!request.isNavigationRequest()) return;
    const ms = Math.round(request.timing().responseEnd);
    times.push(`${ms} ms ${request.method()} ${request.url()}`);
    if (ms > PATIENCE) slow.push(`${request.url()}: ${ms} ms`);
  });
  return () => {
    if (process.env.TAILLE !== undefined)
      process.stderr.write(`${tailleDemandee()}\n  ${times.join("\n  ")}\n`);
    return slow;
  };
}

/** By the link that comes first on each page. */
async function skipMenu(page: Page): Promise<void> {
  await tabTo(page, "Aller au contenu");
  await page.keyboard.press("Enter");
}

/** Presses Tab until what has this name is reached; where one is must always be seen. */
async function tabTo(page: Page, nom: string): Promise<void> {
  const met: string[] = [];
  for (let press = 0; press < 60; press += 1) {
    await page.keyboard.press("Tab");
    const { name, seen } = await page.evaluate<{ name: string; seen: boolean }>(FOCUSED);
    met.push(name);
    expect({ name, seen }).toEqual({ name, seen: true });
    if (name.startsWith(nom)) return;
  }
  throw new Error(`« ${nom} » is not reached by Tab, only ${met.join(" | ")}`);
}

/** Name of what has the focus, and whether it can be seen to have it. */
const FOCUSED = `(() => {
  const el = document.activeElement;
  const label = el.labels?.[0]?.innerText ?? el.getAttribute("aria-label") ?? el.innerText ?? "";
  const { outlineStyle, outlineWidth } = getComputedStyle(el);
  const box = el.getBoundingClientRect();
  const inside = box.right > 0 && box.left < innerWidth && box.bottom > 0 && box.top < innerHeight;
  return { name: label.trim(), seen: el === document.body || (outlineStyle !== "none" && parseFloat(outlineWidth) >= 2 && inside) };
})()`;
