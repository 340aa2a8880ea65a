import { randomBytes } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { attemptDelivery, planDeliveries, workshop } from "../../src/delivery/index.ts";
import { createLogger } from "../../src/log/index.ts";
import {
  type Keyring,
  keyOf,
  listSecrets,
  openKeyring,
  readSecrets,
  removeSecret,
  rotateSecrets,
  type SecretName,
  writeSecret,
} from "../../src/partner/index.ts";
import { openStore } from "../../src/snapshot/index.ts";
import { useDatabase } from "../support/database.ts";
import {
  addPartner,
  addProfil,
  attemptsOf,
  deliveriesOf,
  publishFeed,
  useFolder,
} from "../support/diffusion.ts";

const database = useDatabase();
const folder = useFolder();
const OLD = keyOf(randomBytes(32));
const NEW = keyOf(randomBytes(32));
const VALUE = "mot-de-passe-très-secret";

beforeEach(async () => {
  await database.clear();
  await addProfil(database.db, "rco");
  for (const id of ["a", "b"])
    await addPartner(database.db, id, "rco", { type: "dossier", chemin: "/depot" });
});

const write = (keyring: Keyring, partner: string, nom: SecretName, texte: string) =>
  writeSecret(database.db, keyring, { partner, nom, texte });
const entries = async (keyring: Keyring, partner: string) => {
  const found = await readSecrets(database.db, keyring, partner);
  return "message" in found ? found.message : [...found];
};

describe("in the base", () => {
  test("a secret comes back to its partner, and its row says nothing", async () => {
    await write([OLD], "a", "jeton", "premier");
    await write([OLD], "a", "jeton", VALUE);
    expect(await entries([OLD], "a")).toEqual([["jeton", VALUE]]);
    expect(await entries([OLD], "b")).toEqual([]);
    const [row] = await database.db("partner_secret");
    expect(row.chiffre.includes(Buffer.from(VALUE))).toBe(false);
    const shown = await listSecrets(database.db);
    expect(shown).toEqual([{ partner: "a", nom: "jeton", cleId: OLD.id, updatedAt: expect.any(Date) }]);
    expect(await removeSecret(database.db, "a", "jeton")).toBe(true);
    expect(await removeSecret(database.db, "a", "jeton")).toBe(false);
  });

  test("nothing is written without a key", async () => {
    expect(await write([], "a", "jeton", VALUE)).toBe(false);
    expect(await listSecrets(database.db)).toEqual([]);
  });

  test.each<[string, () => Promise<unknown>, Keyring, RegExp]>([
    ["under another key", async () => undefined, [NEW], /la clé [0-9a-f]{12}, que SECRETS_KEY ne donne pas/],
    ["without any key", async () => undefined, [], /SECRETS_KEY ne donne pas/],
    [
      "moved to another partner",
      () => database.db("partner_secret").update({ partner: "b" }),
      [OLD],
      /abîmé ou déplacé/,
    ],
    [
      "moved to another name",
      () => database.db("partner_secret").update({ nom: "signature" }),
      [OLD],
      /abîmé ou déplacé/,
    ],
    [
      "with one bit changed",
      () =>
        database
          .db("partner_secret")
          .update({ chiffre: database.db.raw("set_bit(chiffre, 230, 1 - get_bit(chiffre, 230))") }),
      [OLD],
      /abîmé ou déplacé/,
    ],
  ])("%s it is not read, and it is said why", async (_, change, keyring, words) => {
    await write([OLD], "a", "jeton", VALUE);
    await change();
    const [{ partner }] = await database.db("partner_secret").select("partner");
    expect(await entries(keyring, partner)).toMatch(words);
  });
});

describe("a change of key", () => {
  test("encrypts again what the old one encrypted, as often as it is called, and says what it could not read", async () => {
    await write([OLD], "a", "jeton", VALUE);
    await write([OLD], "b", "mot_de_passe", VALUE);
    await write([keyOf(randomBytes(32))], "b", "jeton", "perdu");
    const both = [NEW, OLD];
    expect(await entries(both, "a")).toEqual([["jeton", VALUE]]);
    const first = await rotateSecrets(database.db, both);
    expect(first).toMatchObject({ rechiffres: 2, illisibles: [expect.stringContaining("« jeton »")] });
    expect((await rotateSecrets(database.db, both)).rechiffres).toBe(0);
    expect(await entries([NEW], "a")).toEqual([["jeton", VALUE]]);
    expect(await entries([OLD], "a")).toContain("SECRETS_KEY");
  });
});

