import type { Knex } from "knex";
import type { z } from "zod";
import { zProfil } from "../../src/feed/index.ts";
import { seedProfils, zTransport } from "../../src/partner/index.ts";
import { insertSnapshot, type Store } from "../../src/snapshot/index.ts";

const PROFIL = "banc";

/** What the partners of a bench are sent. */
export interface Feed {
  readonly snapshotId: number;
  /** Of the gzipped bytes, as they leave. */
  readonly sha256: string;
}

/** Partners `p0`, `p1`… of one profile, without a file behind their feed. `{partner}` in the address is replaced. */
export async function seedPartners(
  db: Knex,
  count: number,
  transport: z.input<typeof zTransport>,
): Promise<Feed> {
  await seedProfils(db, [
    zProfil.parse({
      id: PROFIL,
      nom: "Banc",
      mode: ["push"],
      visibilite: 1,
      perimetre: { voies: ["formation_continue"] },
    }),
  ]);
  await db.raw(
    `INSERT INTO partner (id, nom, profil, transport, interne)
     SELECT 'p' || n, 'Banc ' || n, ?, replace(?, '{partner}', 'p' || n)::jsonb, true FROM generate_series(0, ?::int - 1) n`,
    [PROFIL, JSON.stringify(zTransport.parse(transport)), count],
  );
  return record(db, "0".repeat(64), "0".repeat(64), 0);
}

let editions = 0;

/** A new content of that profile: a small file, its snapshot and its announcement. */
export async function publishSmall(db: Knex, store: Store): Promise<Feed> {
  editions += 1;
  const file = await store.open();
  await file.write(Buffer.from(`<lheo>${editions} ${"offre ".repeat(300)}</lheo>`));
  const facts = await file.finish();
  await store.place(file, facts);
  return record(db, facts.sha256, facts.sha256Gz, facts.octets, facts.octetsGz);
}

async function record(
  db: Knex,
  sha256: string,
  sha256Gz: string,
  octets: number,
  octetsGz = octets,
): Promise<Feed> {
  return db.transaction(async (trx) => {
    const [edition] = await trx("edition").insert(
      { etat: "faite", horloge: trx.raw("horloge()"), profils: [PROFIL] },
      ["id", "horloge"],
    );
    const at: Date = edition?.horloge;
    const snapshot = await insertSnapshot(trx, Number(edition?.id), undefined, {
      profil: PROFIL,
      file: { sha256, sha256Gz, octets, octetsGz },
      contenuSha256: sha256,
      formations: 1,
      actions: 1,
      sessions: 1,
      formationsEcartees: 0,
      sessionsEcartees: 0,
      completeesParDefaut: {},
      watermark: at,
      xsdVersion: "2.3",
      reglesVersion: "banc",
      createdAt: at,
    });
    await trx("outbox").insert({
      sujet: "snapshot.publie",
      charge: JSON.stringify({ profil: PROFIL, snapshot: snapshot.id }),
    });
    return { snapshotId: snapshot.id, sha256: sha256Gz };
  });
}
