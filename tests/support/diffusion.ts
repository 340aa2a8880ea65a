import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import type { Knex } from "knex";
import { afterAll, beforeAll } from "vitest";
import type { z } from "zod";
import { zProfil } from "../../src/feed/index.ts";
import { createLogger } from "../../src/log/index.ts";
import { seedProfils, upsertPartner, type zPartner } from "../../src/partner/index.ts";
import { insertSnapshot, type Snapshot, type Store } from "../../src/snapshot/index.ts";

/** A journal that nobody reads. */
export const silence = createLogger({ level: "silent" });

/** A folder of its own for a test file, removed afterwards. Call at its top. */
export function useFolder(): { readonly dir: string } {
  let dir = "";
  beforeAll(() => {
    dir = mkdtempSync(path.join(tmpdir(), "offre-info-diffusion-"));
  });
  afterAll(() => rmSync(dir, { recursive: true, force: true }));
  return {
    get dir() {
      return dir;
    },
  };
}

/** A profile like those of the product. */
export async function addProfil(
  db: Knex,
  id: string,
  fields: Partial<z.input<typeof zProfil>> = {},
): Promise<void> {
  const profil = zProfil.parse({
    id,
    nom: `Profil ${id}`,
    mode: ["push", "pull"],
    visibilite: 2,
    acces: "public",
    perimetre: { voies: ["formation_continue"] },
    ...fields,
  });
  await seedProfils(db, [profil]);
}

export async function addPartner(
  db: Knex,
  id: string,
  profil: string,
  transport: z.input<typeof zPartner>["transport"],
  fields: Partial<z.input<typeof zPartner>> = {},
): Promise<void> {
  await upsertPartner(db, { id, nom: `Partenaire ${id}`, profil, transport, interne: true, ...fields });
}

/** A feed that says one word, large enough to be sent in several pieces when asked. */
export function feedXml(word: string, octets = 0): string {
  return `<?xml version="1.0" encoding="UTF-8"?>\n<lheo xmlns="http://lheo.gouv.fr/2.3"><offres><formation><intitule-formation>${word}</intitule-formation>${"<x>remplissage</x>".repeat(octets / 18)}</formation></offres></lheo>\n`;
}

/**
 * What an édition does last: the file in the store, the row of the snapshot and its announcement, in one transaction.
 * @param word content; null: nothing is in scope
 */
export async function publishFeed(
  db: Knex,
  store: Store,
  profil: string,
  word: string | null,
  octets = 0,
): Promise<Snapshot> {
  return publishXml(db, store, profil, word === null ? null : feedXml(word, octets), word ?? "vide");
}

/** The same with a document of one's own. @param contenu what tells this content from another */
export async function publishXml(
  db: Knex,
  store: Store,
  profil: string,
  xml: string | null,
  contenu: string,
): Promise<Snapshot> {
  const file = xml === null ? null : await placeFeed(store, xml);
  const records = xml === null ? 0 : 1;
  return db.transaction(async (trx) => {
    const [edition] = await trx("edition").insert(
      { etat: "faite", horloge: trx.raw("horloge()"), profils: [profil] },
      ["id", "horloge"],
    );
    const at: Date = edition?.horloge;
    const snapshot = await insertSnapshot(trx, Number(edition?.id), undefined, {
      profil,
      file,
      contenuSha256: contenu,
      formations: records,
      actions: records,
      sessions: records,
      formationsEcartees: 0,
      sessionsEcartees: 0,
      completeesParDefaut: {},
      watermark: at,
      xsdVersion: "2.3",
      reglesVersion: "essai",
      createdAt: at,
    });
    await trx("outbox").insert({
      sujet: "snapshot.publie",
      charge: JSON.stringify({ snapshot: snapshot.id, profil }),
    });
    return snapshot;
  });
}

async function placeFeed(store: Store, xml: string) {
  const file = await store.open();
  await file.write(Buffer.from(xml));
  const facts = await file.finish();
  await store.place(file, facts);
  return facts;
}

/** Waits until something is seen; fails with the last thing that was not it. */
export async function eventually<T>(
  look: () => Promise<T | undefined> | T | undefined,
  what: string,
  ms = 20_000,
): Promise<T> {
  const until = performance.now() + ms;
  for (;;) {
    const seen = await look();
    if (seen !== undefined) return seen;
    if (performance.now() > until) throw new Error(`never came: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

export interface DeliveryRow {
  readonly id: string;
  readonly partner: string;
  readonly snapshot_id: number;
  readonly sha256: string | null;
  readonly etat: string;
  readonly motif: string | null;
  readonly due_at: Date;
  readonly epoch: number;
  readonly echecs: number;
  readonly superseded_by: string | null;
}

/** Deliveries of a partner, in the order they were made. */
export async function deliveriesOf(db: Knex, partner: string): Promise<DeliveryRow[]> {
  return db<DeliveryRow>("delivery").where({ partner }).orderBy(["created_at", "id"]);
}

export async function attemptsOf(
  db: Knex,
  id: string,
): Promise<
  { epoch: number; issue: string | null; http_status: number | null; detail: Record<string, unknown> }[]
> {
  return db("attempt").where({ delivery_id: id }).orderBy("epoch");
}
