import { performance } from "node:perf_hooks";
import { parseArgs } from "node:util";
import type { Knex } from "knex";
import {
  confirmSession,
  createVerificateur,
  readSession,
  saveSession,
  validateSession,
} from "../src/catalogue/index.ts";
import { connect } from "../src/db/index.ts";
import { PROFILS } from "../src/feed/index.ts";
import { seedProfils } from "../src/partner/index.ts";
import { loadStructures, OF } from "../tests/support/catalogue.ts";
import { fillAction } from "./lib/fillAction.ts";
import { freshDatabase, withAtelier } from "./lib/server.ts";
import { median, ratio, say, table, verdict } from "./lib/table.ts";

/**
 * Saving and publishing one session of an action that has 5 of them and of one that has 5 000 (S134): the two take turns
 * in one run, on one database.
 */
const LIMIT = 1.2;
const SIZES = [5, 5_000] as const;

export async function bench(argv: readonly string[]): Promise<void> {
  const { values } = parseArgs({
    args: [...argv],
    options: { tours: { type: "string", default: "60" } },
  });
  await withAtelier(async ({ server }) => {
    const db = connect(await freshDatabase(server, "banc_catalogue"));
    const verificateur = createVerificateur({ base: "75" });
    try {
      await seedProfils(db, PROFILS);
      await loadStructures(db);
      const sessions = [];
      for (const size of SIZES) sessions.push(await fillAction(db, size));
      await db.raw("VACUUM ANALYZE");
      const times: number[][] = SIZES.map(() => []);
      for (let tour = 0; tour < Number(values.tours) + WARM; tour += 1)
        for (const [rank, id] of sessions.entries()) {
          const begun = performance.now();
          await saveAndPublish(db, id, tour);
          if (tour >= WARM) times[rank]?.push(performance.now() - begun);
        }
      report(times);
    } finally {
      await verificateur.close();
      await db.destroy();
    }

    async function saveAndPublish(base: Knex, id: number, tour: number): Promise<void> {
      const found = await readSession(base, OF, id);
      if (found === undefined) throw new Error(`no session ${id}`);
      const contenu = { ...found.session.contenu, commentaire: `Passage ${tour} : deux places de plus.` };
      const saved = await saveSession(base, OF, id, { revision: found.session.revision, contenu });
      if (!("revision" in saved)) throw new Error(JSON.stringify(saved));
      const { revision } = saved;
      const validated = await validateSession(base, verificateur, OF, id, { revision });
      const confirmed = await confirmSession(base, verificateur, OF, id, { revision });
      if ("refus" in validated || "refus" in confirmed)
        throw new Error(JSON.stringify({ validated, confirmed }));
    }
  });
}

/** Rounds that are not counted: the first ones pay for compiled code and cold pages. */
const WARM = 10;

function report(times: readonly (readonly number[])[]): void {
  say("Lire, enregistrer, valider et confirmer une session, vérifications comprises.\n");
  table(
    ["action de", "médiane", "la plus longue"],
    SIZES.map((size, rank) => {
      const of = times[rank] ?? [];
      return [`${size} sessions`, `${median(of).toFixed(1)} ms`, `${Math.max(...of).toFixed(1)} ms`];
    }),
  );
  const [few = [], many = []] = times;
  const found = median(many) / median(few);
  say(`\n${ratio(found)} de 5 à 5 000 sessions`);
  verdict("fois le temps d'une action de 5 sessions", found, LIMIT, "max");
}
