import type { Knex } from "knex";
import { beforeAll, beforeEach, describe, expect, test } from "vitest";
import { archiveAction, askComplement, deleteAction, saveAction } from "../../src/catalogue/index.ts";
import {
  AUTRE_OF,
  CONTROLE,
  confirmer,
  done,
  lire,
  loadStructures,
  OF,
  SANS_CONTROLE,
  saisieAction,
  uneFiche,
  uneFichePubliee,
} from "../support/catalogue.ts";
import { useDatabase } from "../support/database.ts";
import { texte, useSite, type Visitor } from "../support/site.ts";

/** The lists of an OF and of the control, over HTTP. */
const database = useDatabase();
const site = useSite(database, () => ({ verificateur: SANS_CONTROLE, contact: "offre@agence.exemple.fr" }));
let db: Knex;
let anne: Visitor;

beforeAll(() => {
  db = database.db;
});
beforeEach(async () => {
  await database.clear();
  await loadStructures(db);
  anne = await site.visit("anne", "membre", { structure: "OF1", profil: "general" });
});

const zoe = () => site.visit("zoe", "membre", { structure: "AGENCE", profil: "controleur" });
const page = async (visitor: Visitor, path: string) => {
  const { status, html } = await visitor.get(path);
  expect(status).toBe(200);
  return { html, lu: texte(html) };
};

