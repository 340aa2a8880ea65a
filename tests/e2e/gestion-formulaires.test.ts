import { beforeEach, describe, expect, test } from "vitest";
import { askComplement, readSession, readSessions } from "../../src/catalogue/index.ts";
import { PROFILS } from "../../src/feed/index.ts";
import { seedProfils } from "../../src/partner/index.ts";
import { writeVersions } from "../../src/published/index.ts";
import {
  CONTROLE,
  confirmer,
  done,
  lire,
  loadStructures,
  OF,
  uneFiche,
  uneFichePubliee,
} from "../support/catalogue.ts";
import { useDatabase } from "../support/database.ts";
import { entrer, type navigateur, type PageAvecFormulaire } from "../support/formulaire.ts";
import { uneCertification } from "../support/offre.ts";
import { actionComplete, sessionComplete } from "../support/saisie.ts";
import { texte, useSite } from "../support/site.ts";

const database = useDatabase();
const site = useSite(database);
type Navigateur = ReturnType<typeof navigateur>;
let anne: Navigateur;
let paul: Navigateur;
let bob: Navigateur;

beforeEach(async () => {
  await database.clear();
  await loadStructures(database.db);
  [anne, paul, bob] = await Promise.all([
    entrer(site, "anne"),
    entrer(site, "paul"),
    entrer(site, "bob", "OF2"),
  ]);
});

const CONTACT = { "contacts[0].coordonnees.courriel": "accueil@exemple.fr" };

/** What a person types into a blank form of an action. */
const ACTION = {
  objectif_general: "7",
  objectif: "Conduire un chariot en sécurité.",
  contenu: "• théorie\r\n• pratique",
  validation: "attestation",
  "modalites.heures_par_modalite[jour]": "35 h",
  "modalites.conditions_acces": "RAS",
  ...CONTACT,
};
const SESSION = {
  voie: "formation_continue",
  debut: "4/1/2027",
  fin: "08/01/2027",
  type_entree: "dates_fixes",
  "lieux[0].coordonnees.adresse.lignes": "12 rue des Essais",
  "lieux[0].coordonnees.adresse.code_postal": "64 000",
  "lieux[0].coordonnees.adresse.ville": "Pau",
  ...CONTACT,
};

const idIn = ({ adresse }: PageAvecFormulaire): number => Number(/\/(\d+)/.exec(adresse)?.[1]);

