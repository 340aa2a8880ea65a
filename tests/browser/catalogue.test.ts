import { readFile } from "node:fs/promises";
import type { Page } from "playwright-core";
import { beforeEach, expect, test } from "vitest";
import { publish } from "../../src/edition/index.ts";
import { PROFILS, type Profil } from "../../src/feed/index.ts";
import { seedProfils } from "../../src/partner/index.ts";
import { writeVersions } from "../../src/published/index.ts";
import { openStore, type Store } from "../../src/snapshot/index.ts";
import { startXsd } from "../../src/validation/index.ts";
import { loadStructures } from "../support/catalogue.ts";
import { useDatabase } from "../support/database.ts";
import { useFolder } from "../support/diffusion.ts";
import { useNavigateur } from "../support/navigateur.ts";
import { uneCertification, uneHabilitation } from "../support/offre.ts";
import { useSite } from "../support/site.ts";
import type { RattachementVoulu } from "../support/structures.ts";

/**
 * From a blank form to the feed of the partners, and out of it again, as an OF and a controller do it in their browsers.
 * The feeds are made by the édition itself, with the waits of Kairos set to none.
 */
const database = useDatabase();
const folder = useFolder();
const site = useSite(database, () => ({}));
const navigateur = useNavigateur(site);
const MINUTE = 60_000;

let store: Store;
const IMMEDIATS: readonly Profil[] = PROFILS.filter(({ id }) => id === "rco" || id === "kairos").map(
  (profil) => ({ ...profil, attente: 0 }),
);

beforeEach(async () => {
  await database.clear();
  const { db } = database;
  store = await openStore(folder.dir);
  await loadStructures(db);
  await db.raw(
    `UPDATE structure SET contenu = contenu || '{"qualiopi": ["formation", "apprentissage"], "compte_kairos": true}'
     WHERE numero = 'OF1'`,
  );
  // What leaves is told to who pulls: here, anybody.
  await seedProfils(
    db,
    PROFILS.map((profil) => (profil.id === "rco" ? { ...profil, acces: "public" as const } : profil)),
  );
  await db.transaction(async (trx) => {
    const origine = "referentiel";
    const boulanger = uneCertification({ intitule: "CAP Boulanger", code_rncp: "RNCP37537" });
    await writeVersions(trx, "certification", [{ numero: "RNCP37537", contenu: boulanger }], { origine });
    const habilitation = uneHabilitation({ certification: "RNCP37537" });
    await writeVersions(trx, "habilitation", [{ numero: "OF1|RNCP37537", contenu: habilitation }], {
      origine,
    });
  });
});

async function enter(identifiant: string, rattachement: RattachementVoulu): Promise<Page> {
  return navigateur.open({ jeton: await site.enter(identifiant, "membre", rattachement) });
}

/** Fills fields by their names, whatever they are made of. */
async function fill(page: Page, fields: Readonly<Record<string, string>>): Promise<void> {
  for (const [name, value] of Object.entries(fields)) {
    // A list that is empty shows no item until one is asked for.
    const [list = ""] = /^\w+(?=\[0\])/.exec(name) ?? [];
    if (list !== "" && (await page.locator(`[name="${name}"]`).count()) === 0)
      await page.locator(`button[value="ajouter:${list}"]`).click();
    const field = page.locator(`[name="${name}"]`).first();
    const kind = await field.evaluate((one) =>
      one instanceof HTMLInputElement ? one.type : one.tagName.toLowerCase(),
    );
    if (kind === "radio" || kind === "checkbox") await page.check(`[name="${name}"][value="${value}"]`);
    else if (kind === "select") await field.selectOption(value);
    else await field.fill(value);
  }
}

/** Presses what sends the form there, or does that, and waits for the page that answers. */
async function press(page: Page, what: string): Promise<void> {
  await Promise.all([
    page.waitForResponse((response) => response.request().isNavigationRequest() && response.status() !== 303),
    page.locator(`.barre button[formaction$="${what}"], .barre button[value="${what}"]`).first().click(),
  ]);
  await page.waitForLoadState();
}

const text = async (page: Page): Promise<string> =>
  (await page.locator("main").innerText()).replaceAll(/\s+/g, " ");

const CONTACT = { "contacts[0].coordonnees.courriel": "accueil@fournil-formation.fr" };
const LIEU = {
  "lieux[0].coordonnees.adresse.lignes": "12 rue du Fournil",
  "lieux[0].coordonnees.adresse.code_postal": "33600",
  "lieux[0].coordonnees.adresse.ville": "Pessac",
};

/** One édition; the XML of each feed, and the identity of the national one. */
async function edition(): Promise<{
  readonly rco: string;
  readonly kairos: string;
  readonly sha256: string;
}> {
  const xsd = startXsd();
  try {
    const { profils } = await publish(database.db, { profils: IMMEDIATS, base: "75", store, xsd });
    const read = async (id: string) => {
      const file = profils.find(({ profil }) => profil === id)?.snapshot?.file;
      return file ? readFile(store.pathOf(file.sha256, "xml"), "utf8") : "";
    };
    const sha256 = profils.find(({ profil }) => profil === "rco")?.snapshot?.file?.sha256 ?? "";
    return { rco: await read("rco"), kairos: await read("kairos"), sha256 };
  } finally {
    await xsd.close();
  }
}

