import { mkdirSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import path from "node:path";
import { beforeEach, expect, test } from "vitest";
import type { z } from "zod";
import {
  claim,
  complete,
  hasReceiptsToPoll,
  openRetrieval,
  planDeliveries,
  pollReceipts,
  setAccuses,
  type zAccuse,
} from "../../src/delivery/index.ts";
import { zTransport } from "../../src/partner/index.ts";
import { openStore, type Store } from "../../src/snapshot/index.ts";
import { send } from "../support/accuses.ts";
import { useDatabase } from "../support/database.ts";
import { addPartner, addProfil, publishFeed, silence, useFolder } from "../support/diffusion.ts";

/** The two ways in which a receipt comes by itself: in a folder of the partner, or in its answer. */
const database = useDatabase();
const folder = useFolder();
let store: Store;
let retours = "";
let rank = 0;

const CSV: z.input<typeof zAccuse> = {
  source: { type: "dossier", dossier: "retours", fichiers: "cr_*.csv" },
  format: "csv",
  champs: { session: "session", statut: "statut" },
  statuts: { visible: ["visible"], refusee: ["refus"] },
};

beforeEach(async () => {
  await database.clear();
  store = await openStore(folder.dir);
  rank += 1;
  retours = path.join(folder.dir, `partenaire-${rank}`, "retours");
  mkdirSync(retours, { recursive: true });
  await addProfil(database.db, "rco");
  await addPartner(database.db, "a", "rco", { type: "dossier", chemin: path.dirname(retours) });
  await setAccuses(database.db, "a", [CSV]);
});

async function poll() {
  const transport = zTransport.parse({ type: "dossier", chemin: path.dirname(retours) });
  const retrieval = await openRetrieval(
    { transport, interne: true },
    new Map(),
    new AbortController().signal,
  );
  return pollReceipts(database.db, { partner: "a", retrieval, base: "75", log: silence });
}

const leave = (nom: string, text: string, at = 0) => {
  writeFileSync(path.join(retours, nom), text);
  utimesSync(path.join(retours, nom), at, at);
};
const states = async () =>
  (await database.db("session_accuse").orderBy("session")).map(({ session, etat }) => [session, etat]);

test("what was left is taken, oldest first, once; other files are let be", async () => {
  await send(database.db, store, "a", { "001": {}, "002": {} });
  leave("cr_b.csv", "session;statut\n001;refus\n002;visible\n", 1000);
  leave("cr_a.csv", "session;statut\n001;visible\n", 2000);
  leave("autre.txt", "rien");
  expect(await hasReceiptsToPoll(database.db, "a")).toBe(true);
  expect(await poll()).toEqual({ pris: ["cr_b.csv", "cr_a.csv"], deja: 0, echecs: [] });
  expect(await states()).toEqual([
    ["001", "visible"],
    ["002", "visible"],
  ]);
  expect(await poll()).toEqual({ pris: [], deja: 0, echecs: [] });
});

test("a file rewritten is read again, a copy of one is known by its bytes", async () => {
  await send(database.db, store, "a", { "001": {} });
  leave("cr_a.csv", "session;statut\n001;refus\n", 1000);
  await poll();
  leave("cr_a.csv", "session;statut\n001;visible\n", 2000);
  leave("cr_copie.csv", "session;statut\n001;refus\n", 3000);
  expect(await poll()).toEqual({ pris: ["cr_a.csv"], deja: 1, echecs: [] });
  expect(await states()).toEqual([["001", "visible"]]);
  expect(await poll()).toEqual({ pris: [], deja: 0, echecs: [] });
});

test("a file that does not come keeps none of the others, and is asked for again", async () => {
  await send(database.db, store, "a", { "001": {} });
  leave("cr_a.csv", "session;statut\n001;visible\n", 1000);
  leave("cr_perdu.csv", "session;statut\n001;refus\n", 500);
  const transport = zTransport.parse({ type: "dossier", chemin: path.dirname(retours) });
  const real = await openRetrieval({ transport, interne: true }, new Map(), new AbortController().signal);
  const retrieval = {
    list: real.list,
    // Taken away between the listing and the reading.
    read: (chemin: string, most: number) => {
      if (chemin.endsWith("cr_perdu.csv")) rmSync(path.join(retours, "cr_perdu.csv"), { force: true });
      return real.read(chemin, most);
    },
  };
  const polled = await pollReceipts(database.db, { partner: "a", retrieval, base: "75", log: silence });
  expect(polled).toMatchObject({ pris: ["cr_a.csv"], echecs: [expect.stringContaining("cr_perdu.csv")] });
  leave("cr_perdu.csv", "session;statut\n001;refus\n", 500);
  expect(await poll()).toMatchObject({ pris: ["cr_perdu.csv"] });
});

/** A push to `a` that is answered so. @returns its delivery */
async function answered(body: string): Promise<string> {
  await publishFeed(database.db, store, "rco", "A");
  await database.db("feed_presence").insert(
    ["001", "002"].map((session) => ({
      profil: "rco",
      session,
      action: "A1",
      session_version: 1,
      action_version: 1,
      organisme_version: 1,
      fragment_sha256: "x",
      from_snapshot: 1,
    })),
  );
  await database.db("published_session").insert(
    ["001", "002"].map((numero) => ({
      numero,
      version: 1,
      contenu: '{"action":"A1"}',
      contenu_sha256: "x",
      origine: "essai",
      premiere_mise_en_ligne_at: new Date(),
      mis_en_ligne_at: new Date(),
    })),
  );
  await planDeliveries(database.db);
  const { id } = (await database.db("delivery").first("id")) ?? {};
  const taken = await claim(database.db, id, { worker: "essai", leaseMs: 60_000 });
  if (!("claimed" in taken)) throw new Error(`not claimed: ${taken.refused}`);
  await complete(
    database.db,
    taken.claimed,
    { kind: "reponse", status: 200, body, cut: false },
    { hasard: 0.5 },
  );
  return id;
}

test("an answer in the usual shape gives each session its state", async () => {
  await answered(
    JSON.stringify({
      sessions: 2,
      refuses: [{ session: "75_002", code: "E\u0000", message: "SIRET fermé" }],
    }),
  );
  expect(await states()).toEqual([
    ["001", "acquittee"],
    ["002", "refusee"],
  ]);
  expect(await database.db("receipt").orderBy("id")).toMatchObject([
    { etape: "reception", issue: "recue" },
    { etape: "traitement", issue: "partielle", lignes: 1, refusees: 1, reste: "acquittee" },
  ]);
});

test("refusals that are counted and not named leave the others unknown", async () => {
  await answered('{"sessions":2,"refusees":1,"refuses":[]}');
  expect(await states()).toEqual([]);
  expect(await database.db("receipt").where({ etape: "traitement" })).toMatchObject([{ issue: "partielle" }]);
});

test("an answer is read by the mapping of the partner, and may refuse the whole file", async () => {
  const mapped: z.input<typeof zAccuse> = {
    source: { type: "reponse" },
    format: "xml",
    lignes: "cr/rejet",
    champs: { session: "@num", code: "@code" },
    reste: "acquittee",
    fichier_refuse: { champ: "/cr/@statut", mots: ["KO"], message: "/cr/texte" },
  };
  await setAccuses(database.db, "a", [mapped]);
  const id = await answered('<cr statut="OK"><rejet num="002" code="E1"/></cr>');
  expect(await states()).toEqual([
    ["001", "acquittee"],
    ["002", "refusee"],
  ]);
  expect(await database.db("delivery").where({ id }).first("etat")).toEqual({ etat: "accepted" });
  await database.clear();
  await addProfil(database.db, "rco");
  await addPartner(database.db, "a", "rco", { type: "dossier", chemin: path.dirname(retours) });
  await setAccuses(database.db, "a", [mapped]);
  const refused = await answered('<cr statut="KO"><texte>cvc-complex-type</texte></cr>');
  expect(await states()).toEqual([]);
  expect(await database.db("delivery").where({ id: refused }).first("etat")).toEqual({ etat: "rejected" });
});
