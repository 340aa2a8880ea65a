import { eligibleAt } from "../../src/calendar/index.ts";
import type { Profil } from "../../src/feed/index.ts";
import type { Facts } from "./facts.ts";

/** What went wrong, one sentence each; all empty when the invariants hold. */
export interface Violations {
  /** I1, I4: not ended, or ended without what the record of the partners says; a partner left without its content. */
  readonly undelivered: readonly string[];
  /** I2: before its date, or a version before the end of its wait. */
  readonly early: readonly string[];
  /** I3: a request without its attempt. */
  readonly untraced: readonly string[];
  /** The same content accepted twice under two keys, with nothing else sent in between. */
  readonly doubled: readonly string[];
  /** An older content begun after a newer one. */
  readonly disordered: readonly string[];
}

const TERMINAL = new Set(["accepted", "dead", "superseded", "canceled", "rejected"]);

/** Compares what the partners saw with what the database says. Pure. */
export function judge(facts: Facts, profils: readonly Profil[]): Violations {
  const { lines } = facts;
  const accepted = lines.filter((line) => line.step === "accepted");
  const deliveries = new Map(facts.deliveries.map((row) => [row.id, row]));
  return {
    undelivered: [...ends(facts, accepted), ...contents(facts, accepted)],
    early: [...dates(facts), ...waits(facts, deliveries, profils)],
    untraced: traces(facts),
    doubled: doubles(facts, accepted),
    disordered: order(facts, deliveries),
  };
}

type Accepted = Extract<Facts["lines"][number], { step: "accepted" }>;
type Deliveries = ReadonlyMap<string, Facts["deliveries"][number]>;

const attemptKey = (id: string, epoch: number) => `${id} ${epoch}`;

/** I1, and the two directions of I4. */
function ends(
  { deliveries, attempts, unplanned, lines, folders }: Facts,
  accepted: readonly Accepted[],
): string[] {
  const taken = new Set([...accepted.map(({ key }) => key)]);
  const refused = new Set(lines.filter(({ step }) => step === "refused").map(({ key }) => key));
  const failed = new Set(
    attempts.filter(({ issue }) => issue !== "acceptee").map(({ delivery_id }) => delivery_id),
  );
  const found: string[] = unplanned > 0 ? [`${unplanned} announcements are not planned`] : [];
  for (const { id, partner, etat } of deliveries) {
    if (!TERMINAL.has(etat)) found.push(`${id} is still ${etat}`);
    else if (
      etat === "accepted" &&
      !taken.has(id) &&
      !(folders.has(partner) || partner.startsWith("dossier"))
    )
      found.push(`${id} is accepted here, not there`);
    else if (etat === "dead" && !refused.has(id)) found.push(`${id} was given up though nobody refused it`);
    else if (taken.has(id) && etat !== "accepted" && !failed.has(id))
      found.push(`${id} is accepted there, ${etat} here`);
  }
  for (const { delivery_id, epoch, issue } of attempts)
    if (issue === null) found.push(`${attemptKey(delivery_id, epoch)} never ended`);
  return found;
}

/** I4: at quiet each partner's last accepted content is its current one. */
function contents({ partners, snapshots, folders }: Facts, accepted: readonly Accepted[]): string[] {
  const current = new Map(snapshots.map((one) => [one.profil, one]));
  const last = new Map(accepted.map(({ partner, sha256 }) => [partner, sha256]));
  for (const [partner, { sha256 }] of folders) last.set(partner, sha256);
  return partners.flatMap(({ id, etat, profil }) => {
    const wanted = current.get(profil);
    const have = snapshots.find((one) => [one.sha256, one.sha256_gz].includes(last.get(id) ?? "rien"));
    if (etat === "actif" && wanted !== undefined && have?.contenu_sha256 === wanted.contenu_sha256) return [];
    return [`${id} (${etat}) has ${have?.id ?? "nothing"}, not ${wanted?.id}`];
  });
}

