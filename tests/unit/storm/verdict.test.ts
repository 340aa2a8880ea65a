import { expect, test } from "vitest";
import { zProfil } from "../../../src/feed/index.ts";
import type { Facts } from "../../storm/facts.ts";
import { judge, type Violations } from "../../storm/verdict.ts";

/** The verdict of a storm sees each kind of fault, and only there. */
const PROFIL = zProfil.parse({
  id: "p",
  nom: "P",
  mode: ["push"],
  attente: 1,
  visibilite: 2,
  perimetre: { voies: ["formation_continue"] },
});
const at = (second: number) => new Date(Date.UTC(2026, 10, 26, 9, 0, second));
const who = { partner: "a", key: "d1", epoch: 1 };

/** One delivery of one partner, as it should be. */
const SOUND: Facts = {
  deliveries: [{ id: "d1", partner: "a", etat: "accepted", snapshot_id: 1, created_at: at(0) }],
  attempts: [{ delivery_id: "d1", epoch: 1, issue: "acceptee" }],
  claims: [{ delivery_id: "d1", epoch: 1, due_at: at(1), snapshot_id: 1, at: at(2), real_at: at(2) }],
  clock: [{ real_at: at(0), ahead: 0 }],
  partners: [{ id: "a", etat: "actif", profil: "p" }],
  snapshots: [{ id: 1, profil: "p", contenu_sha256: "c1", sha256: "x1", sha256_gz: "z1" }],
  publishedAt: new Map([["[A1 v1]", new Date(Date.UTC(2026, 10, 24, 9))]]),
  unplanned: 0,
  lines: [
    { step: "request", at: at(3).getTime(), ...who },
    { step: "received", at: at(4).getTime(), ...who, sha256: "z1", marks: ["[A1 v1]"] },
    { step: "accepted", at: at(4).getTime(), ...who, sha256: "z1" },
  ],
  folders: new Map(),
};
const second = { ...who, key: "d2" };

test("a sound storm has nothing to say", () => {
  expect(Object.values(judge(SOUND, [PROFIL])).flat()).toEqual([]);
});

test.each<[string, keyof Violations, Partial<Facts>]>([
  [
    "one that did not end",
    "undelivered",
    { deliveries: SOUND.deliveries.map((row) => ({ ...row, etat: "retry" })) },
  ],
  ["one that we believe accepted", "undelivered", { lines: SOUND.lines.slice(0, 2) }],
  [
    "one given up without a refusal",
    "undelivered",
    { deliveries: SOUND.deliveries.map((row) => ({ ...row, etat: "dead" })) },
  ],
  ["an attempt without an end", "undelivered", { attempts: [{ delivery_id: "d1", epoch: 1, issue: null }] }],
  ["an announcement left", "undelivered", { unplanned: 1 }],
  [
    "a partner without the newest content",
    "undelivered",
    {
      snapshots: [
        ...SOUND.snapshots,
        { id: 2, profil: "p", contenu_sha256: "c2", sha256: "x2", sha256_gz: "z2" },
      ],
    },
  ],
  ["a partner left disabled", "undelivered", { partners: [{ id: "a", etat: "desactive", profil: "p" }] }],
  ["a claim before its date", "early", { claims: SOUND.claims.map((one) => ({ ...one, due_at: at(3) })) }],
  [
    "a request before its claim",
    "early",
    { claims: SOUND.claims.map((one) => ({ ...one, real_at: at(5) })) },
  ],
  ["a version before the end of its wait", "early", { publishedAt: new Map([["[A1 v1]", at(0)]]) }],
  ["a version that nobody published", "early", { publishedAt: new Map() }],
  ["a request without an attempt", "untraced", { attempts: [] }],
  ["two requests of one attempt", "untraced", { lines: [...SOUND.lines, ...SOUND.lines.slice(0, 1)] }],
  ["an attempt that was never claimed", "untraced", { claims: [] }],
  [
    "the same content under two keys",
    "doubled",
    {
      deliveries: [
        ...SOUND.deliveries,
        { id: "d2", partner: "a", etat: "accepted", snapshot_id: 1, created_at: at(5) },
      ],
      lines: [...SOUND.lines, { step: "accepted", at: at(8).getTime(), ...second, sha256: "x1" }],
    },
  ],
  [
    "an older content after a newer one",
    "disordered",
    {
      deliveries: [
        ...SOUND.deliveries,
        { id: "d2", partner: "a", etat: "accepted", snapshot_id: 0, created_at: at(5) },
      ],
      lines: [...SOUND.lines, { step: "request", at: at(8).getTime(), ...second }],
    },
  ],
])("%s is seen", (_, kind, changed) => {
  expect(judge({ ...SOUND, ...changed }, [PROFIL])[kind]).not.toEqual([]);
});