describe("a new action, from a blank form to the control", () => {
  test("title, draft, errors, session, green band, confirmation (S54–S119)", async () => {
    const blank = await anne.ouvrir("/gestion/actions/nouvelle");
    let page = await anne.presser("/gestion/actions/nouvelle", { intitule: "Conduire un chariot élévateur" });
    expect(blank.status).toBe(200);
    expect(texte(page.html)).toContain("Le brouillon est ouvert");
    const id = idIn(page);
    const base = `/gestion/actions/${id}`;

    // S113, S114: saved though it is unfinished.
    page = await anne.envoyer(page, { le_plus: "Un plateau neuf" });
    expect(texte(page.html)).toContain("Rien n'est publié tant que vous n'avez pas validé");
    expect((await lire(database.db, id)).contenu).toMatchObject({ le_plus: "Un plateau neuf" });

    // S118: the red band leads to each field, which is marked.
    page = await anne.envoyer(page, {}, { vers: "/valider" });
    expect(page.status).toBe(422);
    expect(page.html).toContain('<a href="#c-objectif_general">Objectif général :</a>'.replaceAll("_", "-"));
    expect(page.html).toMatch(/<textarea id="c-objectif"[^>]* aria-invalid="true"/);
    expect(texte(page.html)).toContain("L'action n'a aucune session");

    page = await anne.envoyer(page, ACTION);
    const nouvelle = await anne.ouvrir(`${base}/sessions/nouvelle`);
    const session = await anne.envoyer(nouvelle, SESSION);
    expect(session.status).toBe(200);
    expect(session.adresse).toContain("/gestion/sessions/");
    // S133: the way back to the action.
    expect(texte(session.html)).toContain("Modifier l'action");

    // S117: the green band, the button at the bottom.
    page = await anne.envoyer(await anne.ouvrir(base), {}, { vers: "/valider" });
    expect([page.status, texte(page.html)]).toEqual([
      200,
      expect.stringContaining("Rien ne s'oppose à la publication"),
    ]);
    expect(page.html).toContain(`formaction="${base}/confirmer"`);
    page = await anne.envoyer(page, {}, { vers: "/confirmer" });
    const { etat, reference, contenu } = await lire(database.db, id);
    expect([etat, reference]).toEqual(["creee", expect.stringMatching(/^20\d{10}$/)]);
    expect(contenu).toMatchObject({ contenu: "• théorie\n• pratique" });

    // S61, S119: locked, and until when.
    expect(texte(page.html)).toMatch(/référence 20\d{10}.* au plus tard le \d\d\/\d\d\/\d{4}/);
    expect(texte(page.html)).toContain("Lecture seule.");
    expect(page.html).toContain('<fieldset class="tout" disabled');
  });

  test("what was changed after the green band is checked again before it is confirmed", async () => {
    const { id } = await uneFiche(database.db, OF, {
      contenu: actionComplete(),
      sessions: [sessionComplete()],
    });
    const green = await anne.envoyer(await anne.ouvrir(`/gestion/actions/${id}`), {}, { vers: "/valider" });
    const again = await anne.envoyer(green, { intitule: "Conduire une grue" }, { vers: "/confirmer" });
    expect(texte(again.html)).toContain("vérifiée de nouveau");
    expect((await lire(database.db, id)).etat).toBe("brouillon");
    const over = await anne.envoyer(again, {}, { vers: "/confirmer" });
    expect(over.status).toBe(200);
    expect((await lire(database.db, id)).etat).toBe("creee");
  });

  test("a title that is very near one that is published is shown first (S53)", async () => {
    await uneFichePubliee(database.db);
    const intitule = "Conduire un chariot élévateur";
    const page = await anne.presser("/gestion/actions/nouvelle", { intitule });
    expect(texte(page.html)).toContain("N'est-ce pas l'une de celles-ci ?");
    const other = await anne.presser("/gestion/actions/nouvelle", { intitule, vue: "1" });
    expect(texte(other.html)).toContain("Le brouillon est ouvert");
  });

  test("the message of the control stands on top, in blue (S38)", async () => {
    const { id } = await uneFiche(database.db);
    await confirmer(database.db, id);
    done(await askComplement(database.db, CONTROLE, id, "Précisez le programme."));
    const { html } = await anne.ouvrir(`/gestion/actions/${id}`);
    expect(html).toMatch(/<section class="bandeau bleu"[^>]*>.*Précisez le programme\./);
    expect(html).not.toContain('class="tout" disabled');
  });
});

test.each([
  ["an action", "action"],
  ["a session", "session"],
] as const)("what the checks of %s ask for is what its red dots say (S62)", async (_, genre) => {
  const { id } = await uneFiche(database.db, OF, { contenu: {}, sessions: [{}] });
  await database.db("structure").update({
    contenu: database.db.raw(`contenu #- '{coordonnees,courriel}'`),
  });
  const { sessions } = await readSessions(database.db, OF, id, { limit: 1 });
  const page = await anne.ouvrir(
    genre === "action" ? `/gestion/actions/${id}` : `/gestion/sessions/${sessions[0]?.id}`,
  );
  const red = await anne.envoyer(page, {}, { vers: "/valider" });
  const asked = [...red.html.matchAll(/<a href="#(c-[^"]+)">[^<]*<\/a>[^<]*est obligatoire/g)].map(
    ([, to]) => to ?? "",
  );
  const dots = [
    ...[...red.html.matchAll(/<label for="([^"]+)">(?:(?!<\/label>).)*class="requis"/gs)].map(([, to]) => to),
    ...[
      ...red.html.matchAll(/<fieldset[^>]* id="([^"]+)"[^>]*><legend>(?:(?!<\/legend>).)*class="requis"/gs),
    ].map(([, to]) => to),
  ];
  expect(asked.length).toBeGreaterThan(4);
  // A list that has to hold something has its dot on the first one that is proposed.
  const shown = asked.filter((to) => to !== "c-contacts" || genre === "session");
  expect(shown.filter((to) => !dots.includes(to) && !dots.includes(`${to}-0`))).toEqual([]);
});

