import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { runCli, startCli } from "../support/cli.ts";

const dir = mkdtempSync(path.join(tmpdir(), "offre-info-start-"));
afterAll(() => rmSync(dir, { recursive: true, force: true }));

const SITE = /À voir : (http:\/\/localhost:\d+)\//;
const LONG = 120_000;

const MOT_DE_PASSE = "quatre mots bien choisis";

beforeAll(async () => {
  expect(await runCli(["migrate"], dir)).toMatchObject({ code: 0 });
  const made = await runCli(["accounts", "create", "camille"], dir, {}, MOT_DE_PASSE);
  expect(made).toMatchObject({ code: 0 });
}, LONG);

/** The cookie of someone who came in. */
async function signIn(site: string): Promise<string> {
  const answer = await fetch(`${site}/connexion`, {
    method: "POST",
    redirect: "manual",
    body: new URLSearchParams({ identifiant: "camille", mot_de_passe: MOT_DE_PASSE }),
  });
  return answer.headers.get("set-cookie")?.split(";")[0] ?? "";
}

async function startAndStop(look: (site: string) => Promise<void>): Promise<string> {
  const started = startCli(["start"], dir, { PORT: "0" });
  try {
    const said = await started.seen(SITE);
    await look(SITE.exec(said)?.[1] ?? "");
  } finally {
    started.child.kill("SIGINT");
  }
  const { code, stdout, stderr } = await started.ended;
  expect(stderr).toContain("Tout est arrêté.");
  expect(code).toBe(0);
  return stdout;
}

test("a newcomer sees the offer leave, and everything stops on Ctrl-C", { timeout: LONG }, async () => {
  const said = await startAndStop(async (site) => {
    expect((await fetch(`${site}/health`)).status).toBe(200);
    expect((await fetch(`${site}/ready`)).status).toBe(200);
    const feed = await fetch(`${site}/flux/rco/offre-info.xml`);
    expect(feed.headers.get("content-type")).toBe("application/xml; charset=utf-8");
    expect(await feed.text()).toContain('<lheo xmlns="http://lheo.gouv.fr/2.3">');
    const manifest = (await (await fetch(`${site}/flux/rco/manifest.json`)).json()) as {
      counts: { sessions: number };
    };
    expect(manifest.counts.sessions).toBeGreaterThan(1_000);
    const page = await (await fetch(`${site}/`, { headers: { cookie: await signIn(site) } })).text();
    expect(page).toContain("Vue d'ensemble");
    expect(page).toContain("accusé de réception");
    expect(page).toContain("annoncée");
  });
  expect(said).toContain("Offre de démonstration chargée : 300 actions");
  expect(said).toMatch(/Partenaire de démonstration \(rco\)\s+arrivée \(reçue, traitée : acceptee\)/);
  expect(said).toMatch(
    /\(kairos\)\s+annoncée, départ le \d\d\/\d\d\/\d{4} \d\d:\d\d\n\s+\d\d\/\d\d\/\d{4} : mise en ligne ; 3 jours ouvrés d'attente/,
  );
});

test("a second start finds its data and sends nothing twice", { timeout: LONG }, async () => {
  const said = await startAndStop(async () => undefined);
  expect(said).toContain("Offre de démonstration déjà présente");
  expect(said).toMatch(/rco\s+inchangé/);
  expect(said.match(/\(rco\) +\S/g)).toHaveLength(1);
});

test("a session says where it stands for each profile", { timeout: LONG }, async () => {
  const [numero = ""] = await sessionsOfFeed();
  const { code, stdout } = await runCli(["session", numero], dir);
  expect(code).toBe(0);
  expect(stdout).toMatch(/Réseau des Carif-Oref \(rco\) : dedans/);
  expect(stdout).toMatch(/Parcoursup \(parcoursup\) : \S/);
  const unknown = await runCli(["session", "99"], dir);
  expect(unknown).toMatchObject({ code: 1, stdout: "" });
});

/** Numbers of the sessions that the start wrote for `rco`. */
async function sessionsOfFeed(): Promise<readonly string[]> {
  let feed = "";
  await startAndStop(async (site) => {
    feed = await (await fetch(`${site}/flux/rco/offre-info.xml`)).text();
  });
  return [...feed.matchAll(/<session numero="([^"]+)"/g)].map(([, numero = ""]) => numero);
}

test("pages are for who signed in, public feeds for everyone", { timeout: LONG }, async () => {
  await startAndStop(async (site) => {
    expect((await fetch(`${site}/`)).status).toBe(401);
    expect((await fetch(`${site}/flux/moteur-pro/manifest.json`)).status).toBe(200);
  });
});
