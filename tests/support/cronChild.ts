import type { Job } from "../../src/cron/index.ts";
// Not by the index, which loads all the jobs of the product: the process must start fast.
import { startCron } from "../../src/cron/start.ts";
import { connect } from "../../src/db/index.ts";
import { noTools } from "./cron.ts";

/**
 * Jobs in a process of their own, to be killed: `node --import tsx cronChild.ts <database> <lease ms> <horaire> [hang]`.
 * Each run leaves a row in `essai`; with `hang` it never ends.
 */
const [databaseUrl = "", leaseMs = "1000", horaire = "* * * * *", hang] = process.argv.slice(2);
const db = connect(databaseUrl, { max: 4 });
const job: Job = {
  id: "essai",
  description: "Laisse une ligne à chaque passage",
  horaire,
  rattrapage: "tous",
  async run({ slot }) {
    await db("essai").insert({ slot, pid: process.pid });
    if (hang !== undefined) await new Promise(() => undefined);
    return { pid: process.pid };
  },
};
startCron({ outils: noTools(db), jobs: [job], tickMs: 30, leaseMs: Number(leaseMs) });
