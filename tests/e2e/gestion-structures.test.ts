import type { Knex } from "knex";
import { beforeAll, beforeEach, describe, expect, test } from "vitest";
import { createStructureKey, readPlace } from "../../src/catalogue/index.ts";
import { done, loadStructures, uneFiche } from "../support/catalogue.ts";
import { useDatabase } from "../support/database.ts";
import { texte, useSite } from "../support/site.ts";
import { ficheOrganisme, rattacher, SIRETS, unCompte } from "../support/structures.ts";

/** Structures and attachments as people see them. */
const database = useDatabase();
const site = useSite(database, () => ({ contact: "offre@agence.exemple.fr" }));
let db: Knex;

beforeAll(() => {
  db = database.db;
});
beforeEach(async () => {
  await database.clear();
  await loadStructures(db);
});

const come = async (...who: Parameters<typeof unCompte> extends [Knex, ...infer R] ? R : never) => {
  const compte = await unCompte(db, ...who);
  return { ...compte, navigateur: site.as(compte.jeton) };
};

test("the way in has two paths, and tells how to get an account (S3)", async () => {
  const lu = texte((await site.as("").get("/connexion")).html);
  expect(lu).toMatch(/J'ai un compte.*Se connecter.*Je n'ai pas de compte/);
  expect(lu).toContain("offre@agence.exemple.fr");
});

describe("who is attached to nothing", () => {
  test("is led to ask, and told so wherever a right is missing (S10)", async () => {
    const { navigateur } = await come("carl");
    expect((await navigateur.get("/")).headers.location).toBe("/gestion");
    expect(texte((await navigateur.get("/gestion")).html)).toContain("Demandez votre affiliation");
    const { status, html } = await navigateur.get("/gestion/formations");
    expect([status, texte(html)]).toEqual([403, expect.stringContaining("rattaché à aucune structure")]);
  });

  test("asks, its referent sees it on coming in, agrees, and the rights are there (S9, S13, S15)", async () => {
    const { navigateur: carl } = await come("carl");
    const { navigateur: anne } = await come("anne", { structure: "OF1", profil: "general", referent: true });
    const trouve = await carl.get("/gestion/structures?q=21330063500017");
    expect(texte(trouve.html)).toContain("Organisme OF1 Formateur · 21330063500017");
    const asked = await carl.submit("/gestion/structures/demander", { choix: "catalogue:OF1", q: "OF1" });
    expect(texte(asked.html)).toMatch(
      /Mes demandes d'affiliation en attente.*Organisme OF1.*en attente de son référent/,
    );
    expect(texte((await anne.get("/gestion/structures")).html)).toContain("Demandes à traiter (1)");
    const { html } = await anne.get("/gestion/structures/demandes");
    const path = /action="([^"]+\/accorder)"/.exec(html)?.[1] ?? "";
    expect(texte((await anne.submit(path)).html)).toContain("La demande est acceptée");
    expect((await carl.get("/gestion/formations")).status).toBe(200);
  });

  test("is refused with a reason, that it reads", async () => {
    const { navigateur: carl } = await come("carl");
    const { navigateur: anne } = await come("anne", { structure: "OF1", profil: "general", referent: true });
    await carl.post("/gestion/structures/demander", { choix: "catalogue:OF1" });
    const path =
      /action="([^"]+\/refuser)"/.exec((await anne.get("/gestion/structures/demandes")).html)?.[1] ?? "";
    expect((await anne.post(path, { motif: "" })).status).toBe(409);
    await anne.post(path, { motif: "Inconnu chez nous" });
    expect(texte((await carl.get("/gestion/structures")).html)).toMatch(/refusée.*Inconnu chez nous/);
  });

  test("whose structure is not in the list says which; the agency makes it in one form (S14)", async () => {
    const { navigateur: carl, personne } = await come("carl");
    const { navigateur: chef } = await come("chef", undefined, "administrateur");
    const saisie = { nom: "École du bois", siret: "12", ville: "Pau", message: "" };
    const wrong = await carl.post("/gestion/structures/absente", saisie);
    expect([wrong.status, texte(wrong.html)]).toEqual([422, expect.stringContaining("14 chiffres")]);
    await carl.post("/gestion/structures/absente", { ...saisie, siret: SIRETS[0] });
    const { html } = await chef.get("/gestion/structures/demandes");
    const nouvelle = /href="(\/gestion\/structures\/nouvelle\?demande=\d+)"/.exec(html)?.[1] ?? "";
    const form = (await chef.get(nouvelle)).html;
    expect(form).toContain(`value="${SIRETS[0]}"`);
    const made = await chef.submit("/gestion/structures/nouvelle", {
      ...(ficheOrganisme({ nom: "École du bois", compte_kairos: "oui", qualiopi: "formation" }) as Record<
        string,
        string
      >),
      type: "organisme",
      demande: nouvelle.split("=").at(-1) ?? "",
    });
    expect(texte(made.html)).toMatch(
      /École du bois.*La structure est créée.*carl.*Gestionnaire OF généraloui/,
    );
    expect((await readPlace(db, personne))?.active).toMatchObject({ nom: "École du bois", referent: true });
  });
});

