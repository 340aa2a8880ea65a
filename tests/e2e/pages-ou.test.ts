import { beforeAll, describe, expect, test } from "vitest";
import { setAccuses, takeReceipt } from "../../src/delivery/index.ts";
import { useDatabase } from "../support/database.ts";
import { useOffreDiffusee } from "../support/offreDiffusee.ts";
import { texte, useSite, type Visitor } from "../support/site.ts";

/** « Où est ma session ? »: from what the caller knows to where it stands at each partner's. */
const database = useDatabase();
const offre = useOffreDiffusee(database);
const site = useSite(database, () => ({ outils: offre.outils }));
let lecteur: Visitor;

beforeAll(async () => {
  lecteur = await site.visit("lecteur", "lecteur");
});

const links = (html: string): string[] => [
  ...new Set([...html.matchAll(/href="(\/ou[^"]*)"/g)].map(([, path = ""]) => path)),
];
const search = async (q: string) => lecteur.get(`/ou?${new URLSearchParams({ q })}`);

describe("the search box", () => {
  test.each([
    ["a session by its number", "A1-00", "/ou/session/A1-00"],
    ["a session as a feed shows it", "72_A1-00", "/ou/session/A1-00"],
    ["a session that was withdrawn", "A1-01", "/ou/session/A1-01"],
  ])("leads straight to %s", async (_, q, to) => {
    const { status, headers } = await search(q);
    expect({ status, to: headers.location }).toEqual({ status: 303, to });
  });

  test.each([
    ["words, whatever their accents, case and plural", "CHARIOT elevateur", ["/ou?action=A1"]],
    ["the beginning of words", "chari élév", ["/ou?action=A1"]],
    ["the beginning of a number", "A1-0", ["/ou/session/A1-00", "/ou/session/A1-01"]],
    ["the name of an organisme", "greta", ["/ou?organisme=OF1"]],
    ["its number", "OF1", ["/ou?organisme=OF1"]],
    ["its SIRET, spaced", "213 300 635 00017", ["/ou?organisme=OF1"]],
    ["its SIREN", "213300635", ["/ou?organisme=OF1"]],
    ["its déclaration d'activité", "75331234533", ["/ou?organisme=OF1"]],
  ])("finds by %s", async (_, q, found) => {
    const { status, html } = await search(q);
    expect(status).toBe(200);
    expect(links(html).filter((path) => path !== "/ou")).toEqual(found);
  });

  test("goes on from an organisme to its actions, and from an action to the sessions still published", async () => {
    expect(links((await lecteur.get("/ou?organisme=OF1")).html)).toEqual(
      expect.arrayContaining(["/ou?action=A1", "/ou?action=A2", "/ou?action=A3"]),
    );
    const found = links((await lecteur.get("/ou?action=A1")).html);
    expect(found).toContain("/ou/session/A1-00");
    expect(found).not.toContain("/ou/session/A1-01");
  });

  test.each(["%", "'; DROP TABLE x", ":*", "&|!", "\u0000", "a".repeat(5_000), "   ", "\\", "<b>x</b>"])(
    "is not troubled by %j",
    async (q) => {
      const { status, html } = await search(q);
      expect(status).toBe(200);
      expect(html).not.toContain("<b>x</b>");
    },
  );
});

describe("the trace", () => {
  test("says that it is in the feed, since when, and what was sent of it", async () => {
    const { html } = await lecteur.get("/ou/session/A1-00");
    const said = texte(html);
    expect(said).toContain("Conduire des chariots élévateurs");
    expect(said).toContain("Greta du Sud");
    expect(said).toMatch(/Version 2, mise en ligne le 14 oct\. 2026.*Version 1, mise en ligne/);
    expect(said).toContain("Sa dernière version est dans le flux de Réseau des Carif-Oref.");
    expect(html).toContain(`/historique/rco/${offre.second}`);
    expect(said).toMatch(/Partenaire reseau\s*Envoyée version 1/);
    expect(html).toContain(`/diffusions/${offre.diffusion}`);
    expect(said).toMatch(/Envoi prévu le/);
  });

  test("says why not, and what to do", async () => {
    const bad = texte((await lecteur.get("/ou/session/A2-00")).html);
    expect(bad).toMatch(/Réseau des Carif-Oref rco écartée/);
    expect(bad).toMatch(/Kairos kairos hors du périmètre\s*L'organisme n'a pas de compte Kairos/);
    const gone = texte((await lecteur.get("/ou/session/A1-01")).html);
    expect(gone).toContain("Session A1-01 retirée");
    expect(gone).toMatch(/Retirée le .* : retrait demandé par l'organisme/);
  });

  test("tells what the partner refused, in words and with a remedy", async () => {
    const { db } = database;
    await setAccuses(db, "reseau", [
      {
        source: { type: "depose" },
        format: "csv",
        champs: { session: "session", statut: "statut", code: "code", message: "message" },
        statuts: { acquittee: ["ok"], visible: ["visible"], refusee: ["refus"] },
      },
    ]);
    await takeReceipt(db, {
      partner: "reseau",
      nom: "retour.csv",
      octets: Buffer.from("session;statut;code;message\nA1-00;refus;30057;durée\nA1-01;visible;;\n"),
      source: "depose",
      base: "72",
    });
    const said = texte((await lecteur.get("/ou/session/A1-00")).html);
    expect(said).toMatch(/Refusée le .*, pour une version d'avant/);
    expect(said).toContain("La durée diffère de moins de 10 heures");
    expect(said).toContain("À faire :");
    expect(said).toContain("code 30057");
  });

  test("a number that was never published is nowhere", async () => {
    expect((await lecteur.get("/ou/session/jamais")).status).toBe(404);
    expect((await lecteur.get("/ou/session/A1-00/apercu/inconnu")).status).toBe(404);
  });
});

describe("how it reads in the feed", () => {
  test("is shown from the very XML, its own action alone, each code with its label", async () => {
    const { html } = await lecteur.get("/ou/session/A1-00/apercu/rco");
    const said = texte(html);
    expect(said).toMatch(/Intitulé de la formation intitule-formation\s*Conduire des chariots élévateurs/);
    expect(said).toMatch(/entrées\/sorties à dates fixes 0/);
    expect(said).toContain("25/06/2027");
    const [, xml = ""] = /<pre[^>]*>([\s\S]*?)<\/pre>/.exec(html) ?? [];
    expect(xml.match(/&lt;session numero=/g)).toHaveLength(1);
    expect(xml).toMatch(/^\s*&lt;formation numero=(&quot;|")72_A1/);
  });

  test("says so when it is not in the feed, or when the file is gone", async () => {
    expect(texte((await lecteur.get("/ou/session/A2-00/apercu/rco")).html)).toContain(
      "Cette session n'est pas dans le flux actuel de ce profil.",
    );
  });
});
