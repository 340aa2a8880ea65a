import { type Config, embeddedDir } from "../config/index.ts";
import { connect, runningEmbedded } from "../db/index.ts";
import { openKeyring } from "../partner/index.ts";
import type { Check } from "./check.ts";
import { checkDatabase, SCHEMA } from "./database.ts";
import { checkExploitation } from "./exploitation.ts";
import { checkDataDir, checkDisk, checkEmbedded, checkNode, checkXsd } from "./machine.ts";

export type { Check } from "./check.ts";
export { checkDatabase } from "./database.ts";
export { checkExploitation } from "./exploitation.ts";
export { checkDataDir, checkDisk, checkEmbedded, checkNode, checkXsd } from "./machine.ts";

/**
 * Looks at everything that the product needs, changing nothing but the making of the data folder. The database is
 * the one of the settings, or the embedded one when it is running; when it is not, a throw-away one is tried.
 */
export async function examine(
  config: Pick<Config, "databaseUrl" | "dataDir" | "secretsKeys">,
): Promise<Check[]> {
  const machine = [
    checkNode(),
    await checkXsd(),
    await checkDataDir(config.dataDir),
    checkDisk(config.dataDir),
  ];
  const url = config.databaseUrl ?? runningEmbedded(embeddedDir(config));
  if (url === undefined) return [...machine, await checkEmbedded()];
  const db = connect(url, { max: 1, name: "offre-info doctor" });
  try {
    const database = await checkDatabase(db);
    if (!usable(database)) return [...machine, ...database];
    return [...machine, ...database, ...(await checkExploitation(db, await openKeyring(config)))];
  } finally {
    await db.destroy();
  }
}

/** Its tables may be asked. */
function usable(checks: readonly Check[]): boolean {
  return checks.some(({ ok, what }) => ok && what === SCHEMA);
}
