import { existsSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { filtreOf, instantOf } from "../../src/cli/commands/deliveriesFilter.ts";
import { openStore } from "../../src/snapshot/index.ts";
import { runCli } from "../support/cli.ts";
import { useDatabase } from "../support/database.ts";
import { deliveriesOf, publishFeed, useFolder } from "../support/diffusion.ts";
import { useScene } from "../support/operateur.ts";

const LONG = 120_000;
const database = useDatabase();
const folder = useFolder();
const scene = useScene(database, ["a", "b"]);

const run = (...args: string[]) =>
  runCli(args, folder.dir, { DATABASE_URL: database.url, REPLAY_SECOND_PERSON: "1" });

/** Published in the folder of the command line, refused for good by both; `a` answered something nasty. */
async function failedNight(): Promise<{ a: string; b: string }> {
  await publishFeed(database.db, await openStore(path.join(folder.dir, ".data", "flux")), "rco", "A");
  await scene.plan();
  const night = { a: await scene.attempt("a", 400), b: await scene.attempt("b", 400) };
  await database
    .db("attempt")
    .where({ delivery_id: night.a })
    .update({ reponse: "refus :\n\u001b[31m<nom> manque" });
  return night;
}

test("list, show, replay: what failed is seen, shown with its answer, and sent again", {
  timeout: LONG,
}, async () => {
  const { a, b } = await failedNight();

  const list = await run("deliveries", "list", "--partner", "a,b", "--etat", "abandonnee", "--since", "1h");
  expect(list.stderr).toBe("");
  expect(list.stdout.split("\n")[0]).toMatch(/^diffusion +état +prévue le/);
  expect(list.stdout).toContain(`${a}  abandonnée`);
  expect(list.stdout).toContain(b);
  const show = await run("deliveries", "show", a);
  expect(show.stdout).toContain(`Diffusion ${a} : abandonnée`);
  expect(show.stdout).toContain("n° 1");
  expect(show.stdout).toContain("réponse 400");
  expect(show.stdout).toContain("| refus :\n      | �[31m<nom> manque");
  const copied = await run("deliveries", "show", a, "--file", "copie.xml.gz");
  expect(copied.code).toBe(0);
  expect(existsSync(path.join(folder.dir, "copie.xml.gz"))).toBe(true);

  // Nobody answers: nothing is done.
  const silent = await run("deliveries", "replay", a, "--motif", "panne");
  expect(silent.stderr).toContain("mêmes octets");
  expect(silent.stderr).toContain("Rien n'a été fait");
  expect({ code: silent.code, waiting: await scene.waiting("a") }).toEqual({ code: 1, waiting: "" });

  const done = await run("deliveries", "replay", a, "--motif", "panne", "--yes");
  expect(done.code).toBe(0);
  const rejeu = await scene.waiting("a");
  expect(done.stdout).toContain(`nouvelle diffusion  ${rejeu} (programmée)`);
});

test("beyond the threshold it waits for someone else, whom this terminal is not", {
  timeout: LONG,
}, async () => {
  await failedNight();
  const asked = await run("deliveries", "replay", "--profile", "rco", "--motif", "panne", "--yes");
  expect(asked.stdout).toContain("--lot 1");
  const agreed = await run("deliveries", "replay", "--lot", "1", "--motif", "moi aussi", "--yes");
  expect(agreed.stderr).toContain("une autre personne");
  expect(agreed.code).toBe(1);
  expect(await scene.waiting("a")).toBe("");
});

test("an act says what it will do; the audit tells who did, and that it was touched", {
  timeout: LONG,
}, async () => {
  await scene.publish("A");
  await scene.plan();
  const [{ id } = { id: "" }] = await deliveriesOf(database.db, "a");
  const held = await run("deliveries", "hold", id, "--motif", "à relire", "--yes");
  expect(held.stderr).toContain(`Retient la diffusion ${id}`);
  expect(held.stdout).toBe("Fait.\n");

  const list = await run("audit", "list", "--objet", `diffusion:${id}`);
  expect(list.stdout).toMatch(/1 {2}.* console:\S+ +diffusion\.retenir +diffusion:\S+ +à relire/);
  expect((await run("audit", "verify")).stdout).toMatch(
    /^1 ligne\(s\) vérifiée\(s\)[\s\S]*--ancre 1:[0-9a-f]{64}/,
  );
  await database.db.transaction(async (trx) => {
    await trx.raw("SET LOCAL session_replication_role = replica");
    await trx("audit").update({ acteur: "console:autre" });
  });
  const broken = await run("audit", "verify");
  expect(broken.stdout).toContain("rompu à la ligne 1");
  expect(broken.code).toBe(1);
});

test("a state that does not exist is refused with those that do", () => {
  expect(() => filtreOf({ etat: "arrivée,perdue" }, [], new Date())).toThrow(
    /État « perdue » inconnu\. États : programmée, en cours/,
  );
  expect(filtreOf({ etat: "arrivee,dead", partner: "a, b" }, [], new Date())).toEqual({
    etats: ["accepted", "dead"],
    partenaires: ["a", "b"],
  });
});

test("dates are read as people write them", () => {
  const now = new Date("2026-11-24T12:00:00Z");
  const read = (text: string, edge: "debut" | "fin" = "debut") => instantOf(text, now, edge).toISOString();
  expect(read("24/11/2026")).toBe("2026-11-23T23:00:00.000Z");
  expect(read("24/11/2026", "fin")).toBe("2026-11-24T23:00:00.000Z");
  expect(read("2026-07-01 20:30", "fin")).toBe("2026-07-01T18:30:00.000Z");
  expect(read("12h")).toBe("2026-11-24T00:00:00.000Z");
  expect(read("3j")).toBe("2026-11-21T12:00:00.000Z");
  for (const wrong of ["31/02/2026", "24/11/26", "hier", "2026-11-24 25:00", "2026/24/11"])
    expect(() => read(wrong), wrong).toThrow(/illisible/);
});
