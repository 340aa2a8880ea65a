import { mkdtempSync, rmSync } from "node:fs";
import { hostname, tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import type { Knex } from "knex";
import type { Browser, Page } from "playwright-core";
import { loadDemo, loadFiches, ORIGINE_DEMO } from "../fixtures/demo/index.ts";
import { createCompte } from "../src/access/index.ts";
import { adoptPublished, attach, createVerificateur } from "../src/catalogue/index.ts";
import { loadConfig } from "../src/config/index.ts";
import { openOutils } from "../src/cron/index.ts";
import { connect, horloge, migrate, startEmbedded } from "../src/db/index.ts";
import { createLogger } from "../src/log/index.ts";
import type { Session } from "../src/published/contract/index.ts";
import { withdraw, writeVersions } from "../src/published/index.ts";
import { done } from "../tests/support/catalogue.ts";
import { startChromium } from "../tests/support/chromium.ts";
import { startAllInOne } from "../workers/allInOne.ts";

/** Pictures of the pages for the README, taken on a throw-away demo: `npm run docs:captures`. */

const DOCS = fileURLToPath(new URL("../docs/", import.meta.url));
const OF = "anne";
const CLE = { identifiant: "camille", motDePasse: "quatre mots bien choisis" };

const dir = mkdtempSync(path.join(tmpdir(), "offre-info-captures-"));
const log = createLogger({ level: "error" });
const config = loadConfig({ DATA_DIR: dir, PORT: "0", QUEUE: "poll" });
const server = await startEmbedded({ dir: path.join(dir, "postgres"), ephemeral: true });
const db = connect(server.url);
try {
  await migrate(db);
  await loadDemo(db, "small");
  await fillCatalogue(db);
  const { identifiant, motDePasse } = CLE;
  await createCompte(
    db,
    { identifiant, nom: "Camille D.", role: "administrateur" },
    motDePasse,
    "console:demo",
  );
  const running = await startAllInOne({
    config,
    db,
    databaseUrl: server.url,
    log,
    demo: true,
    progress() {},
  });
  try {
    const session = await change(db);
    await (await openOutils(db, { config, log })).editer({});
    await eventually(db, "every delivery arrived and its answers read", arrivals);
    const browser = await startChromium();
    try {
      await take(browser, running.url, session);
      await takeForm(browser, running.url);
    } finally {
      await browser.close();
    }
  } finally {
    await running.stop();
  }
} finally {
  await db.destroy();
  await server.stop();
  rmSync(dir, { recursive: true, force: true });
}

/** The catalogue of the demo, and somebody of a training body that the control asked for something. */
async function fillCatalogue(base: Knex): Promise<void> {
  const verificateur = createVerificateur({ base: "75" });
  await adoptPublished(base, [ORIGINE_DEMO]);
  await loadFiches(base, verificateur);
  await verificateur.close();
  await createCompte(
    base,
    { identifiant: OF, nom: "Anne M.", role: "membre" },
    CLE.motDePasse,
    "console:demo",
  );
  const { structure } = await base("catalogue_action").where({ etat: "alerte" }).first("structure");
  const demo = { acteur: "console:demo", administrateur: true };
  done(await attach(base, demo, { identifiant: OF, structure, profil: "general" }));
}

/** A few days later in the life of the offer: a session moves, another is withdrawn. Returns the first. */
async function change(db: Knex): Promise<string> {
  const rows: { session: string; contenu: Session }[] = await db("feed_presence as f")
    .join("published_session as s", (on) =>
      on.on("s.numero", "f.session").on("s.version", "f.session_version"),
    )
    .where({ "f.profil": "kairos", "f.to_snapshot": null })
    .whereRaw("length(s.contenu->>'fin') = 8")
    .orderBy("f.session")
    .limit(2)
    .select("f.session", "s.contenu");
  const [moved, withdrawn] = rows;
  if (moved === undefined || withdrawn === undefined) throw new Error("the demo has no session at Kairos");
  const { fin } = moved.contenu;
  const contenu = {
    ...moved.contenu,
    fin: `${Number(fin.slice(0, 4)) + 1}${fin.slice(4)}`,
    urls: ["https://www.exemple.fr/inscription"],
    commentaire: "Une visite du plateau technique est proposée chaque mercredi.",
  };
  await db.transaction(async (trx) => {
    const misEnLigneAt = await horloge(trx);
    await writeVersions(trx, "session", [{ numero: moved.session, contenu }], {
      origine: ORIGINE_DEMO,
      misEnLigneAt,
    });
    await withdraw(trx, "session", [withdrawn.session], { motif: "retrait_organisme" });
  });
  return moved.session;
}

async function arrivals(db: Knex): Promise<boolean> {
  const left = await db("delivery")
    .where((due) =>
      due
        .where({ etat: "in_flight" })
        .orWhereRaw("etat = 'scheduled' AND snapshot_id IS NOT NULL AND due_at <= horloge()"),
    )
    .first("id");
  return (
    left === undefined &&
    (await db("outbox").whereNull("done_at").where({ sujet: "snapshot.publie" }).first("id")) === undefined
  );
}

async function eventually(db: Knex, what: string, look: (db: Knex) => Promise<boolean>): Promise<void> {
  for (let tries = 0; tries < 150; tries += 1) {
    if (await look(db)) return;
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  throw new Error(`never came: ${what}`);
}

async function take(browser: Browser, url: string, session: string): Promise<void> {
  const page = await signIn(browser, `${url}/`, CLE.identifiant, 900);
  await page.getByRole("heading", { name: "Vue d'ensemble" }).waitFor();
  await shoot(page, "apercu.png", { fullPage: false });
  await page.goto(`${url}/ou/session/${session}`);
  await page.evaluate("document.querySelector('.piste').closest('section').scrollIntoView()");
  await shoot(page, "session.png", { fullPage: false });
  await page.getByRole("link", { name: "voir la diffusion" }).first().click();
  await page.getByRole("heading", { name: "Diffusion pour" }).waitFor();
  await shoot(page, "diffusion.png", { fullPage: true });
  const flux = await db("feed_snapshot").where({ profil: "rco" }).max("id as id").first();
  await page.goto(`${url}/historique/rco/${flux?.id}/changements`);
  await shoot(page, "changements.png", { fullPage: true });
}

/** A form as its training body sees it, with the complement that the control asks for. */
async function takeForm(browser: Browser, url: string): Promise<void> {
  const { id } = await db("catalogue_action").where({ etat: "alerte" }).first("id");
  const page = await signIn(browser, `${url}/gestion/actions/${id}`, OF, 1000);
  await page.locator("[name=intitule]").fill("LANGUE DES SIGNES FRANÇAISE, NIVEAU A1");
  await page.locator("#c-intitule-dits").getByText("majuscules").waitFor();
  await shoot(page, "fiche.png", { fullPage: false });
}

/** A window that is this high, of somebody who signs in on the way to an address. */
async function signIn(browser: Browser, address: string, identifiant: string, height: number): Promise<Page> {
  const page = await browser.newPage({
    locale: "fr-FR",
    timezoneId: "Europe/Paris",
    viewport: { width: 1280, height },
  });
  await page.goto(address);
  await page.getByLabel("Identifiant").fill(identifiant);
  await page.getByLabel("Mot de passe").fill(CLE.motDePasse);
  await page.getByRole("button", { name: "Se connecter" }).click();
  return page;
}

async function shoot(page: Page, nom: string, { fullPage }: { readonly fullPage: boolean }): Promise<void> {
  // The name of the machine that takes the pictures is nobody's business.
  await page.evaluate((host) => {
    const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (texts.nextNode())
      texts.currentNode.nodeValue = texts.currentNode.nodeValue?.replace(host, "serveur-1") ?? "";
  }, hostname());
  await page.screenshot({ path: path.join(DOCS, nom), fullPage });
  process.stdout.write(`docs/${nom}\n`);
}