test("who only reads the catalogue of the structure reads the form and can do nothing from it", async () => {
  const { id } = await uneFichePubliee(database.db);
  const { db } = database;
  await db("rattachement").update({ profil: "preinscription" });
  const page = await anne.ouvrir(`/gestion/actions/${id}`);
  expect([page.status, texte(page.html)]).toEqual([200, expect.stringContaining("Lecture seule.")]);
  for (const gone of ["/archiver", "/dupliquer", "/retirer", "Valider", "sessions/nouvelle"])
    expect(page.html).not.toContain(gone);
  expect((await anne.presser(`/gestion/actions/${id}`, { intitule: "x", revision: "1" })).status).toBe(403);
});

describe("what cannot be read", () => {
  test("stays on the page as typed, with its error, and is not stored; the rest is", async () => {
    const { sessions } = await uneFiche(database.db);
    const base = `/gestion/sessions/${sessions[0]}`;
    const page = await anne.envoyer(await anne.ouvrir(base), {
      debut: "31/02/2027",
      commentaire: "À distance",
    });
    expect(page.status).toBe(422);
    expect(page.html).toMatch(/<input type="text" id="c-debut"[^>]* value="31\/02\/2027"/);
    expect(texte(page.html)).toContain("« 31/02/2027 » n'est pas une date");
    const found = await readSession(database.db, OF, sessions[0] ?? 0);
    expect(found?.session.contenu).toMatchObject({ debut: "20270104", commentaire: "À distance" });
  });

  test("characters of Word are put right, and it is told (S56, S142)", async () => {
    const { id } = await uneFiche(database.db);
    const page = await anne.envoyer(await anne.ouvrir(`/gestion/actions/${id}`), {
      objectif: "L\u0092objectif",
    });
    expect((await lire(database.db, id)).contenu.objectif).toBe("L’objectif");
    expect(page.html).toMatch(/data-dits="objectif"[^>]*><p class="dit neutre">/);
  });

  test("dates are typed in any order, and what does not agree is said at the check (S130)", async () => {
    const { sessions } = await uneFichePubliee(database.db);
    const base = `/gestion/sessions/${sessions[0]}`;
    let page = await anne.envoyer(await anne.ouvrir(base), { debut: "01/09/2028" });
    expect(texte(page.html)).toContain("Enregistré");
    page = await anne.envoyer(page, {}, { vers: "/valider" });
    expect([page.status, page.html]).toEqual([422, expect.stringMatching(/<a href="#c-(debut|fin)">/)]);
    page = await anne.envoyer(page, { fin: "30/06/2029" });
    expect(page.status).toBe(200);
  });
});

