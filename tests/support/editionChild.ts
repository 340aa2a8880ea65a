import { connect } from "../../src/db/index.ts";
import { publish } from "../../src/edition/index.ts";
import { PROFILS } from "../../src/feed/index.ts";
import { writeVersions } from "../../src/published/index.ts";
import { openStore, StoreError } from "../../src/snapshot/index.ts";
import { startXsd } from "../../src/validation/index.ts";

/**
 * Éditions in a process of its own, one after the other and each with something new, to be killed:
 * `node --import tsx editionChild.ts <database> <store> [count]`. Says in JSON lines when each one starts, ends or fails.
 */
const [databaseUrl = "", dir = "", count = "1000"] = process.argv.slice(2);
const say = (line: object) => process.stdout.write(`${JSON.stringify(line)}\n`);
const db = connect(databaseUrl, { max: 3 });
const xsd = startXsd();
const store = await openStore(dir);
const profils = PROFILS.filter(({ id }) => id === "rco" || id === "francetravail");

for (let rank = 0; rank < Number(count); rank += 1) {
  await somethingNew(rank);
  say({ debut: rank });
  try {
    const bilan = await publish(db, { profils, base: "72", store, xsd });
    say({ fin: rank, edition: bilan.edition });
  } catch (error) {
    const { name, message } = error as Error;
    say({ echec: name, message, faute: error instanceof StoreError ? error.fault : undefined });
  }
}
await xsd.close();
await db.destroy();

async function somethingNew(rank: number): Promise<void> {
  await db.transaction(async (trx) => {
    const [row] = await trx("published_session as s")
      .whereNull("retired_at")
      .orderBy(["numero", { column: "version", order: "desc" }])
      .limit(1);
    const contenu = { ...row.contenu, commentaire: `Essai ${process.pid} ${rank}` };
    await writeVersions(trx, "session", [{ numero: row.numero, contenu }], { origine: "demo" });
  });
}
