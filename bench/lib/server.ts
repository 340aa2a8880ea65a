import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { type DemoSize, loadDemo } from "../../fixtures/demo/index.ts";
import { connect, migrate, startEmbedded } from "../../src/db/index.ts";
import { urlOf } from "../../tests/support/urls.ts";

/** A PostgreSQL of its own and a folder, both gone afterwards. */
export interface Atelier {
  readonly dossier: string;
  /** The server itself, for databases of another make. */
  readonly server: string;
  /** A database with the demo of that size, loaded. */
  database(size: DemoSize): Promise<string>;
}

export async function withAtelier(use: (atelier: Atelier) => Promise<void>): Promise<void> {
  const dossier = await mkdtemp(path.join(tmpdir(), "offre-info-banc-"));
  try {
    const server = await startEmbedded({ dir: path.join(dossier, "pg"), ephemeral: true });
    try {
      await use({ dossier, server: server.url, database: (size) => demoDatabase(server.url, size) });
    } finally {
      await server.stop();
    }
  } finally {
    await rm(dossier, { recursive: true, force: true });
  }
}

async function demoDatabase(server: string, size: DemoSize): Promise<string> {
  const url = await freshDatabase(server, `banc_${size}`);
  const db = connect(url, { max: 1 });
  try {
    await loadDemo(db, size);
    // What a first reading would do for itself otherwise: hint bits, and the visibility of the pages.
    for (const kind of ["organisme", "action", "session", "certification", "habilitation"]) {
      await db.raw(`VACUUM published_${kind}`);
    }
  } finally {
    await db.destroy();
  }
  return url;
}

/** A migrated database that nobody has used. */
export async function freshDatabase(server: string, name: string): Promise<string> {
  const admin = connect(server, { max: 1 });
  try {
    await admin.raw("CREATE DATABASE ??", [name]);
  } finally {
    await admin.destroy();
  }
  const url = urlOf(server, name);
  const db = connect(url, { max: 1 });
  try {
    await migrate(db);
  } finally {
    await db.destroy();
  }
  return url;
}
