import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import type { TestProject } from "vitest/node";
import { connect, migrate, startEmbedded } from "../../src/db/index.ts";
import { TEMPLATE, urlOf } from "./urls.ts";

declare module "vitest" {
  export interface ProvidedContext {
    /** The embedded server of this run, on its maintenance database. */
    postgresUrl: string;
  }
}

/** One server for the whole run, with a migrated template from which each test file clones its own database. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const dir = mkdtempSync(path.join(tmpdir(), "offre-info-tests-"));
  const server = await startEmbedded({ dir, ephemeral: true });
  const admin = connect(server.url, { max: 1 });
  await admin.raw(`CREATE DATABASE ${TEMPLATE}`);
  await admin.destroy();
  const template = connect(urlOf(server.url, TEMPLATE), { max: 1 });
  await migrate(template);
  await template.destroy();
  project.provide("postgresUrl", server.url);
  return async () => {
    await server.stop();
    rmSync(dir, { recursive: true, force: true });
  };
}