/** I2 for the date, on both clocks: claimed after it was due, and asked after it was claimed. */
function dates({ claims, lines }: Facts): string[] {
  const early = claims
    .filter(({ at, due_at }) => at < due_at)
    .map((one) => `${attemptKey(one.delivery_id, one.epoch)} was claimed before its date`);
  const claimedAt = new Map(
    claims.map((one) => [attemptKey(one.delivery_id, one.epoch), one.real_at.getTime()]),
  );
  const before = lines.filter(({ step, key, epoch, at }) => {
    const claimed = claimedAt.get(attemptKey(key, epoch));
    return step === "request" && claimed !== undefined && at < claimed - 1;
  });
  return [
    ...early,
    ...before.map(({ key, epoch }) => `${attemptKey(key, epoch)} was asked before it was claimed`),
  ];
}

/** I2 for the versions that the bytes hold. */
function waits(
  { lines, claims, partners, publishedAt }: Facts,
  deliveries: Deliveries,
  profils: readonly Profil[],
): string[] {
  const claimedAt = new Map(claims.map((one) => [attemptKey(one.delivery_id, one.epoch), one.at]));
  const profilOf = new Map(partners.map(({ id, profil }) => [id, profils.find((one) => one.id === profil)]));
  return lines.flatMap((line) => {
    if (line.step !== "received") return [];
    const at = claimedAt.get(attemptKey(line.key, line.epoch));
    const profil = profilOf.get(deliveries.get(line.key)?.partner ?? "");
    return line.marks
      .filter((mark) => {
        const published = publishedAt.get(mark);
        if (at === undefined || profil === undefined || published === undefined) return true;
        return eligibleAt(published, profil.attente, profil.calendrier).at > at;
      })
      .map((mark) => `${attemptKey(line.key, line.epoch)} took ${mark} before its wait was over`);
  });
}

/** I3, and one request per attempt. */
function traces({ lines, attempts, claims }: Facts): string[] {
  const known = new Set(attempts.map(({ delivery_id, epoch }) => attemptKey(delivery_id, epoch)));
  const seen = new Set<string>();
  const found: string[] = [];
  for (const { step, key, epoch, partner } of lines) {
    if (step !== "request") continue;
    const one = attemptKey(key, epoch);
    if (!known.has(one)) found.push(`${one} reached ${partner} without an attempt`);
    if (seen.has(one)) found.push(`${one} reached ${partner} twice`);
    seen.add(one);
  }
  const claimed = new Set(claims.map(({ delivery_id, epoch }) => attemptKey(delivery_id, epoch)));
  return [
    ...found,
    ...[...known].filter((one) => !claimed.has(one)).map((one) => `${one} was never claimed`),
  ];
}

/** A content that a partner accepted is not sent to it again under another key, unless something was tried in between. */
function doubles({ claims, deliveries, snapshots }: Facts, accepted: readonly Accepted[]): string[] {
  const contentOf = new Map(
    snapshots.flatMap((one) => [one.sha256, one.sha256_gz].map((sha) => [sha, one.contenu_sha256] as const)),
  );
  const partnerOf = new Map(deliveries.map(({ id, partner }) => [id, partner]));
  const found: string[] = [];
  for (const [index, line] of accepted.entries()) {
    const before = accepted.slice(0, index).findLast(({ partner }) => partner === line.partner);
    if (before === undefined || before.key === line.key) continue;
    if (contentOf.get(before.sha256) !== contentOf.get(line.sha256)) continue;
    const between = claims.some(
      ({ delivery_id, real_at }) =>
        partnerOf.get(delivery_id) === line.partner &&
        delivery_id !== line.key &&
        real_at.getTime() > before.at &&
        real_at.getTime() < line.at,
    );
    if (!between) found.push(`${line.partner} accepted the same content as ${before.key} under ${line.key}`);
  }
  return found;
}

/** Order per partner: once a newer delivery was begun, no older one begins. */
function order({ lines }: Facts, deliveries: Deliveries): string[] {
  const newest = new Map<string, number>();
  const found: string[] = [];
  for (const { step, key, partner } of lines) {
    const made = deliveries.get(key)?.snapshot_id ?? 0;
    if (step !== "request") continue;
    if (made < (newest.get(partner) ?? 0)) found.push(`${key} began after a newer one of ${partner}`);
    newest.set(partner, Math.max(made, newest.get(partner) ?? 0));
  }
  return found;
}
