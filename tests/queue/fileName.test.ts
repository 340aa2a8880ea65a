import { expect, test } from "vitest";
import { claim, complete, failure, planDeliveries } from "../../src/delivery/index.ts";
import { openStore } from "../../src/snapshot/index.ts";
import { useDatabase } from "../support/database.ts";
import { addPartner, addProfil, deliveriesOf, publishFeed, useFolder } from "../support/diffusion.ts";

const database = useDatabase();
const folder = useFolder();

test("a file keeps the name of its first attempt, however late it is sent again", async () => {
  const store = await openStore(folder.dir);
  await addProfil(database.db, "rco");
  await addPartner(database.db, "a", "rco", {
    type: "dossier",
    chemin: folder.dir,
    fichier: "{date}-{profil}-{sha8}-{diffusion}.xml",
  });
  await publishFeed(database.db, store, "rco", "A");
  await planDeliveries(database.db);
  const [delivery] = await deliveriesOf(database.db, "a");
  const id = delivery?.id ?? "";
  const attempt = async () => {
    const taken = await claim(database.db, id, { worker: "essai", leaseMs: 60_000 });
    if (!("claimed" in taken)) throw new Error(`not claimed: ${taken.refused}`);
    await complete(database.db, taken.claimed, failure("delai", "essai"), { hasard: 0.5 });
    return taken.claimed;
  };
  const first = await attempt();
  await database.shiftClock("3 days");
  const second = await attempt();
  expect(second.instant.getTime() - first.instant.getTime()).toBeGreaterThan(2 * 86_400_000);
  expect(first.fichier.nom).toMatch(
    new RegExp(`^\\d{8}-rco-${first.fichier.sha256.slice(0, 8)}-${id}\\.xml\\.gz$`),
  );
  expect(second.fichier.nom).toBe(first.fichier.nom);
});