describe("the keys of an installation", () => {
  let dataDir = "";
  beforeEach(() => {
    dataDir = mkdtempSync(path.join(tmpdir(), "offre-info-cles-"));
  });
  afterEach(() => rmSync(dataDir, { recursive: true }));
  const open = (secretsKeys: readonly Buffer[] = [], databaseUrl?: string) =>
    openKeyring({ secretsKeys, databaseUrl, dataDir });

  test("on the embedded database a key is kept in a file that nobody else reads, the same for all", async () => {
    const all = await Promise.all([open(), open(), open()]);
    expect(new Set(all.flat().map(({ id }) => id)).size).toBe(1);
    expect(statSync(path.join(dataDir, "secrets.key")).mode & 0o777).toBe(0o600);
    // A key of the settings goes first; the one of the file still decrypts.
    expect((await open([NEW.bytes])).map(({ id }) => id)).toEqual([NEW.id, all[0]?.[0]?.id]);
    expect(readFileSync(path.join(dataDir, "secrets.key"), "utf8")).not.toContain(all[0]?.[0]?.id);
  });

  test("on a database of one's own there is none but those of the settings", async () => {
    expect(await open([], "postgres://x")).toEqual([]);
    expect(await open([OLD.bytes], "postgres://x")).toEqual([OLD]);
  });

  test("a file that is not a key is said to be none", async () => {
    writeFileSync(path.join(dataDir, "secrets.key"), "bonjour");
    await expect(open()).rejects.toThrow(/n'est pas une clé de secrets/);
  });
});

test("an attempt sends the secret and keeps it nowhere; without its key it waits and counts for nothing", async () => {
  const { db } = database;
  const store = await openStore(path.join(folder.dir, "flux"));
  const seen: (string | undefined)[] = [];
  const server = createServer((request, response) => {
    seen.push(request.headers.authorization);
    // A partner that shows what it got, and refuses it.
    request.resume().on("end", () => response.writeHead(500).end(JSON.stringify(request.headers)));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/depot`;
  const lines: string[] = [];
  const log = createLogger({ level: "trace", destination: { write: (line) => void lines.push(line) } });
  try {
    await addPartner(db, "a", "rco", { type: "https", url, auth: { type: "bearer" } });
    await write([OLD], "a", "jeton", "jeton-qui-ne-se-montre-pas");
    await publishFeed(db, store, "rco", "A");
    await planDeliveries(db);
    const [delivery] = await deliveriesOf(db, "a");
    const id = delivery?.id ?? "";
    const attempt = (keyring: Keyring) =>
      attemptDelivery(
        workshop({ db, store, log, worker: "essai", keyring, random: () => 0.5 }),
        id,
        new AbortController().signal,
      );

    await attempt([NEW]);
    expect(await deliveriesOf(db, "a")).toMatchObject([{ etat: "retry", echecs: 0 }]);
    expect(seen).toEqual([]);
    await db("delivery")
      .where({ id })
      .update({ due_at: db.raw("horloge()") });
    await attempt([OLD]);
    expect(seen).toEqual(["Bearer jeton-qui-ne-se-montre-pas"]);
    expect(await attemptsOf(db, id)).toMatchObject([
      { issue: "secret_indisponible", detail: { message: expect.stringContaining("SECRETS_KEY") } },
      { issue: "temporaire", http_status: 500, reponse: expect.stringContaining("[caché]") },
    ]);
    expect(await deliveriesOf(db, "a")).toMatchObject([{ etat: "retry", echecs: 1 }]);
    const kept = JSON.stringify([
      await db("attempt"),
      await db("delivery"),
      await db("partner"),
      await db("receipt"),
      lines,
    ]);
    expect(lines.length).toBeGreaterThan(0);
    expect(kept).not.toContain("jeton-qui-ne-se-montre-pas");
  } finally {
    server.closeAllConnections();
    server.close();
  }
});
