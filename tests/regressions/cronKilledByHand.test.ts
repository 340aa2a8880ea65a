import { expect, test } from "vitest";
import { DejaEnCours, runByHand } from "../../src/cron/index.ts";
import { noTools, runsOf, unJob } from "../support/cron.ts";
import { useDatabase } from "../support/database.ts";

const database = useDatabase();
const MOI = { acteur: "console:essai", signal: new AbortController().signal };

test("a run by hand that was killed does not stop the next one for ever where nobody runs the timetable", async () => {
  const outils = noTools(database.db);
  const job = unJob(async () => ({ fait: 1 }));
  await runByHand(job, outils, MOI);
  const leave = (lease: string) =>
    database.db("cron_run").update({
      etat: "en_cours",
      lease_until: database.db.raw("horloge() + ?::interval", [lease]),
    });
  await leave("1 minute");
  await expect(runByHand(job, outils, MOI)).rejects.toThrow(DejaEnCours);
  await leave("-1 second");
  expect(await runByHand(job, outils, MOI)).toEqual({ bilan: { fait: 1 } });
  expect((await runsOf(database.db)).map(({ etat }) => etat)).toEqual(["echouee", "faite"]);
});