describe("the lists of an OF", () => {
  test("three accordions, eight tabs with their counts, and an empty list that says so (S21–S27)", async () => {
    await uneFiche(db);
    const { lu } = await page(anne, "/gestion/formations");
    expect(lu).toMatch(
      /Formations conventionnées \[0\].*Formations non conventionnées \[1\].*Formations initiales professionnelles \[0\]/,
    );
    expect(lu).toContain(
      "Alerte [0]Publiées [0]Créées [0]Modifiées [0]Mes brouillons [1]Archivées [0]Supprimées [0]Import",
    );
    expect(lu).toContain("Aucune donnée disponible");
    expect(lu).toContain("0-0 / 0");
  });

  test("the columns and the values of the guide, and the way to the form (S27, S28, S37, S125)", async () => {
    const { id } = await uneFichePubliee(db);
    const { reference, revision } = await lire(db, id);
    done(await saveAction(db, OF, id, { revision, contenu: saisieAction({ le_plus: "Neuf" }) }));
    const { html, lu } = await page(anne, "/gestion/formations?onglet=publiees");
    expect(lu).toMatch(/Référence ▼TypeIntitulé ↕FinancementResponsableDate\(s\)Session\(s\)/);
    expect(lu).toContain(
      `${reference}SIMPLEConduire un chariot élévateur modification en cours L'employeur ou le particulierOrganisme OF1du 04/01/2027 au 18/06/20271`,
    );
    expect(html).toContain(`href="/gestion/actions/${id}"`);
    expect(lu).toContain("1-1 / 1");
  });

  test("ten or twenty-five a page, filtered and ordered by the address (S27, S124)", async () => {
    for (let n = 10; n < 22; n += 1)
      await uneFiche(db, OF, { contenu: saisieAction({ intitule: `Soudage ${n}` }), sessions: [] });
    const brouillons = "/gestion/formations?onglet=brouillons&tri=intitule&sens=asc";
    const first = await page(anne, brouillons);
    expect(first.lu).toContain("1-10 / 12");
    expect(first.html).toMatch(/aria-label="Page suivante"/);
    expect(first.html).not.toMatch(/aria-label="Page précédente"/);
    const second = await page(anne, `${brouillons}&page=2`);
    expect(second.lu).toMatch(/Soudage 20.*Soudage 21.*11-12 \/ 12/);
    expect((await page(anne, `${brouillons}&par=25`)).lu).toContain("1-12 / 12");
    expect((await page(anne, `${brouillons}&filtre=soudage+17`)).lu).toContain("1-1 / 1");
    const wrong = await page(anne, "/gestion/formations?onglet=x&tri=y&sens=z&page=-3&par=1000&cadre=w");
    expect(wrong.lu).toContain("Publiées [0]");
  });

  test("a title is a text, whatever it holds", async () => {
    await uneFiche(db, OF, { contenu: saisieAction({ intitule: "<script>alert(1)</script>" }) });
    const { html } = await page(anne, "/gestion/formations?onglet=brouillons&filtre=%22%3E%3Cscript%3E");
    expect(html).not.toContain("<script>alert");
    expect((await page(anne, "/gestion/formations?onglet=brouillons")).html).toContain("&lt;script>");
  });

  test("what left is read-only, and says whom to write to (S43–S45)", async () => {
    const { id } = await uneFichePubliee(db);
    done(await archiveAction(db, OF, id, { motif: "Plus au programme" }));
    const { html, lu } = await page(anne, "/gestion/formations?onglet=archivees");
    expect(lu).toContain("Pour la remettre en ligne, écrivez à offre@agence.exemple.fr");
    expect(html).toContain('href="mailto:offre@agence.exemple.fr"');
    expect(html).toMatch(/aria-label="Voir : /);
    done(await deleteAction(db, OF, id, { motif: "Doublon" }));
    expect((await page(anne, "/gestion/formations?onglet=supprimees")).lu).toContain("ne revient pas");
  });

  test("before one is added it is looked for among those published (S53, S54)", async () => {
    const { html, lu } = await page(anne, "/gestion/formations/ajouter");
    expect(lu).toContain("Modifier une formation existante");
    expect(lu).toContain("Cliquez sur le bouton ci-dessous pour ajouter une nouvelle formation :");
    expect(html).toContain('href="/gestion/actions/nouvelle?cadre=non_conventionnee"');
    expect(lu).toContain("Vérifiez d'abord qu'elle n'existe pas");
    expect(html).not.toContain("cadre=conventionnee&quot;");
  });

  test("who only reads is shown no way to write", async () => {
    await uneFichePubliee(db);
    const lecteur = await site.visit("lea", "membre", { structure: "OF1", profil: "preinscription" });
    const { html } = await page(lecteur, "/gestion/formations");
    expect(html).toMatch(/aria-label="Voir : /);
    expect(html).not.toContain("Ajouter une nouvelle formation");
    expect((await lecteur.get("/gestion/formations/ajouter")).status).toBe(403);
  });
});

describe("the lists of the control", () => {
  test("all structures, or those that a text names", async () => {
    await uneFiche(db);
    await uneFiche(db, AUTRE_OF);
    const visitor = await zoe();
    const brouillons = "/gestion/formations?onglet=brouillons";
    expect((await page(visitor, brouillons)).lu).toContain("1-2 / 2");
    for (const named of ["OF2", "21330063500025", "organisme of2"]) {
      const { lu } = await page(visitor, `${brouillons}&structure=${encodeURIComponent(named)}`);
      expect(lu).toContain("Mes brouillons [1]");
      expect(lu).toContain("1-1 / 1");
    }
    expect((await page(visitor, `${brouillons}&structure=personne`)).lu).toContain("0-0 / 0");
    // An OF names nobody else.
    expect((await page(anne, `${brouillons}&structure=OF2`)).lu).toContain("Mes brouillons [1]");
  });
});

describe("history", () => {
  test("each passage dated and signed, and the versions that were online", async () => {
    const { id } = await uneFichePubliee(db);
    await zoe();
    const { revision } = await lire(db, id);
    done(
      await saveAction(db, OF, id, {
        revision,
        contenu: saisieAction({ certifications: [{ code_rs: "RS5500" }] }),
      }),
    );
    await confirmer(db, id);
    done(await askComplement(db, CONTROLE, id, "Joignez la convention."));
    const { lu } = await page(anne, `/gestion/actions/${id}/historique`);
    expect(lu).toMatch(
      /Demande de complément Le .*, par Camille zoe : modifiée, en attente de contrôle → en alerteJoignez la convention\./,
    );
    expect(lu).toMatch(/Validation confirmée \(avec 1 session\)Le .*, par Camille anne/);
    expect(lu).toMatch(/Version 1, mise en ligne le/);
    expect((await anne.get("/gestion/actions/999999/historique")).status).toBe(404);
    const bob = await site.visit("bob", "membre", { structure: "OF2", profil: "general" });
    expect((await bob.get(`/gestion/actions/${id}/historique`)).status).toBe(404);
  });

  test("the control puts an archived action back, its OF cannot (S45, H9)", async () => {
    const { id } = await uneFichePubliee(db);
    done(await archiveAction(db, OF, id, { motif: "Erreur" }));
    expect((await anne.post(`/gestion/actions/${id}/restaurer`)).status).toBe(403);
    const visitor = await zoe();
    expect((await page(visitor, `/gestion/actions/${id}/historique`)).lu).toContain("Remettre en ligne");
    const { html } = await visitor.submit(`/gestion/actions/${id}/restaurer`);
    expect(texte(html)).toContain("Remise en ligne (avec 1 session)");
    expect((await lire(db, id)).etat).toBe("publiee");
    const again = await visitor.post(`/gestion/actions/${id}/restaurer`);
    expect(again.status).toBe(409);
    expect(texte(again.html)).toContain("Seule une action archivée se remet en ligne");
  });
});