describe("without a script", () => {
  test("lists grow and shrink by their buttons; nothing else is lost", async () => {
    const { sessions } = await uneFiche(database.db);
    const base = `/gestion/sessions/${sessions[0]}`;
    let page = await anne.ouvrir(base);
    expect(page.champs.has("lieux[0].coordonnees.adresse.ville")).toBe(true);
    page = await anne.envoyer(
      page,
      { "lieux[0].coordonnees.adresse.ville": "Pau", commentaire: "ici" },
      { bouton: "ajouter:lieux" },
    );
    expect(page.champs.get("lieux[1].#")).toBe("");
    page = await anne.envoyer(
      page,
      { "lieux[1].coordonnees.adresse.ville": "Dax" },
      { bouton: "ajouter:recrutements" },
    );
    expect(page.champs.get("recrutements[0].modalite")).toBe("");
    page = await anne.envoyer(page, {}, { bouton: "retirer:lieux[0]" });
    expect(
      [...page.champs.keys()].filter((nom) => nom.endsWith("ville") && nom.startsWith("lieux")),
    ).toHaveLength(1);
    const found = await readSession(database.db, OF, sessions[0] ?? 0);
    expect(found?.session.contenu).toMatchObject({
      commentaire: "ici",
      lieux: [{ coordonnees: { adresse: { ville: "Dax" } } }],
    });
  });

  test("a certification is searched, chosen, and taken out again (S79, S81)", async () => {
    const contenu = uneCertification({ blocs: [{ code: "RNCP35819BC01", libelle: "Organiser" }] });
    await database.db.transaction((trx) =>
      writeVersions(trx, "certification", [{ numero: "RNCP35819", contenu }], { origine: "referentiel" }),
    );
    const { id, sessions } = await uneFiche(database.db);
    let page = await anne.ouvrir(`/gestion/actions/${id}`);
    page = await anne.envoyer(page, { q_certification: "assistant direction" }, { bouton: "chercher" });
    expect(page.html).toContain('name="ajouter_certification" value="RNCP35819"');
    page = await anne.envoyer(page, { ajouter_certification: "RNCP35819" });
    expect((await lire(database.db, id)).contenu.certifications).toEqual([{ code_rncp: "RNCP35819" }]);
    expect(texte(page.html)).toContain("RNCP35819 Assistant de direction");

    // S99, S103: the session finds it, with its blocs.
    const session = await anne.ouvrir(`/gestion/sessions/${sessions[0]}`);
    expect(texte(session.html)).toContain("Organiser");
    await anne.envoyer(session, {
      certifications: ["", "RNCP35819"],
      "certifications[RNCP35819].validation": "partielle",
      "certifications[RNCP35819].blocs": ["", "RNCP35819BC01"],
    });
    const found = await readSession(database.db, OF, sessions[0] ?? 0);
    expect(found?.session.contenu.certifications).toMatchObject([
      { validation: "partielle", blocs: [{ code: "RNCP35819BC01", libelle: "Organiser" }] },
    ]);
    await anne.envoyer(await anne.ouvrir(`/gestion/actions/${id}`), { certifications: "" });
    expect((await lire(database.db, id)).contenu.certifications).toEqual([]);
  });

  test("a formateur is known by its SIRET alone (S97)", async () => {
    const { sessions } = await uneFiche(database.db);
    let page = await anne.envoyer(
      await anne.ouvrir(`/gestion/sessions/${sessions[0]}`),
      {},
      { bouton: "ajouter:formateurs" },
    );
    page = await anne.envoyer(page, { "formateurs[0].siret": "213 300 635 00025" });
    expect(page.champs.get("formateurs[0].raison_sociale")).toBe("Organisme d'essai SARL");
  });
});

