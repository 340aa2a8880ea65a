import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Role } from "../../src/access/index.ts";
import { type Queue, startQueue } from "../../src/queue/index.ts";
import { useDatabase } from "../support/database.ts";
import { silence } from "../support/diffusion.ts";
import { fautes, useNavigateur } from "../support/navigateur.ts";
import { useSite } from "../support/site.ts";
import { useSiteRempli } from "../support/siteRempli.ts";
import { VISITES } from "./visites.ts";

/** What each role sees and may do, and the longer ways through the pages. */
const database = useDatabase();
const rempli = useSiteRempli(database);
let queue: Queue | undefined;
const site = useSite(database, () => ({ outils: rempli.outils, file: () => queue }));
const navigateur = useNavigateur(site);
const jetons = new Map<Role, string>();

beforeAll(async () => {
  queue = await startQueue({ kind: "postgres", databaseUrl: database.url, log: silence });
  for (const role of ["lecteur", "operateur", "administrateur"] as const)
    jetons.set(role, await site.enter(role, role));
});
afterAll(() => queue?.close());

const as = (role: Role) => navigateur.open({ jeton: jetons.get(role) ?? "" });

describe("roles", () => {
  const ORDRE: readonly Role[] = ["membre", "lecteur", "operateur", "administrateur"];

  test.each(["lecteur", "operateur"] as const)(
    "what is above a %s is answered by a refusal that says whom to ask",
    async (role) => {
      const page = await as(role);
      const beyond = [...site.pages].filter(
        ([, acces]) => acces !== "tous" && ORDRE.indexOf(acces) > ORDRE.indexOf(role),
      );
      const chemins = beyond.flatMap(([route]) => VISITES[route]?.chemins(rempli) ?? []);
      expect(chemins.length).toBeGreaterThan(role === "lecteur" ? 5 : 3);
      for (const chemin of chemins) {
        const answered = await page.goto(chemin);
        expect({
          chemin,
          status: answered?.status(),
          said: await page.getByRole("main").innerText(),
        }).toEqual({
          chemin,
          status: 403,
          said: expect.stringMatching(
            /^Accès refusé[\s\S]*Votre compte est[\s\S]*Demandez-le à un administrateur/,
          ),
        });
      }
    },
  );

  test("a lecteur sees no button but those of searching and leaving, an opérateur those of deliveries, an administrateur all", async () => {
    const { acceptee, enAttente } = rempli;
    const seen: Record<string, readonly string[]> = {};
    for (const role of ["lecteur", "operateur", "administrateur"] as const) {
      const page = await as(role);
      const found = new Set<string>();
      for (const chemin of [
        "/",
        `/diffusions/${acceptee}`,
        `/diffusions/${enAttente}`,
        "/rejeux",
        "/garde/kairos",
        "/partenaires/moteur",
        "/planifications",
      ]) {
        await page.goto(chemin);
        for (const text of await page.locator("button:not(#direct button), a.bouton").allInnerTexts())
          found.add(text.split("\n", 1)[0]?.trim() ?? "");
      }
      found.add(
        (await page.getByRole("navigation", { name: "Menu" }).innerText()).includes("Comptes")
          ? "menu: Comptes"
          : "",
      );
      seen[role] = [...found].filter((text) => text !== "");
    }
    expect(seen.lecteur).toEqual(["Quitter"]);
    for (const act of [
      "Rejouer…",
      "Retenir…",
      "Annuler…",
      "Voir ce qui partirait",
      "Suspendre les envois",
      "Essai à blanc",
      "Lancer maintenant",
    ])
      expect(seen.operateur).toContain(act);
    for (const act of ["Essayer la connexion", "menu: Comptes"]) {
      expect(seen.operateur).not.toContain(act);
      expect(seen.administrateur).toContain(act);
    }
  });
});