describe("Mes structures", () => {
  test("shows each structure with the columns and the profiles of the guide (S8, S11, S12)", async () => {
    const { navigateur } = await come("anne", { structure: "OF1", profil: "general", referent: true });
    const { compte } = await come("bob", { structure: "OF2", profil: "general", referent: true });
    await rattacher(db, "anne", { structure: "OF2", profil: "preinscription" });
    const lu = texte((await navigateur.get("/gestion/structures")).html);
    expect(lu).toContain("NomSiretVilleDépartementTypeMes profilsRéférent");
    expect(lu).toMatch(/Organisme OF1\s?active21330063500017——FormateurGestionnaire OF généralVous/);
    expect(lu).toContain(`Organisme OF221330063500025——FormateurGestionnaire OF préinscription${compte.nom}`);
  });

  test("the active one is at the top right, another one is a click away, and scopes every page (S20, S65)", async () => {
    const { navigateur } = await come("anne", { structure: "OF1", profil: "general" });
    await uneFiche(db);
    await rattacher(db, "anne", { structure: "OF2", profil: "general" });
    const brouillons = async () =>
      /Mes brouillons \[(\d)\]/.exec(texte((await navigateur.get("/gestion/formations")).html))?.[1];
    expect(await brouillons()).toBe("1");
    const { html } = await navigateur.submit("/gestion/structure", { structure: "OF2" });
    expect(texte(html)).toContain("Le catalogue de « Organisme OF2 »");
    expect(await brouillons()).toBe("0");
    expect((await navigateur.post("/gestion/structure", { structure: "AGENCE" })).status).toBe(403);
  });

  test("the home has the three accordions (S22, S23) and the menu of the guide (S16, S24)", async () => {
    const { navigateur } = await come("anne", { structure: "OF1", profil: "general" });
    const { html } = await navigateur.get("/gestion");
    expect(texte(html)).toMatch(
      /Accueil\s?Gestion des formations\s?Mon catalogue\s?Import\s?Mes structures.*Modifier ou ajouter une formation.*Formations conventionnées.*Formations non conventionnées.*Formations initiales professionnelles/,
    );
    expect(html).toContain("/gestion/formations?cadre=conventionnee");
  });
});

describe("one structure", () => {
  test("its referent keeps its contact up to date and reads its identity in grey (S61, S66)", async () => {
    const { navigateur } = await come("anne", { structure: "OF1", profil: "general", referent: true });
    const { html } = await navigateur.get("/gestion/structure/OF1");
    expect(html).toMatch(/<input[^>]*name="siret"[^>]*disabled|<input[^>]*disabled[^>]*name="siret"/);
    const fiche = { ...(ficheOrganisme() as Record<string, string>), compte_kairos: "oui", revision: "1" };
    const wrong = await navigateur.post("/gestion/structure/OF1", { ...fiche, contact_courriel: "" });
    expect([wrong.status, texte(wrong.html)]).toEqual([
      422,
      expect.stringContaining("on doit pouvoir joindre"),
    ]);
    expect(texte((await navigateur.submit("/gestion/structure/OF1", fiche)).html)).toContain(
      "C'est enregistré, et publié.",
    );
    const late = await navigateur.post("/gestion/structure/OF1", fiche);
    expect([late.status, texte(late.html)]).toEqual([422, expect.stringContaining("a changé depuis")]);
  });

  test("an administrator attaches, names a referent, ends an attachment, closes and opens again", async () => {
    const { navigateur: chef } = await come("chef", undefined, "administrateur");
    const { navigateur: carl } = await come("carl");
    const ici = "/gestion/structure/OF1";
    expect(texte((await chef.get("/gestion/structures/toutes?q=of1")).html)).toContain("Organisme OF1");
    const attached = await chef.submit(`${ici}/rattacher`, { identifiant: "carl", profil: "catalogue" });
    expect(texte(attached.html)).toContain("Le compte est rattaché.");
    const unknown = await chef.post(`${ici}/rattacher`, { identifiant: "personne", profil: "catalogue" });
    expect([unknown.status, texte(unknown.html)]).toEqual([409, expect.stringContaining("pas de compte")]);
    const path = /action="([^"]+\/referent)"/.exec(attached.html)?.[1] ?? "";
    await chef.post(path, { referent: "oui" });
    expect((await carl.get(ici)).status).toBe(200);
    await chef.post(`${ici}/fermer`);
    expect((await carl.get("/gestion/formations")).status).toBe(403);
    await chef.post(`${ici}/rouvrir`);
    expect((await carl.get("/gestion/formations")).status).toBe(200);
    await chef.post(path.replace("/referent", "/retirer"));
    expect((await carl.get("/gestion/formations")).status).toBe(403);
  });

  test("a key is shown once, then only by its beginning, until it is revoked", async () => {
    const { navigateur, gerant } = await come("anne", {
      structure: "OF1",
      profil: "general",
      referent: true,
    });
    const { html } = await navigateur.post("/gestion/structure/OF1/cles", { nom: "Notre logiciel" });
    const cle = /value="(oi_[^"]+)"/.exec(html)?.[1] ?? "";
    const ask = () => fetch(`${site.url}/api/v1/moi`, { headers: { authorization: `Bearer ${cle}` } });
    expect((await ask()).status).toBe(200);
    const shown = await navigateur.get("/gestion/structure/OF1");
    expect(shown.html).not.toContain(cle);
    expect(texte(shown.html)).toContain(`Notre logiciel${cle.slice(0, 8)}…`);
    const path = /action="([^"]+\/revoquer)"/.exec(shown.html)?.[1] ?? "";
    await navigateur.post(path);
    expect((await ask()).status).toBe(401);
    done(await createStructureKey(db, gerant, { structure: "OF1", nom: "Autre" }));
  });
});
