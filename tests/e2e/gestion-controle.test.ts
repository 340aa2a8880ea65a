import type { Knex } from "knex";
import { beforeAll, beforeEach, describe, expect, test } from "vitest";
import { saveAction, type Verification } from "../../src/catalogue/index.ts";
import { writeVersions } from "../../src/published/index.ts";
import {
  AUTRE_OF,
  CONTROLE,
  confirmer,
  done,
  lire,
  loadStructures,
  OF,
  saisieAction,
  saisieSession,
  uneFiche,
  uneFichePubliee,
} from "../support/catalogue.ts";
import { useDatabase } from "../support/database.ts";
import { texte, useSite, type Visitor } from "../support/site.ts";

/** What the control sees and does, over HTTP. */
const RIEN: Verification = { constats: [], bloquante: false, partenaires: [] };
let verdict = RIEN;
const database = useDatabase();
const site = useSite(database, () => ({
  verificateur: { verify: async () => verdict, close: async () => {} },
}));
let db: Knex;
let zoe: Visitor;

beforeAll(() => {
  db = database.db;
});
beforeEach(async () => {
  await database.clear();
  await loadStructures(db);
  verdict = RIEN;
  zoe = await site.visit("zoe", "membre", { structure: "AGENCE", profil: "controleur" });
});

const RNCP = { certifications: [{ code_rncp: "RNCP35819" }] };

async function soumise(fields: Record<string, unknown> = {}, auteur = OF): Promise<number> {
  const { id } = await uneFiche(db, auteur, { contenu: saisieAction(fields) });
  await confirmer(db, id, { auteur });
  return id;
}

async function modifiee(fields: Record<string, unknown>): Promise<number> {
  const { id } = await uneFichePubliee(db);
  const { revision } = await lire(db, id);
  done(await saveAction(db, OF, id, { revision, contenu: saisieAction(fields) }));
  await confirmer(db, id);
  return id;
}

const lu = async (path: string, visitor = zoe) => {
  const { status, html } = await visitor.get(path);
  expect(status).toBe(200);
  return texte(html);
};

/** As if it had been confirmed on that day. */
const submittedOn = async (id: number, jour: string, echeance: string) =>
  db("catalogue_action")
    .where({ id })
    .update({ soumise_at: `${jour} 10:00+01`, echeance });

describe("the queue", () => {
  test("the deadline that comes first is on top, late ones are marked, days that do not count are said (S143)", async () => {
    const later = await soumise({ intitule: "Forge" });
    const sooner = await soumise({ intitule: "Tournage" }, AUTRE_OF);
    const late = await soumise({ intitule: "Fraisage" });
    await submittedOn(later, "2096-12-27", "2097-01-03");
    // Christmas 2096 is a Tuesday.
    await submittedOn(sooner, "2096-12-21", "2096-12-28");
    await submittedOn(late, "2026-01-02", "2026-01-08");
    const text = await lu("/gestion/controle");
    expect(text).toMatch(/08\/01\/2026 en retard.*Fraisage.*28\/12\/2096 .*Tournage.*03\/01\/2097 .*Forge/);
    expect(text).toContain("3 actions attendent");
    expect(text).toContain("1 en retard");
    const detail = await lu(`/gestion/controle/${sooner}`);
    expect(detail).toMatch(/À décider entre le mercredi 26 décembre et le vendredi 28 décembre/);
    expect(detail).toContain("25/12/2096 : jour férié : Noël");
  });

  test("creations and changed certifications are told apart (S40, S41)", async () => {
    await soumise({ intitule: "Forge" });
    await modifiee({ ...RNCP, intitule: "Tournage" });
    expect(await lu("/gestion/controle?type=creation")).toMatch(/Créations \[1\].*Forge/);
    const changed = await lu("/gestion/controle?type=certification");
    expect(changed).toContain("Tournage");
    expect(changed).not.toContain("Forge");
    expect(await lu("/gestion/controle?type=autre&apres=jamais")).toContain("2 actions attendent");
  });

  test("it is the control's alone", async () => {
    const id = await soumise();
    const anne = await site.visit("anne", "membre", { structure: "OF1", profil: "general" });
    for (const path of ["/gestion/controle", `/gestion/controle/${id}`])
      expect((await anne.get(path)).status).toBe(403);
    for (const acte of ["publier", "complement", "prendre", "rendre", "formacode"])
      expect((await anne.post(`/gestion/controle/${id}/${acte}`, { message: "x" })).status).toBe(403);
    expect((await lire(db, id)).etat).toBe("creee");
  });

  test("pages follow each other without a gap nor a repetition", async () => {
    for (let n = 10; n < 40; n += 1) await soumise({ intitule: `Soudage ${n}` });
    const first = await zoe.get("/gestion/controle");
    const next = /href="(\/gestion\/controle\?apres=[^"]+)" rel="next"/.exec(first.html)?.[1] ?? "";
    const second = await zoe.get(next.replaceAll("&amp;", "&"));
    const seen = [first, second].flatMap(({ html }) =>
      [...texte(html).matchAll(/Soudage \d\d/g)].map(String),
    );
    expect(new Set(seen).size).toBe(30);
    expect(seen).toHaveLength(30);
  });
});

