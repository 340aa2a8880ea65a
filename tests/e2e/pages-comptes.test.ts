import { beforeEach, describe, expect, test } from "vitest";
import { createCompte, readConnexion, readKeys, signIn } from "../../src/access/index.ts";
import { readActs } from "../../src/audit/index.ts";
import { useDatabase } from "../support/database.ts";
import { addPartner, addProfil } from "../support/diffusion.ts";
import { texte, useSite } from "../support/site.ts";

/** Who may come in, looked after from the pages. */
const database = useDatabase();
const site = useSite(database, () => ({ publicUrl: "https://offre.exemple.fr" }));
const GOOD = "quatre mots bien choisis";
const OTHER = "cinq autres mots bien longs";

beforeEach(() => database.clear());

const enter = async (identifiant: string, motDePasse: string) => {
  const entree = await signIn(database.db, { identifiant, motDePasse, adresse: "192.0.2.1" });
  return "jeton" in entree ? entree.jeton : undefined;
};
const idOf = async (identifiant: string) =>
  (await database.db("compte").where({ identifiant }).first("id"))?.id;
const acts = async () =>
  (await readActs(database.db, { limit: 50 })).map(({ acteur, acte }) => `${acteur} ${acte}`);

describe("accounts", () => {
  test("one made with a link is opened by who has it, once", async () => {
    const chef = await site.visit("chef", "administrateur");
    const made = await chef.post("/comptes/nouveau", {
      identifiant: "Dominique",
      nom: "Dominique P.",
      role: "operateur",
    });
    const link = /value="https:\/\/offre\.exemple\.fr(\/invitation\/[\w-]+)"/.exec(made.html)?.[1] ?? "";
    const visitor = await site.visit("autre", "lecteur");
    expect(texte((await visitor.get(link)).html)).toContain(
      "Choisissez le mot de passe du compte « dominique »",
    );
    expect((await visitor.post(link, { mot_de_passe: "court" })).status).toBe(422);
    expect((await visitor.post(link, { mot_de_passe: OTHER })).status).toBe(303);
    expect((await visitor.post(link, { mot_de_passe: GOOD })).status).toBe(410);
    expect(await enter("dominique", OTHER)).toBeDefined();
    expect(texte((await chef.get("/comptes")).html)).toContain("Dominique P.dominiqueopérateurouvert");
    expect(await acts()).toEqual(["compte:dominique compte.mot_de_passe", "compte:chef compte.creer"]);
  });

  test("a typed password opens at once; one that is refused leaves the form filled in", async () => {
    const chef = await site.visit("chef", "administrateur");
    const form = { identifiant: "dom", nom: "Dom", role: "lecteur", mot_de_passe: "court" };
    const refused = await chef.post("/comptes/nouveau", form);
    expect(refused.status).toBe(422);
    expect(refused.html).toContain('value="dom"');
    expect(refused.html).not.toContain('court"');
    expect((await chef.post("/comptes/nouveau", { ...form, mot_de_passe: GOOD })).status).toBe(303);
    expect(await enter("dom", GOOD)).toBeDefined();
    expect((await chef.post("/comptes/nouveau", { ...form, mot_de_passe: GOOD })).html).toContain(
      "existe déjà",
    );
  });

  test("another role, no more access, another password: each throws out who was in", async () => {
    const chef = await site.visit("chef", "administrateur");
    await createCompte(database.db, { identifiant: "dom", nom: "Dom", role: "lecteur" }, GOOD, "essai");
    const here = `/comptes/${await idOf("dom")}`;
    for (const [act, form] of [
      ["role", { role: "operateur" }],
      ["deconnecter", {}],
      ["mot-de-passe", {}],
    ] as const) {
      await database.db("connexion_echec").delete();
      const jeton = await enter("dom", GOOD);
      expect(await readConnexion(database.db, jeton)).toBeDefined();
      expect((await chef.submit(`${here}/${act}`, form)).status).toBe(200);
      expect(await readConnexion(database.db, jeton)).toBeUndefined();
    }
    // Reset by a link: the old password opens nothing any more.
    expect(await enter("dom", GOOD)).toBeUndefined();
    expect(texte((await chef.submit(`${here}/mot-de-passe`, { mot_de_passe: OTHER })).html)).toContain(
      "est changé",
    );
    expect(texte((await chef.submit(`${here}/fermer`)).html)).toContain("Le compte est fermé.");
    expect(await enter("dom", OTHER)).toBeUndefined();
    await chef.post(`${here}/rouvrir`);
    expect(await enter("dom", OTHER)).toBeDefined();
    expect((await acts()).slice(0, 6)).toEqual(
      ["rouvrir", "fermer", "mot_de_passe", "lien", "deconnecter", "role"].map(
        (act) => `compte:chef compte.${act}`,
      ),
    );
  });

  test("a link to an account that was shut, or given another password, opens nothing", async () => {
    const chef = await site.visit("chef", "administrateur");
    await createCompte(database.db, { identifiant: "dom", nom: "Dom", role: "lecteur" }, GOOD, "essai");
    const here = `/comptes/${await idOf("dom")}`;
    for (const after of ["mot-de-passe", "fermer"]) {
      const { html } = await chef.post(`${here}/mot-de-passe`);
      const link = /\/invitation\/[\w-]+/.exec(html)?.[0] ?? "";
      expect((await chef.get(link)).status).toBe(200);
      await chef.post(`${here}/${after}`, { mot_de_passe: OTHER });
      expect((await chef.get(link)).status).toBe(410);
    }
  });

  test("the last administrator cannot go, not even when two dismiss each other at once", async () => {
    const chef = await site.visit("chef", "administrateur");
    const here = `/comptes/${await idOf("chef")}`;
    for (const act of ["fermer", "role"]) {
      const refused = await chef.post(`${here}/${act}`, { role: "lecteur" });
      expect(refused.status).toBe(422);
      expect(texte(refused.html)).toContain("est le dernier administrateur");
    }
    expect(await acts()).toEqual([]);
    const other = await site.visit("autre", "administrateur");
    const there = `/comptes/${await idOf("autre")}`;
    await Promise.all([chef.post(`${there}/fermer`), other.post(`${here}/role`, { role: "lecteur" })]);
    expect(await database.db("compte").where({ role: "administrateur", disabled_at: null })).toHaveLength(1);
  });
});

