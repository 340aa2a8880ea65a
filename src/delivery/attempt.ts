import type { Knex } from "knex";
import { monotonic } from "../calendar/index.ts";
import type { Logger } from "../log/index.ts";
import { type Keyring, NO_KEY, openSecrets, type Partner, type Secrets } from "../partner/index.ts";
import type { Store } from "../snapshot/index.ts";
import { phasesJson, startChrono } from "./chrono.ts";
import { type Claimed, claim, type NotClaimed } from "./claim.ts";
import { complete } from "./complete.ts";
import { holdLease } from "./lease.ts";
import { failure, type Outcome } from "./outcome.ts";
import type { Settled } from "./settle.ts";
import { destinationOf, type Push, transportOf } from "./transports/index.ts";

/** What an attempt works with. */
export interface Workshop {
  readonly db: Knex;
  readonly store: Pick<Store, "pathOf">;
  readonly log: Logger;
  /** Who works here, as attempts remember it. */
  readonly worker: string;
  /** How long a claim holds without being renewed, milliseconds. */
  readonly leaseMs: number;
  /** In [0, 1). */
  readonly random: () => number;
  /** What the secrets of partners are read with. */
  readonly keyring: Keyring;
  /** How to reach a partner. */
  readonly transportOf: (partner: Pick<Partner, "transport" | "interne">, secrets: Secrets) => Push;
}

/** What the product works with, but for what is given. */
export function workshop(
  given: Pick<Workshop, "db" | "store" | "log" | "worker"> & Partial<Workshop>,
): Workshop {
  return { leaseMs: 60_000, random: Math.random, keyring: NO_KEY, transportOf, ...given };
}

/** Why nothing was sent, or how it ended. */
export type Attempted =
  | { readonly refused: NotClaimed }
  | { readonly outcome: Outcome; readonly settled: Settled };

/**
 * One attempt of one delivery, from the claim to the record; safe to call for any id, at any time, any number of times.
 * Three steps, and the network is in none of the transactions: claim, send, complete.
 * @throws what the database throws; the delivery is then taken up again once the lease has lapsed
 */
export async function attemptDelivery(shop: Workshop, id: string, signal: AbortSignal): Promise<Attempted> {
  if (signal.aborted) return { refused: "prise" };
  const taken = await claim(shop.db, id, shop);
  if ("refused" in taken) return taken;
  const { claimed } = taken;
  const since = monotonic();
  const lease = holdLease(shop.db, claimed, shop.leaseMs, signal);
  try {
    const chrono = startChrono();
    const outcome = await push(shop, claimed, { ...lease, chrono });
    const measured = { octets: claimed.fichier.octets, ms: Math.round(monotonic() - since) };
    const vers = destinationOf(claimed.partner.transport);
    const detail = { ...measured, vers, phases: phasesJson(chrono.phases()) };
    const settled = await insist(shop, () =>
      complete(shop.db, claimed, outcome, { hasard: shop.random(), detail, arret: signal.aborted }),
    );
    report(shop.log, claimed, outcome, settled, measured);
    return { outcome, settled };
  } finally {
    lease.release();
  }
}

/**
 * Records what came back though the database is away for a moment: otherwise a whole file would be sent again. Past the
 * lease it is useless, another worker has taken over.
 */
async function insist<T>({ leaseMs, log }: Workshop, record: () => Promise<T>): Promise<T> {
  const since = monotonic();
  for (let pause = leaseMs / 60; ; pause *= 2) {
    try {
      return await record();
    } catch (error) {
      if (monotonic() - since + pause > leaseMs) throw error;
      log.warn({ err: error }, "delivery.record_failed");
      await new Promise((resolve) => setTimeout(resolve, pause));
    }
  }
}

async function push(
  { store, keyring, transportOf: way }: Workshop,
  { id, epoch, instant, partner, scelles, fichier, formations, sessions }: Claimed,
  conduct: Parameters<Push>[1],
): Promise<Outcome> {
  const path = store.pathOf(fichier.sha256Xml, fichier.gzip ? "xml.gz" : "xml");
  try {
    const secrets = openSecrets(keyring, partner.id, scelles);
    if ("message" in secrets) return failure("secret_indisponible", secrets.message);
    return await way(partner, secrets)(
      {
        id,
        epoch,
        instant,
        profil: partner.profil,
        sha256Xml: fichier.sha256Xml,
        formations,
        sessions,
        fichier: { ...fichier, path },
      },
      conduct,
    );
  } catch (error) {
    // A transport answers by a value; one that throws is a fault of ours, which must not leave the delivery hanging.
    return failure(
      "connexion_coupee",
      `Défaut de l'envoi : ${error instanceof Error ? error.message : String(error)}`,
    );
  }
}

/** One line per attempt, with every id. */
function report(
  log: Logger,
  { id, epoch, partner }: Claimed,
  outcome: Outcome,
  settled: Settled,
  detail: Readonly<Record<string, unknown>>,
): void {
  const status = outcome.kind === "depot" ? undefined : outcome.status;
  const what = { delivery: id, epoch, partner: partner.id, status, ...detail };
  if (!settled.taken) {
    log.warn({ ...what, kind: outcome.kind }, "delivery.late");
    return;
  }
  const { decision, supersededBy } = settled;
  const etat = supersededBy === undefined ? decision.etat : "superseded";
  const line = { ...what, issue: decision.issue, etat };
  if (decision.etat === "accepted") log.info(line, "delivery.attempted");
  else
    log.warn(
      { ...line, message: outcome.kind === "echec" ? outcome.message : undefined },
      "delivery.attempted",
    );
}
