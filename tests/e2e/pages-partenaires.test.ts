import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createKey } from "../../src/access/index.ts";
import { keyOf, upsertPartner, writeSecret } from "../../src/partner/index.ts";
import { useDatabase } from "../support/database.ts";
import { addPartner, eventually } from "../support/diffusion.ts";
import { useOffreDiffusee } from "../support/offreDiffusee.ts";
import { texte, useSite, type Visitor } from "../support/site.ts";

/** Partners: what is shown of them, what may be tried, and what pausing one does. */
const database = useDatabase();
const offre = useOffreDiffusee(database);
const KEYRING = [keyOf(Buffer.alloc(32, 7))];
const site = useSite(database, () => ({ outils: { ...offre.outils, keyring: KEYRING } }));
const people: Record<string, Visitor> = {};
/** What the partner's server saw, and what it answers. */
const seen: { readonly method: string; readonly authorization: string | undefined }[] = [];
let status = 405;
let server: Server;
let url = "";

beforeAll(async () => {
  for (const role of ["lecteur", "operateur", "administrateur"] as const)
    people[role] = await site.visit(role, role);
  server = createServer((request, response) => {
    seen.push({ method: request.method ?? "", authorization: request.headers.authorization });
    response.writeHead(status).end();
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/depot`;
  const { db } = database;
  await addPartner(db, "essai", "rco", {
    type: "https",
    url,
    auth: { type: "bearer" },
    entetes_secrets: ["X-Cle"],
  });
  await writeSecret(db, KEYRING, { partner: "essai", nom: "jeton", texte: "jeton-tres-secret" });
  await createKey(db, { partner: "essai", nom: "serveur de nuit" }, "console:essai");
});
afterAll(() => new Promise<unknown>((resolve) => server.close(resolve)));

const as = (role: string): Visitor => {
  const visitor = people[role];
  if (visitor === undefined) throw new Error(`nobody is ${role}`);
  return visitor;
};
const acts = (): Promise<{ acteur: string; acte: string; motif: string | null }[]> =>
  database.db("audit").where({ objet_type: "partenaire" }).orderBy("id").select("acteur", "acte", "motif");

describe("what is shown", () => {
  test("the list says how it goes with each", async () => {
    const { html } = await as("lecteur").get("/partenaires");
    expect(texte(html)).toMatch(/Partenaire reseau reseau.*actif.*arrivée.*programmée/);
    expect(html).toContain(`/diffusions/${offre.diffusion}`);
  });

  test("one says what it takes, when, and which secrets are there, never their values", async () => {
    const { html } = await as("administrateur").get("/partenaires/essai");
    const said = texte(html);
    expect(said).toContain("formation continue hors alternance");
    expect(said).toContain("Il prend les fichiers à toute heure.");
    expect(said).toMatch(/jeton \(HTTPS bearer\) jeton\s*oui/);
    expect(said).toMatch(/valeur de l'en-tête x-cle entete\.x-cle\s*manque/);
    expect(said).toMatch(/serveur de nuit.*jamais/);
    expect(html).not.toContain("jeton-tres-secret");
    expect((await as("lecteur").get("/partenaires/inconnu")).status).toBe(404);
  });
});

describe("pause", () => {
  test("a lecteur may not, and is not shown how", async () => {
    const { html } = await as("lecteur").get("/partenaires/reseau");
    expect(html).not.toContain("/partenaires/reseau/suspendre");
    for (const path of ["suspendre", "essai", "connexion"])
      expect((await as("lecteur").post(`/partenaires/reseau/${path}`, { motif: "x" })).status).toBe(403);
    expect((await as("operateur").post("/partenaires/reseau/connexion")).status).toBe(403);
  });

  test("an opérateur reads what it does, says why, and it is in the audit; then goes on", async () => {
    const operateur = as("operateur");
    expect(texte((await operateur.get("/partenaires/reseau/suspendre")).html)).toContain(
      "Suspend les envois à reseau",
    );
    const without = await operateur.post("/partenaires/reseau/suspendre", { motif: "  " });
    expect({ status: without.status, said: texte(without.html) }).toMatchObject({
      status: 422,
      said: expect.stringContaining("Donnez un motif"),
    });
    const paused = await operateur.submit("/partenaires/reseau/suspendre", { motif: "maintenance" });
    expect(texte(paused.html)).toMatch(/en pause.*Les envois sont suspendus/);
    expect(texte((await as("lecteur").get("/ou/session/A1-00")).html)).toContain(
      "Les envois à Partenaire reseau sont suspendus (maintenance)",
    );
    const again = await operateur.post("/partenaires/reseau/suspendre", { motif: "encore" });
    expect(again.status).toBe(422);
    await operateur.submit("/partenaires/reseau/reprendre", { motif: "finie" });
    expect((await acts()).slice(-2)).toEqual([
      { acteur: "compte:operateur", acte: "partenaire.suspendre", motif: "maintenance" },
      { acteur: "compte:operateur", acte: "partenaire.reprendre", motif: "finie" },
    ]);
  });
});

describe("trying the connection", () => {
  const tryIt = async (id: string) =>
    texte((await as("administrateur").post(`/partenaires/${id}/connexion`)).html);

  test("says which secret is missing before anything leaves", async () => {
    seen.length = 0;
    expect(await tryIt("essai")).toContain(
      "Le secret « entete.x-cle » de ce destinataire n'est pas enregistré",
    );
    expect(seen).toEqual([]);
  });

  test("asks one thing that changes nothing, with our credentials, and says what came back", async () => {
    const { db } = database;
    await writeSecret(db, KEYRING, { partner: "essai", nom: "entete.x-cle", texte: "autre-secret" });
    seen.length = 0;
    status = 405;
    expect(await tryIt("essai")).toContain("Aucun fichier n'a été envoyé.");
    expect(seen).toEqual([{ method: "HEAD", authorization: "Bearer jeton-tres-secret" }]);
    status = 401;
    expect(await tryIt("essai")).toContain("refuse nos identifiants (401)");
    status = 503;
    expect(await tryIt("essai")).toContain("il est en panne (503)");
    status = 301;
    expect(await tryIt("essai")).toContain("renvoie vers une autre adresse (301)");
    expect((await acts()).at(-1)).toMatchObject({
      acteur: "compte:administrateur",
      acte: "partenaire.essayer_connexion",
    });
  });

  test("a server that is not there, an inside address, a folder", async () => {
    const { db } = database;
    await addPartner(db, "absent", "rco", { type: "https", url: "http://127.0.0.1:9/" });
    expect(await tryIt("absent")).toMatch(/refuse la connexion|injoignable/);
    await upsertPartner(db, {
      id: "dedans",
      nom: "Dedans",
      profil: "rco",
      transport: { type: "https", url: "https://127.0.0.1/" },
    });
    expect(await tryIt("dedans")).toMatch(/interne|interdite|privée/);
    expect(await tryIt("reseau")).toContain("existe et s'écrit");
  });
});

test("a dry run builds and validates what would leave, says what is known to be refused, and sends nothing", async () => {
  const { db } = database;
  const before = await db("delivery").orderBy("id").select("id", "etat");
  await as("operateur").submit("/partenaires/reseau/essai");
  const said = await eventually(async () => {
    const text = texte((await as("operateur").get("/partenaires/reseau")).html);
    return text.includes("essai en cours") ? undefined : text;
  }, "the end of the dry run");
  expect(said).toContain("Partiraient maintenant 2 formations et 2 sessions");
  expect(said).toContain("1 session écartée");
  expect(said).toContain("Aucune session refusée à ce jour.");
  expect(await db("delivery").orderBy("id").select("id", "etat")).toEqual(before);
  expect(await db("edition").count({ n: "*" }).first()).toMatchObject({ n: 2 });
});
