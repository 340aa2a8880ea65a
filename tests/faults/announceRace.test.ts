import { expect, test } from "vitest";
import { eligibleAt } from "../../src/calendar/index.ts";
import { announceDeliveries, claim, complete, planDeliveries } from "../../src/delivery/index.ts";
import { readProfils } from "../../src/partner/index.ts";
import { writeVersions } from "../../src/published/index.ts";
import { openStore } from "../../src/snapshot/index.ts";
import { useDatabase } from "../support/database.ts";
import {
  addPartner,
  addProfil,
  deliveriesOf,
  eventually,
  publishFeed,
  useFolder,
} from "../support/diffusion.ts";
import { unOrganisme } from "../support/offre.ts";

const database = useDatabase();
const folder = useFolder();
const DAYS = 24 * 3_600_000;

test("announced from what was read before an édition ended: the date becomes that of what is still to come", async () => {
  const { db } = database;
  await addProfil(db, "kairos", { attente: 3 });
  await addPartner(db, "k", "kairos", { type: "dossier", chemin: folder.dir });
  await publishFeed(db, await openStore(folder.dir), "kairos", "A");
  await planDeliveries(db);
  const [first] = await deliveriesOf(db, "k");
  const taken = await claim(db, first?.id ?? "", { worker: "essai", leaseMs: 60_000 });
  if (!("claimed" in taken)) throw new Error(taken.refused);
  await complete(db, taken.claimed, { kind: "depot", nom: "f" }, { hasard: 0.5 });
  const now = async () =>
    (await db.raw<{ rows: { at: Date }[] }>("SELECT horloge() AS at")).rows[0]?.at ?? new Date(0);
  const ago = async (days: number) => new Date((await now()).getTime() - days * DAYS);
  const write = (numero: string, misEnLigneAt: Date) =>
    db.transaction((trx) =>
      writeVersions(trx, "organisme", [{ numero, contenu: unOrganisme() }], {
        origine: "test",
        misEnLigneAt,
      }),
    );
  await db("edition").update({ horloge: await ago(15) });
  await write("OF1", await ago(14));

  // It has read that OF1 may leave, and waits for the partner; meanwhile the édition ends and something newer is published.
  const later = await now();
  const announcing = await db.transaction(async (trx) => {
    await trx.raw("SELECT 1 FROM partner FOR UPDATE");
    const running = announceDeliveries(db);
    await eventually(async () => {
      const { rows } = await db.raw<{ rows: unknown[] }>(
        "SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'",
      );
      return rows.length > 0 ? true : undefined;
    }, "the announcer waits for the partner");
    await db("edition").update({ horloge: await now() });
    await write("OF2", later);
    return { running };
  });
  expect(await announcing.running).toMatchObject([{ act: "annoncer" }]);

  for (let sweep = 1; sweep <= 3; sweep += 1) await announceDeliveries(db);
  const [profil] = await readProfils(db);
  const due = profil === undefined ? undefined : eligibleAt(later, 3, profil.calendrier).at;
  const waiting = (await deliveriesOf(db, "k")).filter(({ etat }) => etat === "scheduled");
  expect(waiting).toMatchObject([{ due_at: due }]);
});
