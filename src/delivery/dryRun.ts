import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import type { Knex } from "knex";
import { type BuiltFeed, buildFeed } from "../edition/index.ts";
import type { Profil } from "../feed/index.ts";
import type { Xsd } from "../validation/index.ts";
import { knownRefusals, type RefusConnu } from "./receipts/index.ts";

/** What a partner would be sent now. */
export interface EssaiABlanc {
  readonly compte: BuiltFeed["compte"];
  /** Bytes of the XML; 0 when nothing is in scope. */
  readonly octets: number;
  /** By code, the most frequent first. */
  readonly notices: BuiltFeed["notices"];
  /** It already has exactly this: nothing would leave. */
  readonly dejaRecu: boolean;
  readonly refusConnus: { readonly nombre: number; readonly refus: readonly RefusConnu[] };
}

const REFUSALS = 50;

/**
 * Builds and validates what a partner would be sent now, and sends and keeps nothing: its feed as an édition would write
 * it, beside what this partner accepted last and what it is known to refuse.
 * @throws what `buildFeed` throws, the reason of `signal` included
 */
export async function essayerABlanc(
  db: Knex,
  partner: string,
  options: {
    readonly profil: Profil;
    readonly base: string;
    readonly xsd: Xsd;
    readonly signal: AbortSignal;
  },
): Promise<EssaiABlanc> {
  const dir = await mkdtemp(path.join(tmpdir(), "offre-info-essai-"));
  try {
    const { snapshot, compte, notices } = await buildFeed(db, { ...options, dir });
    return {
      compte,
      octets: snapshot.file?.octets ?? 0,
      notices,
      dejaRecu: (await lastAccepted(db, partner)) === snapshot.contenuSha256,
      refusConnus: await knownRefusals(db, partner, REFUSALS),
    };
  } finally {
    await rm(dir, { recursive: true, force: true });
  }
}

/** Content of the last file that the partner took, as it is compared when deliveries are planned. */
async function lastAccepted(db: Knex, partner: string): Promise<string | undefined> {
  const { rows } = await db.raw<{ rows: { contenu: string }[] }>(
    `SELECT s.contenu_sha256 AS contenu FROM delivery d JOIN feed_snapshot s ON s.id = d.snapshot_id
     WHERE d.partner = ? AND d.etat = 'accepted' ORDER BY d.snapshot_id DESC, d.created_at DESC LIMIT 1`,
    [partner],
  );
  return rows[0]?.contenu;
}