describe("what is looked at", () => {
  test("what changed since the approved version, field by field, with the sessions that wait", async () => {
    const id = await modifiee({ ...RNCP, intitule: "Conduire un chariot élévateur" });
    const text = await lu(`/gestion/controle/${id}`);
    expect(text).toContain("Depuis la version approuvée, qui reste en ligne");
    expect(text).toMatch(/Ajout du code RNCP.* : « RNCP35819 »\./);
    expect(text).not.toContain("Ajout de l'intitulé");
    const nouvelle = await soumise({ intitule: "Forge" });
    const all = await lu(`/gestion/controle/${nouvelle}`);
    expect(all).toContain("Ajout de l'intitulé : « Forge ».");
    expect(all).toMatch(/Session 00\d{6} \(nouvelle\)/);
    expect(all).toContain("Ajout de la date de début : 04/01/2027.");
  });

  test("whether its organisme may deliver what it announces (S64, S81, S140)", async () => {
    await db.transaction(async (trx) => {
      const options = { origine: "essai" };
      const rncp = (code: string, fields = {}) => ({
        numero: code,
        contenu: { type: "rncp" as const, intitule: `Titre ${code}`, ...fields },
      });
      await writeVersions(
        trx,
        "certification",
        [rncp("RNCP35819", { fin_validite: "20990101" }), rncp("RNCP111", { fin_validite: "20200101" })],
        options,
      );
      await writeVersions(
        trx,
        "habilitation",
        [
          { numero: "OF1|RNCP35819", contenu: { organisme: "OF1", certification: "RNCP35819" } },
          { numero: "OF9|RNCP111", contenu: { organisme: "OF9", certification: "RNCP111" } },
        ],
        options,
      );
    });
    const id = await soumise({
      certifications: [{ code_rncp: "35819" }, { code_rncp: "RNCP111" }, { code_rs: "RS9" }],
    });
    const text = await lu(`/gestion/controle/${id}`);
    expect(text).toContain("Qualiopiactions de formation");
    expect(text).toContain("RNCP35819Titre RNCP35819activejusqu'au 01/01/2099organisme habilité");
    expect(text).toContain("RNCP111Titre RNCP111échuejusqu'au 01/01/2020organisme non déclaré");
    expect(text).toContain("RS9absente du registre lupersonne n'est déclaré pour elle");
  });

  test("a non-certifying action is indexed by the subjects that its words suggest, in one press (S141)", async () => {
    await db("formacode").insert([
      { code: "31735", libelle: "Chariot élévateur" },
      { code: "15254", libelle: "Langues" },
    ]);
    const id = await soumise();
    expect(await lu(`/gestion/controle/${id}`)).toContain("Ajouter 31735 Chariot élévateur");
    const { revision } = await lire(db, id);
    const form = { revision: String(revision), code: "31735" };
    const { html } = await zoe.submit(`/gestion/controle/${id}/formacode`, form);
    expect(texte(html)).not.toContain("Ajouter 31735");
    expect((await lire(db, id)).contenu.formacodes).toEqual([{ code: "31735" }]);
    const unknown = await zoe.post(`/gestion/controle/${id}/formacode`, { revision: "2", code: "00000" });
    expect(unknown.status).toBe(409);
    const stale = await zoe.post(`/gestion/controle/${id}/formacode`, { revision: "1", code: "15254" });
    expect(texte(stale.html)).toContain("La fiche a changé entre-temps");
  });

  test("what the checks say, and which partner will not show it", async () => {
    const id = await soumise();
    verdict = {
      bloquante: true,
      constats: [
        {
          code: "champ-obligatoire",
          severity: "bloquant",
          path: "",
          value: "",
          message: "« Ville » est obligatoire.",
          rule: "",
          partners: [],
          champ: "lieux[0].coordonnees.adresse.ville",
          fiche: { genre: "session", id: 1 },
        } as never,
      ],
      partenaires: [
        {
          profil: "rco",
          nom: "Réseau",
          dans: true,
          raisons: [],
          visibleLe: "20970105",
          sessions: { dedans: 1, total: 1 },
        },
        {
          profil: "kairos",
          nom: "Kairos",
          dans: false,
          raisons: ["Pas de compte Kairos."],
          sessions: { dedans: 0, total: 1 },
        },
      ] as never,
    };
    const text = await lu(`/gestion/controle/${id}`);
    expect(text).toMatch(/bloquant Session 00\d{6} : « Ville » est obligatoire\./);
    expect(text).toContain("Réseau visible vers le 05/01/2097");
    expect(text).toContain("Kairos absente Pas de compte Kairos.");
    expect(text).toContain("Elle ne peut pas être publiée telle quelle");
    const { revision } = await lire(db, id);
    const forced = await zoe.post(`/gestion/controle/${id}/publier`, { revision: String(revision) });
    expect(forced.status).toBe(409);
    expect((await lire(db, id)).etat).toBe("creee");
  });
});

