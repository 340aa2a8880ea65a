import type { Knex } from "knex";
import { afterAll } from "vitest";
import type { Outils } from "../../src/cron/index.ts";
import { claim, complete, type Outcome, planDeliveries } from "../../src/delivery/index.ts";
import type { Bilan } from "../../src/edition/index.ts";
import { PROFILS } from "../../src/feed/index.ts";
import { seedProfils } from "../../src/partner/index.ts";
import { openStore } from "../../src/snapshot/index.ts";
import { startXsd } from "../../src/validation/index.ts";
import { noTools } from "./cron.ts";
import type { TestDatabase } from "./database.ts";
import { addPartner, useFolder } from "./diffusion.ts";
import { type Atelier, edit, of, retire, uneSessionDe, write } from "./garde.ts";
import { uneAction, unOrganisme } from "./offre.ts";
import { useMade } from "./useMade.ts";

/** The day after the first édition. */
const LENDEMAIN = new Date("2026-10-15T06:00:00Z");

export interface OffreDiffusee {
  readonly outils: Outils;
  readonly store: Atelier["store"];
  /** Numbers of the two feeds of `rco`. */
  readonly premier: number;
  readonly second: number;
  /** What `reseau` took first. */
  readonly diffusion: string;
}

/**
 * A small offer that went out once, then changed: two éditions of `rco` and `kairos`, the first taken by the partner
 * `reseau`. Call it at the top of a test file that only reads, or undoes what it does.
 *
 * Then A1-00 ends later and moves, A1-01 is withdrawn, A1 has another objective, A3-00 enters; A2-00 never passed.
 */
export function useOffreDiffusee(database: TestDatabase): OffreDiffusee {
  const folder = useFolder();
  const xsd = startXsd();
  afterAll(() => xsd.close());

  return useMade("the offer", async () => {
    const { db } = database;
    const profils = PROFILS.filter(({ id }) => id === "rco" || id === "kairos");
    await seedProfils(db, profils);
    const store = await openStore(folder.dir);
    const atelier: Atelier = { db, store, xsd };
    await addPartner(db, "reseau", "rco", { type: "dossier", chemin: folder.dir });
    await write(db, "organisme", { OF1: unOrganisme({ nom: "Greta du Sud", siret: "21330063500017" }) });
    await write(db, "action", {
      A1: uneAction({ intitule: "Conduire des chariots élévateurs", validation: "attestation" }),
      A2: uneAction({ intitule: "Anglais professionnel", validation: "attestation" }),
    });
    await write(db, "session", {
      "A1-00": uneSessionDe("A1"),
      "A1-01": uneSessionDe("A1"),
      "A2-00": uneSessionDe("A2", { debut: "20270901" }),
    });
    const first = await edit(atelier, profils);
    await planDeliveries(db);
    const diffusion = await send(db, "reseau", { kind: "depot", nom: "offre-info-rco.xml" });
    await write(
      db,
      "session",
      {
        "A1-00": uneSessionDe("A1", {
          fin: "20270625",
          lieux: [
            {
              principal: true,
              coordonnees: {
                adresse: { lignes: ["12 rue des Lilas"], code_postal: "33000", ville: "Bordeaux" },
              },
            },
          ],
        }),
      },
      "test",
      new Date("2026-10-14T12:00:00Z"),
    );
    await write(
      db,
      "action",
      {
        A1: uneAction({
          intitule: "Conduire des chariots élévateurs",
          validation: "attestation",
          objectif: "Conduire en sécurité",
        }),
        A3: uneAction({ intitule: "Soudure", validation: "attestation" }),
      },
      "test",
      new Date("2026-10-14T12:00:00Z"),
    );
    await write(db, "session", { "A3-00": uneSessionDe("A3") });
    await retire(db, "session", ["A1-01"], "retrait_organisme");
    const second = await edit(atelier, profils, LENDEMAIN);
    await planDeliveries(db);
    return {
      outils: { ...noTools(db), store },
      store,
      premier: snapshotOf(first),
      second: snapshotOf(second),
      diffusion,
    };
  });
}

const snapshotOf = (bilan: Bilan): number => of(bilan, "rco").snapshot?.id ?? 0;

/** Sends what waits for a partner, with what comes of it; gives the delivery. */
export async function send(db: Knex, partner: string, outcome: Outcome): Promise<string> {
  const row = await db("delivery").where({ partner, etat: "scheduled" }).first("id");
  const taken = await claim(db, row?.id ?? "", { worker: "essai", leaseMs: 60_000 });
  if (!("claimed" in taken)) throw new Error(`not claimed: ${taken.refused}`);
  await complete(db, taken.claimed, outcome, { hasard: 0.5 });
  return taken.claimed.id;
}