describe("two people on one form", () => {
  test("nothing is overwritten: each field is decided on", async () => {
    const { id } = await uneFiche(database.db);
    const base = `/gestion/actions/${id}`;
    const [hers, his] = [await anne.ouvrir(base), await paul.ouvrir(base)];
    expect(texte((await anne.ouvrir(base)).html)).toContain("Camille paul a aussi ouvert cette fiche");
    await paul.envoyer(his, { objectif: "Celui de Paul", le_plus: "De Paul" });
    const page = await anne.envoyer(hers, { objectif: "Celui d'Anne", contenu: "Programme d'Anne" });
    expect(page.status).toBe(409);
    for (const said of [
      "Camille paul l'a enregistrée",
      "Celui de Paul",
      "Celui d'Anne",
      "Programme d'Anne",
      "De Paul",
    ])
      expect(texte(page.html)).toContain(said);
    expect((await lire(database.db, id)).contenu).toMatchObject({ objectif: "Celui de Paul" });
    const body = Object.fromEntries(page.champs);
    await anne.presser(base, { ...body, "choix:le_plus": "sienne" });
    expect((await lire(database.db, id)).contenu).toMatchObject({
      objectif: "Celui d'Anne",
      contenu: "Programme d'Anne",
      le_plus: "De Paul",
    });
  });

  test("a draft saves itself, tells who else is there, and stops when somebody was first", async () => {
    const { id, sessions } = await uneFiche(database.db);
    const base = `/gestion/actions/${id}`;
    const page = await anne.ouvrir(base);
    await paul.ouvrir(`/gestion/sessions/${sessions[0]}`);
    const saved = await anne.demander(page, "brouillon", { le_plus: "En tapant" });
    expect(JSON.parse(saved.texte)).toMatchObject({
      revision: 2,
      presents: ["Camille paul"],
      heure: expect.stringMatching(/^\d\d:\d\d$/),
    });
    const late = await anne.demander(page, "brouillon", { le_plus: "Trop tard" });
    expect([late.status, JSON.parse(late.texte).message]).toEqual([
      409,
      expect.stringContaining("Camille anne a enregistré cette fiche à"),
    ]);
    expect((await lire(database.db, id)).contenu.le_plus).toBe("En tapant");
  });

  test("a draft of a session not yet there is created once, and of an online action only the copy changes", async () => {
    const { id } = await uneFichePubliee(database.db);
    const page = await anne.ouvrir(`/gestion/actions/${id}/sessions/nouvelle`);
    const { adresse } = JSON.parse((await anne.demander(page, "brouillon", { debut: "2027" })).texte);
    const session = Number(/\d+$/.exec(adresse)?.[0]);
    expect((await readSession(database.db, OF, session))?.session.contenu.debut).toBe("20270000");
    await anne.demander(await anne.ouvrir(`/gestion/actions/${id}`), "brouillon", { intitule: "En travaux" });
    const fiche = await lire(database.db, id);
    expect([fiche.contenu.intitule, fiche.etat, fiche.revision === fiche.publiee_revision]).toEqual([
      "En travaux",
      "publiee",
      false,
    ]);
    const [online] = await database.db("published_action").select("contenu");
    expect(online.contenu.intitule).not.toBe("En travaux");
  });
});

test("checks while typing: a fragment with what is said of each field and by each partner", async () => {
  await seedProfils(database.db, PROFILS);
  const { sessions } = await uneFiche(database.db, OF, {
    contenu: actionComplete(),
    sessions: [sessionComplete()],
  });
  const page = await anne.ouvrir(`/gestion/sessions/${sessions[0]}`);
  const { status, texte: html } = await anne.demander(page, "verifier", {
    voie: "apprentissage",
    fin: "01/01/2020",
  });
  expect(status).toBe(200);
  expect(html).toMatch(/data-dits="voie"[^>]*>.*Qualiopi/);
  expect(html).toMatch(/data-dits="(debut|fin)"/);
  expect(html).toMatch(/data-partenaires.*Kairos/s);
  const found = await readSession(database.db, OF, sessions[0] ?? 0);
  expect(found?.session.contenu.voie).toBe("formation_continue");
});

test("nothing of another structure shows, or is done", async () => {
  const { id, sessions } = await uneFiche(database.db);
  for (const adresse of [`/gestion/actions/${id}`, `/gestion/sessions/${sessions[0]}`]) {
    expect((await bob.ouvrir(adresse)).status).toBe(404);
    for (const suite of ["", "/valider", "/confirmer", "/verifier", "/brouillon", "/supprimer"])
      expect([
        suite,
        (await bob.presser(`${adresse}${suite}`, { revision: "1", intitule: "À moi" })).status,
      ]).toEqual([suite, 404]);
  }
  for (const suite of ["sessions/nouvelle", "sessions/fabrique", "sessions/reconduire", "archiver"])
    expect((await bob.ouvrir(`/gestion/actions/${id}/${suite}`)).status).toBe(404);
  expect((await lire(database.db, id)).revision).toBe(1);
});
