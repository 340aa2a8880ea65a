import { readFileSync } from "node:fs";
import path from "node:path";
import type { Knex } from "knex";
import { folderOf, kindOf } from "./partners.ts";
import { type Line, markOf, readRecord } from "./record.ts";

/** All that is left of a storm: the rows of the database, and what the partners wrote down. */
export interface Facts {
  readonly deliveries: readonly {
    readonly id: string;
    readonly partner: string;
    readonly etat: string;
    readonly snapshot_id: number;
    readonly created_at: Date;
  }[];
  readonly attempts: readonly {
    readonly delivery_id: string;
    readonly epoch: number;
    readonly issue: string | null;
  }[];
  /** Each claim, on the clock of the database and on the real one. */
  readonly claims: readonly {
    readonly delivery_id: string;
    readonly epoch: number;
    readonly due_at: Date;
    readonly snapshot_id: number;
    readonly at: Date;
    readonly real_at: Date;
  }[];
  /** How far ahead the clock of the database was from each real instant on, milliseconds. */
  readonly clock: readonly { readonly real_at: Date; readonly ahead: number }[];
  readonly partners: readonly { readonly id: string; readonly etat: string; readonly profil: string }[];
  readonly snapshots: readonly {
    readonly id: number;
    readonly profil: string;
    readonly contenu_sha256: string;
    readonly sha256: string | null;
    readonly sha256_gz: string | null;
  }[];
  /** When each version of an action was published, by its mark in the bytes. */
  readonly publishedAt: ReadonlyMap<string, Date>;
  readonly unplanned: number;
  readonly lines: readonly Line[];
  /** The file that a folder holds and announces, by partner. */
  readonly folders: ReadonlyMap<string, { readonly diffusion: string; readonly sha256: string }>;
}

export async function readFacts(db: Knex, dir: string, record: string): Promise<Facts> {
  const partners = await db("partner").select("id", "etat", "profil");
  const versions = await db("published_action").select("numero", "version", "mis_en_ligne_at");
  const [unplanned] = await db("outbox").whereNull("done_at").count({ count: "*" });
  return {
    deliveries: await db("delivery")
      .select("id", "partner", "etat", "snapshot_id", "created_at")
      .orderBy("created_at"),
    attempts: await db("attempt").select("delivery_id", "epoch", "issue"),
    claims: await db("storm_claim").select(),
    clock: await db("storm_clock")
      .select("real_at", db.raw("extract(epoch FROM ahead)::float8 * 1000 AS ahead"))
      .orderBy("id"),
    partners,
    snapshots: await db("feed_snapshot")
      .select("id", "profil", "contenu_sha256", "sha256", "sha256_gz")
      .orderBy("id"),
    publishedAt: new Map(versions.map((row) => [markOf(row.numero, row.version), row.mis_en_ligne_at])),
    unplanned: Number(unplanned?.count ?? 0),
    lines: readRecord(record),
    folders: new Map(
      partners
        .filter(({ id }) => kindOf(id) === "dossier")
        .flatMap(({ id, profil }) => announced(folderOf(dir, id), id, profil)),
    ),
  };
}

function announced(
  folder: string,
  id: string,
  profil: string,
): [string, { diffusion: string; sha256: string }][] {
  try {
    return [[id, JSON.parse(readFileSync(path.join(folder, `offre-info-${profil}.xml.gz.ok`), "utf8"))]];
  } catch {
    return [];
  }
}
