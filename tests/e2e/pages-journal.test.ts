import { beforeEach, expect, test } from "vitest";
import { recordAct } from "../../src/audit/index.ts";
import { JOBS, runByHand } from "../../src/cron/index.ts";
import { noTools } from "../support/cron.ts";
import { useDatabase } from "../support/database.ts";
import { texte, useSite } from "../support/site.ts";

/** The audit on its page: who did what, by filter, and whether the chain still holds. */
const database = useDatabase();
const site = useSite(database);

beforeEach(() => database.clear());

const act = (acteur: string, acte: string, type: string, id: string, motif?: string) =>
  database.db.transaction((trx) => recordAct(trx, { acteur, acte, objet: { type, id }, motif }));

const check = async (): Promise<void> => {
  const job = JOBS.find(({ id }) => id === "audit");
  if (job === undefined) throw new Error("no job checks the audit");
  const { signal } = new AbortController();
  await runByHand(job, noTools(database.db), { acteur: "essai", signal });
};

test("says who did what and why, filters by its address and goes on to older lines", async () => {
  await act("compte:camille", "diffusion.annuler", "diffusion", "d1", "<b>doublon</b>");
  await act("console:moi", "partenaire.suspendre", "partenaire", "kairos", "maintenance");
  for (let n = 0; n < 50; n += 1) await act("compte:camille", "diffusion.retenir", "diffusion", `e${n}`);
  const lecteur = await site.visit("lecteur", "lecteur");
  const first = await lecteur.get("/journal");
  expect(texte(first.html)).not.toContain("Annule une diffusion");
  const next = /href="([^"]+)" rel="next"/.exec(first.html)?.[1] ?? "";
  const second = await lecteur.get(next.replaceAll("&amp;", "&"));
  expect(second.html).toContain("&lt;b>doublon");
  expect(second.html).toContain('href="/diffusions/d1"');
  expect(second.html).not.toContain('rel="next"');
  const of = async (query: string) => texte((await lecteur.get(`/journal?${query}`)).html);
  expect(await of("acteur=console:moi")).toMatch(/Suspend les envois.*kairos.*maintenance/);
  expect(await of("acteur=console:moi")).not.toContain("Retient une diffusion");
  expect(await of("objet=diffusion&id=d1")).toContain("Annule une diffusion");
  expect(await of("objet=diffusion&id=d1")).not.toContain("Retient une diffusion");
  expect(await of("objet=rejeu")).toContain("Rien pour l'instant.");
  for (const query of ["avant=-1", "avant=x", "objet=%00", "acteur=%27"])
    expect((await lecteur.get(`/journal?${query}`)).status).toBe(200);
});

test("says what the last check of the chain found", async () => {
  const lecteur = await site.visit("lecteur", "lecteur");
  const said = async () => texte((await lecteur.get("/journal")).html);
  expect(await said()).toContain("n'a pas encore été vérifiée");
  await act("compte:camille", "diffusion.annuler", "diffusion", "d1", "doublon");
  await check();
  expect(await said()).toMatch(/Vérifié le .* : la chaîne tient, 2 lignes relues/);
  await database.db.transaction(async (trx) => {
    await trx.raw("SET LOCAL session_replication_role = replica");
    await trx("audit").where({ id: 1 }).update({ motif: "autre chose" });
  });
  await check();
  expect(await said()).toContain("la chaîne est rompue. La ligne 1 a été modifiée.");
  expect(texte((await lecteur.get("/alertes")).html)).toContain("Le journal des actes a été altéré");
});