describe("what is decided", () => {
  test("publish: it is online, and out of the queue (S119)", async () => {
    const id = await soumise();
    const { revision } = await lire(db, id);
    const stale = await zoe.post(`/gestion/controle/${id}/publier`, { revision: String(revision + 1) });
    expect(stale.status).toBe(409);
    const answer = await zoe.post(`/gestion/controle/${id}/publier`, { revision: String(revision) });
    expect(answer.headers.location).toBe("/gestion/controle");
    expect((await lire(db, id)).etat).toBe("publiee");
    expect(await lu("/gestion/controle")).toContain("Rien n'attend le contrôle");
    expect((await zoe.get(`/gestion/controle/${id}`)).headers.location).toBe(
      `/gestion/actions/${id}/historique`,
    );
  });

  test("correct and publish: the controller changes the form that is locked for the OF (S142)", async () => {
    const id = await soumise();
    const { revision, contenu } = await lire(db, id);
    const saved = done(
      await saveAction(db, CONTROLE, id, { revision, contenu: { ...contenu, intitule: "Sans faute" } }),
    );
    expect(await lu(`/gestion/controle/${id}`)).toContain("Corriger dans la fiche");
    await zoe.post(`/gestion/controle/${id}/publier`, { revision: String(saved.revision) });
    expect(await lire(db, id)).toMatchObject({ etat: "publiee", contenu: { intitule: "Sans faute" } });
  });

  test("ask for a complement: the OF has it back with the message, whole (S36–S38)", async () => {
    const id = await soumise();
    const blank = await zoe.post(`/gestion/controle/${id}/complement`, { message: "  " });
    expect(blank.status).toBe(409);
    expect(texte(blank.html)).toContain("Écrivez ce que l'organisme doit compléter");
    const message = "Précisez le public.\nJoignez l'habilitation.";
    await zoe.post(`/gestion/controle/${id}/complement`, { message });
    expect(await lire(db, id)).toMatchObject({ etat: "alerte", alerte: "controle", message });
  });

  test("who takes one is named to the others, until it is given back or confirmed again", async () => {
    const id = await soumise();
    const { html } = await zoe.submit(`/gestion/controle/${id}/prendre`);
    expect(texte(html)).toContain("En cours de contrôle par vous");
    const yan = await site.visit("yan", "membre", { structure: "AGENCE", profil: "controleur" });
    expect(await lu("/gestion/controle", yan)).toContain("par Camille zoe");
    await zoe.post(`/gestion/controle/${id}/complement`, { message: "Complétez." });
    await confirmer(db, id);
    expect(await lu("/gestion/controle", yan)).not.toContain("par Camille zoe");
    await yan.post(`/gestion/controle/${id}/prendre`);
    await yan.post(`/gestion/controle/${id}/rendre`);
    expect(await lu(`/gestion/controle/${id}`)).toContain("Personne ne s'en occupe encore.");
  });

  test("a session that waits is published with its action", async () => {
    const { id } = await uneFiche(db, OF, {
      contenu: saisieAction(RNCP),
      sessions: [saisieSession({ certifications: [{ code_rncp: "RNCP35819" }] })],
    });
    await confirmer(db, id);
    expect(await lu("/gestion/controle")).toMatch(/création.*1/);
    const { revision } = await lire(db, id);
    await zoe.post(`/gestion/controle/${id}/publier`, { revision: String(revision) });
    expect(await db("catalogue_session").where({ action_id: id }).pluck("etat")).toEqual(["publiee"]);
  });
});
