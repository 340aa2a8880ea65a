import type { Knex } from "knex";
import { eligibleAt } from "../../src/calendar/index.ts";
import { publish } from "../../src/edition/index.ts";
import { type Profil, zProfil } from "../../src/feed/index.ts";
import { seedProfils } from "../../src/partner/index.ts";
import { writeVersions } from "../../src/published/index.ts";
import type { Store } from "../../src/snapshot/index.ts";
import type { Xsd } from "../../src/validation/index.ts";
import { uneAction, uneSession, unOrganisme } from "../support/offre.ts";
import { markOf } from "./record.ts";

const ACTIONS = 4;
const LIEU = {
  principal: true,
  coordonnees: { adresse: { lignes: ["12 rue des Lilas"], code_postal: "33600", ville: "Pessac" } },
};

const profil = (id: string, fields: Partial<Profil>): Profil =>
  zProfil.parse({
    id,
    nom: `Profil ${id}`,
    mode: ["push"],
    visibilite: 4,
    perimetre: { voies: ["formation_continue"] },
    ...fields,
  });

/** Destinations of all delays: at once, next working days, at night only. */
export const PROFILS_STORM: readonly Profil[] = [
  profil("aussitot", {}),
  profil("lendemain", { attente: 1 }),
  profil("trois-jours", { attente: 3 }),
  profil("nuit", { calendrier: zProfil.parse(nuit()).calendrier }),
];

function nuit() {
  return {
    id: "nuit",
    nom: "nuit",
    mode: ["push"],
    visibilite: 1,
    perimetre: { voies: ["formation_continue"] },
    calendrier: { fenetres: [{ debut: "22:00", fin: "02:00" }] },
  };
}

/** A small offer that changes, and its feeds. */
export interface Offer {
  /** A new version of one action. */
  change(): Promise<void>;
  /** One édition. */
  publish(): Promise<void>;
  /** Milliseconds until a version that waits may leave, on the clock of the database; undefined when none waits. */
  nextEligible(now: Date): number | undefined;
}

export async function startOffer(db: Knex, store: Store, xsd: Xsd): Promise<Offer> {
  await seedProfils(db, PROFILS_STORM);
  await db.transaction(async (trx) => {
    const origine = { origine: "tempete" };
    await writeVersions(trx, "organisme", [{ numero: "OF1", contenu: unOrganisme() }], origine);
    const ranks = Array.from({ length: ACTIONS }, (_, rank) => rank + 1);
    await writeVersions(
      trx,
      "action",
      ranks.map((rank) => ({ numero: `A${rank}`, contenu: actionOf(rank, 1) })),
      origine,
    );
    const contenu = (rank: number) =>
      uneSession({ action: `A${rank}`, debut: "20270301", fin: "20301218", lieux: [LIEU] });
    await writeVersions(
      trx,
      "session",
      ranks.map((rank) => ({ numero: `S${rank}`, contenu: contenu(rank) })),
      origine,
    );
  });
  const versions = new Map<number, number>();
  /** Of the last change, for each wait. */
  let waits: number[] = [];
  let turn = 0;
  return {
    async change() {
      turn = (turn % ACTIONS) + 1;
      const version = (versions.get(turn) ?? 1) + 1;
      await db.transaction((trx) =>
        writeVersions(trx, "action", [{ numero: `A${turn}`, contenu: actionOf(turn, version) }], {
          origine: "tempete",
        }),
      );
      versions.set(turn, version);
      const row = await db("published_action")
        .where({ numero: `A${turn}` })
        .orderBy("version", "desc")
        .first("mis_en_ligne_at");
      waits = [
        ...waits,
        ...PROFILS_STORM.map(({ attente, calendrier }) =>
          eligibleAt(row?.mis_en_ligne_at, attente, calendrier).at.getTime(),
        ),
      ];
    },
    async publish() {
      await publish(db, { profils: PROFILS_STORM, base: "72", store, xsd, attendre: true });
    },
    nextEligible(now) {
      waits = waits.filter((at) => at > now.getTime());
      return waits.length === 0 ? undefined : Math.min(...waits) - now.getTime();
    },
  };
}

function actionOf(rank: number, version: number) {
  return uneAction({ objectif: `Savoir conduire ${markOf(`A${rank}`, version)}`, validation: "attestation" });
}