test("a dry run is made and told without anything being sent", async () => {
  const { db } = database;
  const before = await db("delivery").count();
  const page = await as("operateur");
  await page.goto("/partenaires/reseau");
  await page.getByRole("button", { name: "Essai à blanc" }).click();
  // The page looks again by itself.
  await page.getByText("Partiraient maintenant").waitFor();
  const said = await page.locator(".essai").innerText();
  expect(said).toMatch(/Partiraient maintenant 2 formations et 2 sessions, .* de XML valide/);
  expect(said).toMatch(/1 session écartée/);
  expect(await fautes(page)).toEqual([]);
  expect(await db("delivery").count()).toEqual(before);
});

test("the difference of two feeds is reached from the list and read by who knows nothing of XML", async () => {
  const page = await as("lecteur");
  await page.goto("/");
  await page.getByRole("link", { name: "Flux", exact: true }).click();
  await page
    .getByRole("link", { name: `n° ${rempli.flux}` })
    .first()
    .click();
  await page.getByRole("heading", { level: 1, name: `Flux n° ${rempli.flux}` }).waitFor();
  await page.getByRole("main").getByRole("link", { name: "1 session modifiée" }).click();
  await page.getByRole("heading", { level: 1, name: "Ce qui change" }).waitFor();
  const said = await page.getByRole("main").innerText();
  expect(said).toContain("La date de fin passe du 18/06/2027 au 25/06/2027.");
  expect(said).toContain("La ville (lieu 1) passe de « Pessac » à « Bordeaux ».");
  await page
    .getByRole("navigation", { name: "Quels changements" })
    .getByRole("link", { name: "Sorties" })
    .click();
  await page.waitForURL("**sens=sortie");
  expect(await page.getByRole("main").innerText()).toMatch(/A1-01[\s\S]*retirée à la demande de l'organisme/);
  expect(await page.getByRole("main").innerText()).not.toContain("Soudure");
});

test("an administrateur invites someone, who chooses a password by the link and comes in", async () => {
  const page = await as("administrateur");
  await page.goto("/comptes");
  await page.getByRole("link", { name: "Ajouter un compte" }).click();
  await page.getByLabel("Identifiant").fill("nouvelle");
  await page.getByLabel("Nom affiché").fill("Nouvelle Venue");
  await page.getByLabel("Rôle").selectOption("operateur");
  await page.getByRole("button", { name: "Créer le compte" }).click();
  const lien = await page.locator(".secret input").inputValue();
  expect(await fautes(page)).toEqual([]);

  const autre = await navigateur.open();
  await autre.goto(lien);
  await autre.getByLabel("Mot de passe").fill("quatre mots bien choisis");
  await autre.getByRole("button", { name: "Enregistrer" }).click();
  await autre.getByLabel("Identifiant").fill("nouvelle");
  await autre.getByLabel("Mot de passe").fill("quatre mots bien choisis");
  await autre.getByRole("button", { name: "Se connecter" }).click();
  await autre.getByRole("heading", { name: "Vue d'ensemble" }).waitFor();
  expect(await autre.getByRole("banner").innerText()).toContain("Nouvelle Venue · opérateur");
});

test("an administrateur makes a key, which is shown once", async () => {
  const page = await as("administrateur");
  await page.goto("/partenaires/reseau");
  await page
    .getByLabel(/à quoi|usage|nom/i)
    .last()
    .fill("serveur de jour");
  await page.getByRole("button", { name: "Créer une clé" }).click();
  const cle = await page.locator(".secret input").first().inputValue();
  expect(cle.length).toBeGreaterThan(30);
  expect(await fautes(page)).toEqual([]);
  await page.goto("/partenaires/reseau");
  expect(await page.content()).not.toContain(cle);
  expect(await page.getByRole("main").innerText()).toContain("serveur de jour");
});

test("the queue is looked at by an administrateur, under our own policy", async () => {
  const page = await as("administrateur");
  await page.goto("/file-attente");
  await page.locator("#root *").first().waitFor();
  await page.getByText("offre-info-diffusions").first().waitFor();
});
