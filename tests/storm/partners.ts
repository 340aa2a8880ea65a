import { mkdirSync } from "node:fs";
import path from "node:path";
import type { Knex } from "knex";
import { setPartnerState, upsertPartner } from "../../src/partner/index.ts";
import type { Kind } from "./manners.ts";
import { PROFILS_STORM } from "./offer.ts";

/** Out of a hundred. */
const SHARES: Readonly<Record<Kind | "dossier", number>> = {
  normal: 35,
  erreur: 9,
  plustard: 8,
  lent: 6,
  goutte: 6,
  sansfin: 5,
  tronque: 5,
  coupe: 6,
  muet: 5,
  dejarecu: 4,
  redirige: 2,
  refuse: 2,
  interdit: 2,
  disparu: 1,
  bombe: 1,
  dossier: 3,
};

/** As its id says: `<kind>-<rank>`. */
export const kindOf = (partner: string): string => partner.split("-")[0] ?? "";

/** Seconds: a partner that does not answer holds a hand for one. */
const DELAIS = { connexion: 3, envoi: 3, entetes: 1, reponse: 0.5 };

/** Adds partners of every kind, each profile in turn; the first ones are those that answer badly. */
export async function addPartners(db: Knex, count: number, sinkUrl: string, dir: string): Promise<void> {
  for (const [rank, kind] of kinds(count).entries()) {
    const id = `${kind}-${rank}`;
    await upsertPartner(db, {
      id,
      nom: `Partenaire ${id}`,
      profil: PROFILS_STORM[rank % PROFILS_STORM.length]?.id ?? "",
      transport: kind === "dossier" ? folder(dir, id) : push(sinkUrl, kind, id, rank),
      interne: true,
    });
  }
}

function folder(dir: string, id: string) {
  mkdirSync(folderOf(dir, id), { recursive: true });
  return { type: "dossier" as const, chemin: folderOf(dir, id) };
}

/** Where a partner of kind `dossier` finds its files. */
export const folderOf = (dir: string, id: string): string => path.join(dir, "depots", id);

function push(sinkUrl: string, kind: Kind, id: string, rank: number) {
  return {
    type: "https" as const,
    url: `${sinkUrl}/${kind}/${id}`,
    delais: DELAIS,
    compression: rank % 3 === 0 ? ("aucune" as const) : ("gzip" as const),
    deja_recu: kind === "dejarecu" ? [409 as const] : [],
  };
}

/** At least one of each, the rest by their shares. */
function kinds(count: number): (Kind | "dossier")[] {
  const all = Object.entries(SHARES) as [Kind | "dossier", number][];
  const wanted = all.flatMap(([kind, share]) => {
    const many = Math.max(1, Math.floor((share * count) / 100));
    return Array.from({ length: kind === "normal" ? 0 : many }, () => kind);
  });
  return Array.from({ length: count }, (_, rank) => wanted[rank] ?? "normal");
}

/** What an operator does after a while: partners that were paused or disabled by their own answer are tried again. */
export async function wakePartners(db: Knex): Promise<number> {
  const asleep: string[] = await db("partner").whereNot({ etat: "actif" }).pluck("id");
  for (const id of asleep) await setPartnerState(db, id, "actif", null);
  return asleep.length;
}
