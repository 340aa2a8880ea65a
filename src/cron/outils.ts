import path from "node:path";
import type { Knex } from "knex";
import { channelsOf } from "../alert/index.ts";
import type { Config } from "../config/index.ts";
import { publish } from "../edition/index.ts";
import type { Logger } from "../log/index.ts";
import { openKeyring, readProfils } from "../partner/index.ts";
import { openStore } from "../snapshot/index.ts";
import { startXsd } from "../validation/index.ts";
import type { Outils } from "./job.ts";

/**
 * What jobs work with, by the settings: the same for a process that lasts and for one run by hand.
 * @throws KeyringError when the key of secrets cannot be read
 */
export async function openOutils(
  db: Knex,
  { config, log }: { readonly config: Config; readonly log: Logger },
): Promise<Outils> {
  const store = await openStore(path.join(config.dataDir, "flux"));
  return {
    db,
    log,
    store,
    channels: channelsOf(config, log),
    keyring: await openKeyring(config),
    base: config.base,
    retentionJours: config.retentionJours,
    alertExpiryWeeks: config.alertExpiryWeeks,
    async editer({ profils, ...options }) {
      const all = await readProfils(db);
      // Compiled for one édition and let go: it holds memory.
      const xsd = startXsd();
      try {
        return await publish(db, {
          ...options,
          profils: profils === undefined ? all : all.filter(({ id }) => profils.includes(id)),
          base: config.base,
          store,
          xsd,
          attendre: true,
        });
      } finally {
        await xsd.close();
      }
    },
  };
}
