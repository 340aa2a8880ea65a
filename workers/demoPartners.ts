import path from "node:path";
import type { Knex } from "knex";
import { type DemoPartner, startDemoPartner } from "../fixtures/partners/index.ts";
import type { Config } from "../src/config/index.ts";
import { setAccuses } from "../src/delivery/index.ts";
import type { Logger } from "../src/log/index.ts";
import { upsertPartner } from "../src/partner/index.ts";

/** Profiles whose file is pushed to a partner of this machine, so that a newcomer sees deliveries arrive. */
const PROFILS = ["rco", "kairos", "francetravail"] as const;

/** Starts the local partner that takes the demonstration offer, and makes it known; its port changes at each start. */
export async function startDemoPartners(db: Knex, config: Config, log: Logger): Promise<DemoPartner> {
  const partner = await startDemoPartner({ dir: path.join(config.dataDir, "partenaire-demo"), log });
  for (const profil of PROFILS) {
    await upsertPartner(db, {
      id: `demo-${profil}`,
      nom: `Partenaire de démonstration (${profil})`,
      profil,
      interne: true,
      demo: true,
      transport: { type: "https", url: `${partner.url}/depot/${profil}` },
    });
    await setAccuses(db, `demo-${profil}`, [
      {
        source: { type: "https", dossier: `/retours/${profil}/`, fichiers: "traitement_*.csv" },
        format: "csv",
        champs: { diffusion: "envoi", session: "session", statut: "etat", code: "code", message: "message" },
        statuts: { visible: ["visible"], refusee: ["refusee"] },
      },
    ]);
  }
  return partner;
}
