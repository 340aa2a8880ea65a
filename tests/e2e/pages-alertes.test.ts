import { beforeEach, expect, test } from "vitest";
import { closeAlert, openAlert } from "../../src/alert/index.ts";
import { useDatabase } from "../support/database.ts";
import { useScene } from "../support/operateur.ts";
import { texte, useSite, type Visitor } from "../support/site.ts";

/** Alerts on their page, and what needs a person now on the first one. */
const database = useDatabase();
const scene = useScene(database, ["a", "b", "c"]);
const site = useSite(database);
let lecteur: Visitor;

beforeEach(async () => {
  lecteur = await site.visit("lecteur", "lecteur");
  await database.db("alert_canal").insert({ id: "webhook", attente: "0", intervalle: "0" });
});

test("what is open comes first, with what to do, where to look and what each channel was told", async () => {
  expect(texte((await lecteur.get("/alertes")).html)).toContain("Aucune alerte n'est ouverte.");
  const { db } = database;
  await db.transaction(async (trx) => {
    await openAlert(trx, { cle: "tache:menage", code: "tache-en-echec", message: "Le ménage échoue." });
    await closeAlert(trx, "tache:menage");
    await openAlert(trx, {
      cle: "abandon:a",
      code: "diffusion-abandonnee",
      message: "La dernière est <abandonnée>.",
      detail: { partenaire: "a", diffusion: "d1" },
    });
  });
  await db("alert_envoi")
    .where({ alert_id: 2 })
    .update({ etat: "abandonne", erreur: "réponse 500", essais: 12 });
  const { html } = await lecteur.get("/alertes");
  const said = texte(html);
  expect(said).toMatch(
    /1 ouverte\..*La dernière est <abandonnée>\..*Que faire : Corrigez.*webhook, ouverture : abandonné.*essai 12, réponse 500.*Terminées.*Le ménage échoue\./,
  );
  expect(html).toContain('href="/diffusions/d1"');
});

test("the first page tells what needs a person now, each with where to go", async () => {
  const { db } = database;
  expect(texte((await lecteur.get("/")).html)).toContain("Rien n'attend personne.");
  const snapshot = await scene.publish("un");
  await scene.plan();
  const dead = await scene.attempt("a", 422);
  const held = await scene.waiting("b");
  await db("delivery")
    .where({ id: held })
    .update({ etat: "held", retenue: "inconnue", motif: "Rien de sûr." });
  await db("partner").where({ id: "c" }).update({ etat: "en_pause", etat_motif: "Accès refusé (401)." });
  await db("feed_retenue").insert({
    profil: "rco",
    edition_id: snapshot.edition,
    jugee_edition_id: snapshot.edition,
    raisons: "[]",
    avant: 900,
    sans_cause: 300,
  });
  await db("replay_batch").insert({
    etat: "a_valider",
    jeton: "j",
    expire_at: db.raw("horloge()"),
    filtre: "{}",
    empreinte: "e",
    diffusions: 40,
    envois: 30,
    acteur: "compte:camille",
    confirmed_at: db.raw("horloge()"),
  });
  await db.transaction((trx) =>
    openAlert(trx, { cle: "tache:menage", code: "tache-en-echec", message: "Le ménage échoue." }),
  );
  const { html } = await lecteur.get("/");
  const block = /<ul class="a-faire">[\s\S]*?<\/ul>/.exec(html)?.[0] ?? "";
  const lines = block.split("<li>").slice(1);
  const seen = lines.map((line) => [texte(line), /href="([^"]+)"/.exec(line)?.[1]]);
  const expected: readonly (readonly [RegExp, string])[] = [
    [/rejeu n° 1, 30 envois, demandé par compte:camille/, "/rejeux/1"],
    [/Profil rco est retenu : 300 de ses 900 sessions/, "/garde/rco"],
    [/Rien ne part plus vers Partenaire c/, "/partenaires/c"],
    [/dernière diffusion pour Partenaire a est abandonnée/, `/diffusions/${dead}`],
    [/diffusion pour Partenaire b est retenue\. Rien de sûr/, `/diffusions/${held}`],
    [/tâche programmée échoue.*Le ménage échoue/, "/planifications"],
  ];
  expect(seen).toEqual(expected.map(([words, vers]) => [expect.stringMatching(words), vers]));
});
