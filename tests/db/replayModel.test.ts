import fc from "fast-check";
import { expect, test } from "vitest";
import { verifyAudit } from "../../src/audit/index.ts";
import {
  actOnDelivery,
  advanceReplay,
  confirmReplay,
  pausePartner,
  previewReplay,
  resumePartner,
  type Verb,
  zFiltre,
} from "../../src/delivery/index.ts";
import { useDatabase } from "../support/database.ts";
import { deliveriesOf } from "../support/diffusion.ts";
import { MOI, useScene } from "../support/operateur.ts";

const database = useDatabase();
const scene = useScene(database, []);
/** Rank of a partner of the run. */
type Rank = 0 | 1;
let run = 0;
const idOf = (rank: Rank): string => `p${run}-${rank}`;

type Step =
  | { readonly do: "publish"; readonly word: string | null }
  | { readonly do: "attempt"; readonly partner: Rank; readonly status: number }
  | { readonly do: Verb | "pause" | "resume"; readonly partner: Rank }
  | { readonly do: "replay"; readonly etats: readonly string[] };

const partner = fc.constantFrom<Rank>(0, 1);
const step: fc.Arbitrary<Step> = fc.oneof(
  fc.record({ do: fc.constant("publish" as const), word: fc.constantFrom("A", "B", null) }),
  fc.record({ do: fc.constant("attempt" as const), partner, status: fc.constantFrom(201, 400, 503) }),
  fc.record({
    do: fc.constantFrom(
      "cancel" as const,
      "hold" as const,
      "release" as const,
      "pause" as const,
      "resume" as const,
    ),
    partner,
  }),
  fc.record({
    do: fc.constant("replay" as const),
    etats: fc.constantFrom(
      ["dead", "rejected", "retry"],
      ["accepted"],
      ["scheduled", "held", "superseded", "canceled"],
    ),
  }),
);

async function perform(one: Step): Promise<void> {
  const { db } = database;
  switch (one.do) {
    case "publish":
      await scene.publish(one.word);
      return scene.plan();
    case "attempt":
      // Nothing waits, or not for now: a refused claim is no matter here.
      await scene
        .attempt(idOf(one.partner), one.status)
        .catch((error: Error) => expect(error.message).toMatch(/^not claimed/));
      return scene.plan();
    case "pause":
      return void (await pausePartner(db, { id: idOf(one.partner), ...MOI }));
    case "resume":
      await resumePartner(db, { id: idOf(one.partner), ...MOI });
      return scene.plan();
    case "replay": {
      const shown = await previewReplay(
        db,
        zFiltre.parse({ etats: one.etats, partenaires: [idOf(0), idOf(1)] }),
        MOI.acteur,
      );
      if ("refused" in shown) return;
      const confirmed = await confirmReplay(db, shown.done.jeton, { ...MOI, seuil: 100 });
      if ("done" in confirmed) await advanceReplay(db, confirmed.done.lot);
      return scene.plan();
    }
    default:
      await actOnDelivery(db, one.do, { id: await scene.waiting(idOf(one.partner)), ...MOI });
      // What was held may have become old meanwhile: a release asks for planning, and nothing leaves before it.
      return scene.plan();
  }
}

test("whatever operators do, a partner never has two that wait, and nothing but the current content is on its way to leave", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 8, maxLength: 14 }), async (steps) => {
      run += 1;
      for (const rank of [0, 1] as const) await scene.add(idOf(rank));
      await perform({ do: "publish", word: "A" });
      for (const one of steps) {
        await perform(one);
        const courant = await database
          .db("feed_snapshot")
          .orderBy("id", "desc")
          .first("id", "contenu_sha256");
        for (const id of [idOf(0), idOf(1)]) {
          const waiting = (await deliveriesOf(database.db, id)).filter(({ etat }) =>
            ["scheduled", "retry", "held"].includes(etat),
          );
          expect(waiting.length, JSON.stringify(one)).toBeLessThanOrEqual(1);
          const [next] = waiting;
          if (next === undefined || next.etat === "held") continue;
          const of = await database
            .db("feed_snapshot")
            .where({ id: next.snapshot_id })
            .first("contenu_sha256");
          expect(of).toEqual({ contenu_sha256: courant?.contenu_sha256 });
        }
      }
      await database.db("partner").update({ etat: "desactive" });
    }),
    { numRuns: 8 },
  );
  expect((await verifyAudit(database.db)).rupture).toBeUndefined();
});
