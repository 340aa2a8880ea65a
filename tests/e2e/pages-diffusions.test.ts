import { beforeEach, describe, expect, test } from "vitest";
import { claim, complete } from "../../src/delivery/index.ts";
import { useDatabase } from "../support/database.ts";
import { useScene } from "../support/operateur.ts";
import { texte, useSite, type Visitor } from "../support/site.ts";

/** Deliveries and replays on the pages: what is shown, who may act, and what an act leaves behind. */
const database = useDatabase();
const scene = useScene(database, ["a", "b"]);
const site = useSite(database, () => ({ seuilRejeu: 1 }));
let operateur: Visitor;

beforeEach(async () => {
  operateur = await site.visit("operateur", "operateur");
  await scene.publish("un");
  await scene.plan();
});

const etatOf = async (id: string): Promise<string> =>
  (await database.db("delivery").where({ id }).first("etat")).etat;
const actes = (): Promise<{ acteur: string; acte: string; motif: string | null }[]> =>
  database.db("audit").whereNot({ objet_type: "compte" }).orderBy("id").select("acteur", "acte", "motif");

describe("the list", () => {
  test("says what is announced first, then each delivery in words, and filters by its address", async () => {
    const dead = await scene.attempt("a", 422);
    const waiting = await scene.waiting("b");
    await database.db("delivery").insert({
      id: "20990101T000000Z-a-ann",
      partner: "a",
      due_at: "2099-01-05T19:00:00Z",
      eligible_at: "2099-01-05T00:00:00Z",
    });
    const { html } = await operateur.get("/diffusions");
    const said = texte(html);
    expect(said).toMatch(/Annoncées.*5 janv\. 2099, 20:00.*20990101T000000Z-a-ann.*Les dernières/);
    expect(said).toMatch(/abandonnée.*refusée.*réponse 422/);
    const seen = async (query: string) =>
      [...new Set((await operateur.get(`/diffusions?${query}`)).html.match(/\/diffusions\/[^"/?]+/g))].map(
        (path) => path.slice("/diffusions/".length),
      );
    expect((await seen("")).sort()).toEqual([dead, waiting, "20990101T000000Z-a-ann"].sort());
    expect(await seen("etat=dead")).toEqual([dead]);
    expect(await seen("etat=annoncee")).toEqual(["20990101T000000Z-a-ann"]);
    expect(await seen("partenaire=b")).toEqual([waiting]);
    expect(await seen("issue=refusee&depuis=2020-01-01&jusqua=2098-01-01T10:00")).toEqual([dead]);
    expect(await seen("jusqua=2020-01-01")).toEqual([]);
    expect(await seen("session=00123456")).toEqual([]);
  });

  test("says what it cannot read, and is not troubled by what nobody would type", async () => {
    for (const query of ["etat=inconnu", "depuis=hier", "jusqua=2026-02-30"]) {
      const { status, html } = await operateur.get(`/diffusions?${query}`);
      expect({ query, status }).toEqual({ query, status: 422 });
      expect(html).toContain('role="alert"');
    }
    for (const query of ["apres=%00", "session=%00%27", "partenaire=a&partenaire=b", "apres=nulle-part"])
      expect({ query, status: (await operateur.get(`/diffusions?${query}`)).status }).toEqual({
        query,
        status: 200,
      });
    expect((await operateur.get("/diffusions/%00")).status).toBe(404);
  });

  test("goes on after its last line, without showing a line twice", async () => {
    await database.db.raw(
      `INSERT INTO delivery (id, partner, snapshot_id, etat, due_at, created_at)
       SELECT 'vieille-' || n, 'a', (SELECT max(id) FROM feed_snapshot), 'canceled', horloge(),
         horloge() - n * interval '1 minute' FROM generate_series(1, 60) n`,
    );
    const lines = (html: string) => [...new Set(html.match(/\/diffusions\/[^"/?]+/g))];
    const first = await operateur.get("/diffusions?partenaire=a");
    const next = /href="([^"]+)" rel="next"/.exec(first.html)?.[1]?.replaceAll("&amp;", "&") ?? "";
    const second = await operateur.get(next);
    expect([lines(first.html).length, lines(second.html).length]).toEqual([50, 11]);
    expect(new Set([...lines(first.html), ...lines(second.html)]).size).toBe(61);
    expect(second.html).not.toContain('rel="next"');
  });
});

const DETAIL = {
  octets: 1234,
  vers: "PUT https://depot.exemple/lheo",
  phases: [
    ["dns", 0.4],
    ["tcp", 12],
    ["tls", 40],
    ["envoi", 3],
    ["attente", 1300],
    ["reponse", 0.2],
  ],
};

test("an attempt that failed says at which step, and one without a connection of its own says so", async () => {
  const id = await scene.waiting("a");
  const attempt = (epoch: number, phases: unknown, message?: string) =>
    database.db("attempt").insert({
      delivery_id: id,
      epoch,
      worker: "essai",
      finished_at: database.db.raw("horloge()"),
      issue: message === undefined ? "acceptee" : "tls",
      http_status: message === undefined ? 201 : null,
      detail: JSON.stringify({ phases, ...(message === undefined ? {} : { message }) }),
    });
  await attempt(1, DETAIL.phases.slice(0, 3), "Le certificat a expiré.");
  await attempt(2, DETAIL.phases.slice(3));
  await attempt(3, "illisible");
  const said = texte((await operateur.get(`/diffusions/${id}`)).html);
  expect(said).toMatch(/Connexion \(TCP\)12 ms ?Chiffrement \(TLS\) arrêté là40 ms/);
  expect(said.match(/arrêté là/g)).toHaveLength(1);
  expect(said.match(/Connexion réutilisée : ni DNS, ni TCP, ni TLS\./g)).toHaveLength(1);
});

test("a delivery tells each attempt, what was answered and what came next; an answer is never markup", async () => {
  const id = await scene.waiting("a");
  await database
    .db("delivery")
    .where({ id })
    .update({
      due_explain: JSON.stringify([{ jour: "20260501", raison: "jour férié : fête du Travail" }]),
    });
  for (const [status, body] of [
    [503, "plus tard"],
    [200, "<script>alert(1)</script>"],
  ] as const) {
    await database
      .db("delivery")
      .where({ id })
      .update({ due_at: database.db.raw("horloge()") });
    await database.db("partner").update({ ouvert_jusqua: null });
    const taken = await claim(database.db, id, { worker: "essai", leaseMs: 60_000 });
    if (!("claimed" in taken)) throw new Error(taken.refused);
    await complete(
      database.db,
      taken.claimed,
      { kind: "reponse", status, body, cut: false, ...(status === 503 ? { retryAfter: "120" } : {}) },
      { hasard: 0.5, detail: DETAIL },
    );
  }
  const { html } = await operateur.get(`/diffusions/${id}`);
  const said = texte(html);
  expect(said).toContain("vendredi 1 mai : jour férié : fête du Travail");
  expect(said).toMatch(/Essai 1 « pas maintenant ».*réponse 503.*plus tard.*Nouvel essai le/);
  expect(said).toMatch(/Essai 2 acceptée.*réponse 200.*La diffusion est arrivée\./);
  expect(said).toContain("demande d'attendre 120");
  // Where the time went, the request that was sent, and where it is told to have gone.
  expect(said).toMatch(/Connexion \(TCP\)12 ms.*Chiffrement \(TLS\)40 ms.*Premier octet de la réponse1,3 s/);
  expect(said).toMatch(/PUT https:\/\/depot\.exemple\/lheo.*Idempotency-Key20/);
  expect(said).not.toContain("arrêté là");
  expect(said).toContain("Accusé de réception");
  expect(html).not.toContain("<script>alert");
});

describe("acts", () => {
  test.each([
    ["retenir", "held", "diffusion.retenir", "retenue"],
    ["annuler", "canceled", "diffusion.annuler", "annulée"],
  ])("%s says what it does, asks why, does it and is in the audit", async (acte, etat, audit, word) => {
    const id = await scene.waiting("a");
    const page = await operateur.get(`/diffusions/${id}`);
    expect(page.html).toContain(`/diffusions/${id}/${acte}`);
    const confirm = await operateur.get(`/diffusions/${id}/${acte}`);
    expect(texte(confirm.html)).toContain(`la diffusion ${id} :`);
    const without = await operateur.post(`/diffusions/${id}/${acte}`, { motif: " " });
    expect(without.status).toBe(422);
    expect(texte(without.html)).toContain("Donnez un motif");
    expect(await etatOf(id)).toBe("scheduled");
    const done = await operateur.submit(`/diffusions/${id}/${acte}`, { motif: "à la demande de B" });
    expect(texte(done.html)).toContain(`La diffusion est ${word}.`);
    expect(await etatOf(id)).toBe(etat);
    expect(await actes()).toEqual([{ acteur: "compte:operateur", acte: audit, motif: "à la demande de B" }]);
  });

  test("what cannot be done is not offered, and is refused with its reason when asked all the same", async () => {
    const id = await scene.attempt("a", 200);
    const { html } = await operateur.get(`/diffusions/${id}`);
    expect(html).not.toContain("/annuler");
    expect(html).toContain("/rejeux/apercu");
    const { status, html: refused } = await operateur.post(`/diffusions/${id}/annuler`, {
      motif: "trop tard",
    });
    expect(status).toBe(422);
    expect(texte(refused)).toContain("elle n'attend plus");
    expect((await operateur.get(`/diffusions/${id}/detruire`)).status).toBe(404);
  });

  test("a lecteur sees everything and no button, and nothing that they send is done", async () => {
    const lecteur = await site.visit("lecteur", "lecteur");
    const id = await scene.waiting("a");
    const { status, html } = await lecteur.get(`/diffusions/${id}`);
    expect(status).toBe(200);
    expect(html).not.toContain("/retenir");
    expect((await lecteur.get("/rejeux")).html).not.toContain("/rejeux/apercu");
    for (const path of [
      `/diffusions/${id}/retenir`,
      `/diffusions/${id}/annuler`,
      "/rejeux/apercu",
      "/rejeux",
      "/rejeux/1/accord",
    ])
      expect((await lecteur.post(path, { motif: "pour voir", ids: id })).status).toBe(403);
    expect((await lecteur.get(`/diffusions/${id}/retenir`)).status).toBe(403);
    for (const csrf of [undefined, "x".repeat(43)])
      expect((await operateur.forge(`/diffusions/${id}/annuler`, csrf, { motif: "faux" })).status).toBe(403);
    expect(await etatOf(id)).toBe("scheduled");
    expect(await actes()).toEqual([]);
  });
});

describe("replays", () => {
  const jetonIn = (html: string) => /name="jeton" value="([^"]+)"/.exec(html)?.[1] ?? "";

  test("one delivery: seen, confirmed, sent as a new one that is tied to it", async () => {
    const id = await scene.attempt("a", 200);
    const apercu = await operateur.post("/rejeux/apercu", { ids: id });
    expect(texte(apercu.html)).toContain("1 diffusion à rejouer, 1 envoi");
    expect(texte(apercu.html)).toContain("mêmes octets");
    expect(await scene.waiting("a")).toBe("");
    const form = { jeton: jetonIn(apercu.html), motif: "perdu chez eux" };
    const made = await operateur.submit("/rejeux", form);
    expect(texte(made.html)).toMatch(/Rejeu n° 1.*fini.*1 diffusion sur 1.*nouvelle diffusion/);
    const rejeu = await scene.waiting("a");
    expect(texte((await operateur.get(`/diffusions/${id}`)).html)).toContain(`Rejouée par ${rejeu}`);
    expect(texte((await operateur.get(`/diffusions/${rejeu}`)).html)).toContain("perdu chez eux");
    const again = await operateur.post("/rejeux", { ...form, ids: id });
    expect(again.status).toBe(422);
    expect(texte(again.html)).toContain("déjà été confirmé");
  });

  test("what changed since the preview is not sent: the new preview is shown, with the reason", async () => {
    const id = await scene.attempt("a", 422);
    const apercu = await operateur.post("/rejeux/apercu", { ids: id });
    await scene.publish("deux");
    await scene.plan();
    const { status, html } = await operateur.post("/rejeux", {
      jeton: jetonIn(apercu.html),
      motif: "corrigé",
      ids: id,
    });
    expect(status).toBe(422);
    expect(texte(html)).toContain("a changé entre-temps");
    expect(html).toContain("corrigé</textarea>");
    expect(jetonIn(html)).not.toBe(jetonIn(apercu.html));
  });

  test("by filter, above the threshold: nothing leaves before another person agrees", async () => {
    for (const partner of ["a", "b"]) await scene.attempt(partner, 422);
    const apercu = await operateur.post("/rejeux/apercu", { etat: "dead" });
    expect(texte(apercu.html)).toContain(
      "Une autre personne devra donner son accord avant l'envoi : il le faut au-delà de 1 envoi.",
    );
    const asked = await operateur.submit("/rejeux", {
      jeton: jetonIn(apercu.html),
      motif: "serveur réparé",
    });
    expect(texte(asked.html)).toContain("Rien ne part avant qu'une autre personne donne son accord");
    expect(asked.html).not.toContain("Donner mon accord");
    const own = await operateur.post("/rejeux/1/accord", { motif: "moi-même" });
    expect(own.status).toBe(422);
    expect(await scene.waiting("a")).toBe("");
    expect(texte((await operateur.get("/")).html)).toContain("attend l'accord d'une seconde personne");

    const autre = await site.visit("autre", "operateur");
    expect(texte((await autre.get("/rejeux")).html)).toContain("attend un second accord");
    expect((await autre.get("/rejeux/1")).html).toContain("Donner mon accord");
    const agreed = await autre.submit("/rejeux/1/accord", { motif: "vu" });
    expect(texte(agreed.html)).toMatch(/fini.*avec l'accord de compte:autre/);
    for (const partner of ["a", "b"]) expect(await scene.waiting(partner)).not.toBe("");
    expect((await actes()).map(({ acteur, acte }) => `${acteur} ${acte}`)).toEqual([
      "compte:operateur rejeu.confirmer",
      "compte:autre rejeu.valider",
      "compte:operateur diffusion.rejouer",
      "compte:operateur diffusion.rejouer",
    ]);
  });

  test("without a criterion that finds something there is no preview, and the reason is said", async () => {
    const { status, html } = await operateur.post("/rejeux/apercu", {});
    expect(status).toBe(422);
    expect(texte(html)).toContain("Dites quelles diffusions rejouer");
    expect((await operateur.get("/rejeux/9")).status).toBe(404);
  });
});