describe("one's own account", () => {
  test("changes its password by the one in use, and signs its other browsers out", async () => {
    await site.visit("chef", "administrateur");
    await createCompte(database.db, { identifiant: "dom", nom: "Dom", role: "lecteur" }, GOOD, "essai");
    const me = site.as((await enter("dom", GOOD)) ?? "");
    const elsewhere = await enter("dom", GOOD);
    expect(texte((await me.get("/mon-compte")).html)).toContain("celle-ci");
    const wrong = await me.post("/mon-compte/mot-de-passe", {
      ancien: "pas celui-là du tout",
      nouveau: OTHER,
    });
    expect(wrong.status).toBe(422);
    expect(await readConnexion(database.db, elsewhere)).toBeDefined();
    const done = await me.submit("/mon-compte/mot-de-passe", { ancien: GOOD, nouveau: OTHER });
    expect(texte(done.html)).toContain("Votre mot de passe est changé");
    expect(await readConnexion(database.db, elsewhere)).toBeUndefined();
    expect(await enter("dom", OTHER)).toBeDefined();
  });

  test("closes a browser of its own, never one of somebody else", async () => {
    const chef = await site.visit("chef", "administrateur");
    await createCompte(database.db, { identifiant: "dom", nom: "Dom", role: "lecteur" }, GOOD, "essai");
    const me = site.as((await enter("dom", GOOD)) ?? "");
    const elsewhere = await enter("dom", GOOD);
    const ids: number[] = await database.db("connexion").orderBy("id").pluck("id");
    const [ofChef, mine, other] = ids.map(String);
    expect((await me.post("/mon-compte/deconnecter", { seule: ofChef ?? "" })).status).toBe(422);
    expect((await me.post("/mon-compte/deconnecter", { seule: mine ?? "" })).status).toBe(422);
    expect((await me.post("/mon-compte/deconnecter", { seule: other ?? "" })).status).toBe(303);
    expect(await readConnexion(database.db, elsewhere)).toBeUndefined();
    expect((await me.get("/mon-compte")).status).toBe(200);
    expect((await chef.get("/comptes")).status).toBe(200);
  });
});

describe("keys of a partner", () => {
  const ask = async (cle: string) => {
    const { partnerOfKey } = await import("../../src/access/index.ts");
    return (await partnerOfKey(database.db, `Bearer ${cle}`))?.partner;
  };
  const keyIn = (html: string) => /value="(oi_[\w-]+)"/.exec(html)?.[1] ?? "";

  beforeEach(async () => {
    await addProfil(database.db, "kairos");
    await addPartner(database.db, "ft", "kairos", { type: "dossier", chemin: "/depot" });
    await addPartner(database.db, "rival", "kairos", { type: "dossier", chemin: "/depot" });
  });

  test("made, shown once, replaced with some days of overlap, revoked", async () => {
    const chef = await site.visit("chef", "administrateur");
    const first = keyIn((await chef.post("/partenaires/ft/cles", { nom: "serveur de nuit" })).html);
    const [made] = await readKeys(database.db, "ft");
    const page = await chef.get("/partenaires/ft");
    expect(page.html).toContain(`${first.slice(0, 8)}…`);
    expect(page.html).not.toContain(first);
    const second = keyIn(
      (await chef.post(`/partenaires/ft/cles/${made?.id}/remplacer`, { jours: "7" })).html,
    );
    expect([await ask(first), await ask(second)]).toEqual(["ft", "ft"]);
    await database
      .db("partner_key")
      .where({ id: made?.id })
      .update({ expire_at: database.db.raw("horloge()") });
    expect([await ask(first), await ask(second)]).toEqual([undefined, "ft"]);
    const [latest] = await readKeys(database.db, "ft");
    expect((await chef.submit(`/partenaires/ft/cles/${latest?.id}/revoquer`)).html).toContain("révoquée");
    expect(await ask(second)).toBeUndefined();
    expect(await acts()).toEqual(["revoquer", "remplacer", "creer"].map((act) => `compte:chef cle.${act}`));
  });

  test("are out of reach from the page of another partner, and of an overlap that makes no sense", async () => {
    const chef = await site.visit("chef", "administrateur");
    const cle = keyIn((await chef.post("/partenaires/ft/cles", { nom: "flux" })).html);
    const [made] = await readKeys(database.db, "ft");
    for (const path of [`rival/cles/${made?.id}/revoquer`, `rival/cles/${made?.id}/remplacer`])
      expect((await chef.post(`/partenaires/${path}`, { jours: "7" })).status).toBe(422);
    for (const jours of ["91", "-1", "", "x"])
      expect((await chef.post(`/partenaires/ft/cles/${made?.id}/remplacer`, { jours })).status).toBe(422);
    expect(await ask(cle)).toBe("ft");
    expect(await acts()).toEqual(["compte:chef cle.creer"]);
  });
});