async function sessionOf(page: Page, action: string, voie: string): Promise<void> {
  await page.goto(`${action}/sessions/nouvelle`);
  await fill(page, {
    voie,
    debut: "04/01/2027",
    fin: "30/06/2027",
    type_entree: "dates_fixes",
    ...LIEU,
    ...CONTACT,
  });
  await press(page, "revenir");
}

test("an OF and the control bring an offer to the partners, change it, and take it back", {
  timeout: 5 * MINUTE,
}, async () => {
  const anne = await enter("anne", { structure: "OF1", profil: "general" });
  const zoe = await enter("zoe", { structure: "AGENCE", profil: "controleur" });

  // A blank form, with what people do wrong.
  await anne.goto("/gestion/actions/nouvelle");
  await fill(anne, { intitule: "FABRIQUER DU PAIN" });
  await anne
    .getByRole("button", { name: /brouillon|continuer|ouvrir/i })
    .first()
    .click();
  await anne.waitForURL(/\/gestion\/actions\/\d+/);
  const action = new URL(anne.url()).pathname;
  await press(anne, "/valider");
  const red = await text(anne);
  expect(red).toContain("Objectif général");
  expect(red).toContain("L'action n'a aucune session");
  expect(red).toContain("entièrement en majuscules");

  // Corrected by what the checks say.
  await fill(anne, {
    intitule: "Fabriquer du pain",
    objectif_general: "7",
    objectif: "Fabriquer du pain courant et de tradition.",
    contenu: "- pétrissage\n- cuisson",
    validation: "attestation",
    "modalites.heures_par_modalite[jour]": "400",
    "modalites.conditions_acces": "RAS",
    ...CONTACT,
  });
  await press(anne, "enregistrer");
  await sessionOf(anne, action, "apprentissage");
  await sessionOf(anne, action, "formation_continue");
  await anne.goto(action);
  await press(anne, "/valider");
  expect(await text(anne)).toContain("Rien ne s'oppose à la publication");
  await press(anne, "/confirmer");
  expect(await text(anne)).toContain("Lecture seule");

  // The control asks for something, gets it, and publishes.
  await zoe.goto("/gestion/controle");
  await zoe.getByRole("link", { name: "Fabriquer du pain" }).click();
  await zoe.fill("[name=message]", "Précisez les prérequis.");
  await zoe.locator('form[action$="/complement"] button').click();
  await zoe.waitForURL(/\/gestion\/controle$/);
  await anne.goto(action);
  expect(await text(anne)).toContain("Précisez les prérequis.");
  await fill(anne, { "modalites.prerequis": "Aucun diplôme n'est demandé." });
  await press(anne, "/valider");
  await press(anne, "/confirmer");
  await zoe.goto("/gestion/controle");
  await zoe.getByRole("link", { name: "Fabriquer du pain" }).click();
  await zoe.locator('form[action$="/publier"] button').click();
  await zoe.waitForURL(/\/gestion\/controle$/);

  // The feeds have it, with its values: Kairos what is formation continue alone.
  const first = await edition();
  expect(first.rco).toContain("<intitule-formation>Fabriquer du pain</intitule-formation>");
  expect(first.rco).toContain("Aucun diplôme n'est demandé.");
  expect(first.rco.match(/<session /g)).toHaveLength(2);
  expect(first.rco).toContain('info="dispositif"');
  expect(first.kairos.match(/<session /g)).toHaveLength(1);

  // Another certification: the approved version stays until the control has seen it.
  await anne.goto(action);
  await anne.fill("[name=q_certification]", "37537");
  await anne.locator('button[value="chercher"]').first().click();
  await anne
    .locator('button[name="ajouter_certification"], button:has-text("CAP Boulanger")')
    .first()
    .click();
  await anne.waitForLoadState();
  await fill(anne, { validation: "rncp" });
  await press(anne, "/valider");
  await press(anne, "/confirmer");
  expect((await edition()).rco).not.toContain("37537");
  await zoe.goto("/gestion/controle");
  await zoe.getByRole("link", { name: "Fabriquer du pain" }).click();
  expect(await text(zoe)).toContain("RNCP37537");
  await zoe.locator('form[action$="/publier"] button').click();
  await zoe.waitForURL(/\/gestion\/controle$/);
  const certified = await edition();
  expect(certified.rco).toContain("<code-RNCP>37537</code-RNCP>");

  // A retrait, with its reason: out of the next feed, with a tombstone that does not tell the reason's words.
  await anne.goto(action);
  await anne
    .getByRole("link", { name: /retirer/i })
    .first()
    .click();
  await anne.fill("[name=motif]", "Trop peu d'inscrits");
  await anne.locator('main form[method="post"] button[type="submit"]').last().click();
  await anne.waitForLoadState();
  const last = await edition();
  expect(last.rco.match(/<session /g)).toHaveLength(1);
  const changes = await (await fetch(`${site.url}/flux/rco/changements?depuis=${certified.sha256}`)).text();
  expect(JSON.parse(changes).changes).toMatchObject([{ change: "deleted", reason: "retrait" }]);
  expect(changes).not.toContain("Trop peu d'inscrits");
});
