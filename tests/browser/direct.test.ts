import type { Page } from "playwright-core";
import { beforeAll, beforeEach, expect, test } from "vitest";
import { signOut } from "../../src/access/index.ts";
import { openAlert } from "../../src/alert/index.ts";
import { useDatabase } from "../support/database.ts";
import { eventually } from "../support/diffusion.ts";
import { useNavigateur } from "../support/navigateur.ts";
import { useSite } from "../support/site.ts";
import { useSiteRempli } from "../support/siteRempli.ts";

/** Pages that stay up to date while they are shown, and do not move under who uses them. */
const database = useDatabase();
const rempli = useSiteRempli(database);
const site = useSite(database, () => ({ outils: rempli.outils, rythme: { regard: 100, souffle: 1_000 } }));
const navigateur = useNavigateur(site);
let jeton = "";
let page: Page;
let noms = 0;

beforeAll(async () => {
  jeton = await site.enter("omar", "operateur");
});
beforeEach(async () => {
  page = await navigateur.open({ jeton });
});

/** Shows a page and waits until it follows; it bears a mark that a reload would lose. */
async function shown(chemin: string): Promise<void> {
  await page.goto(chemin);
  await followed();
  await page.evaluate("window.marque = true");
}

const followed = () => page.locator("#direct").getByText("En direct", { exact: true }).waitFor();
const reloaded = async () => (await page.evaluate<boolean>("window.marque !== true")) === true;

/** Something happens that `/` and the menu show. */
async function alerte(): Promise<string> {
  noms += 1;
  const message = `Le disque n° ${noms} est plein.`;
  await database.db.transaction((trx) =>
    openAlert(trx, { cle: `essai:${noms}`, code: "diffusion-abandonnee", message, detail: {} }),
  );
  return message;
}

const setEtat = (id: string, etat: "canceled" | "scheduled", motif: string) =>
  database.db("delivery").where({ id }).update({ etat, motif });

test("what happens is shown at once, without a reload, on the page and in the menu of any page", async () => {
  await shown("/");
  const before = Number(await page.locator("#alertes-ouvertes > span").first().innerText());
  await page.getByText(await alerte()).waitFor();
  expect(await reloaded()).toBe(false);

  await shown("/journal");
  await alerte();
  await page.locator("#alertes-ouvertes", { hasText: String(before + 2) }).waitFor();
  expect(await reloaded()).toBe(false);
});

test("what is being typed, what has been unfolded and where one stands do not move", async () => {
  const { enAttente } = rempli;
  await shown("/diffusions");
  const field = page.getByLabel("Session", { exact: true });
  await field.pressSequentially("A1-0");
  await setEtat(enAttente, "canceled", "essai un");
  await page.getByText("essai un").waitFor();
  expect(await field.inputValue()).toBe("A1-0");
  await page.keyboard.type("1");
  expect(await field.inputValue()).toBe("A1-01");
  expect(await reloaded()).toBe(false);

  await shown("/");
  const figures = page.locator("details", { hasText: "Les chiffres de ces graphiques" });
  await figures.locator("summary").click();
  const link = page.getByRole("main").getByRole("link", { name: enAttente });
  await link.focus();
  await page.getByText(await alerte()).waitFor();
  expect(await figures.getAttribute("open")).not.toBeNull();
  expect(await link.evaluate((here) => here === here.ownerDocument.activeElement)).toBe(true);
  await setEtat(enAttente, "scheduled", "");
});

test("cut off, it says so, and catches up with what was missed", async () => {
  await shown("/");
  await page.context().setOffline(true);
  // The line that is up does not know; the next one cannot be had.
  await page.evaluate("document.dispatchEvent(new Event('visibilitychange'))");
  await page.locator("#direct").getByText("Liaison perdue").waitFor();
  const message = await alerte();
  await page.context().setOffline(false);
  await followed();
  await page.getByText(message).waitFor();
  expect(await reloaded()).toBe(false);
});

test("suspended, nothing moves, on this page nor on the next, until it is resumed", async () => {
  await shown("/");
  await page.getByRole("button", { name: "Suspendre" }).click();
  const message = await alerte();
  await page.goto("/alertes");
  await page.getByText(message).waitFor();
  const second = await alerte();
  expect(await page.getByText(second).count()).toBe(0);
  await page.getByRole("button", { name: "Reprendre" }).click();
  await page.getByText(second).waitFor();
});

test("out, it says so, and neither asks nor shows anything more", async () => {
  const other = await site.enter("nour", "lecteur");
  const theirs = await navigateur.open({ jeton: other });
  await theirs.goto("/diffusions");
  await theirs.locator("#direct").getByText("En direct", { exact: true }).waitFor();
  await signOut(database.db, other);
  await eventually(
    async () => ((await theirs.locator("#direct").innerText()).includes("terminée") ? true : undefined),
    "the end of the session",
  );
  expect(await theirs.getByRole("heading", { level: 1 }).innerText()).toBe("Diffusions");
});
