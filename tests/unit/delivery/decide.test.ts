import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  type Answer,
  BACKOFF,
  backoff,
  type Circumstances,
  decide,
  deliveryId,
  ECHECS,
  failure,
  LONGEST_WAIT,
  retryAfter,
} from "../../../src/delivery/index.ts";

const NOW = new Date("2026-11-24T08:30:15Z");
const AT: Circumstances = {
  echecs: 0,
  dejaRecu: [],
  surInconnue: "renvoyer" as const,
  maintenant: NOW,
  hasard: 0.5,
};

const answer = (status: number, fields: Partial<Answer> = {}): Answer => ({
  kind: "reponse",
  status,
  body: "",
  cut: false,
  ...fields,
});

describe("what an answer means", () => {
  test.each([200, 201, 202, 204, 299])("%i is accepted", (status) => {
    expect(decide(answer(status), AT)).toEqual({ etat: "accepted", issue: "acceptee" });
  });

  test.each([409, 412])("%i is accepted only where the partner says so", (status) => {
    expect(decide(answer(status), { ...AT, dejaRecu: [status] })).toEqual({
      etat: "accepted",
      issue: "deja_recue",
    });
    expect(decide(answer(status), AT)).toMatchObject({ etat: "dead", issue: "refusee" });
  });

  test.each([408, 425, 429, 500, 502, 503, 504, 599])("%i is tried again", (status) => {
    expect(decide(answer(status), AT)).toEqual({
      etat: "retry",
      issue: "temporaire",
      delai: 60_000,
      compte: true,
    });
  });

  test.each([401, 403])("%i pauses the partner and keeps the delivery", (status) => {
    expect(decide(answer(status), AT)).toMatchObject({
      etat: "retry",
      issue: "non_autorisee",
      partenaire: { etat: "en_pause" },
    });
  });

  test("410 disables the partner", () => {
    expect(decide(answer(410), AT)).toMatchObject({
      etat: "dead",
      issue: "disparue",
      partenaire: { etat: "desactive" },
    });
  });

  test.each([301, 302, 303, 307, 308])("%i is never followed", (status) => {
    expect(decide(answer(status), AT)).toMatchObject({ etat: "dead", issue: "redirection" });
  });

  test.each([400, 404, 405, 411, 413, 415, 422, 451])("%i is final, with the partner's words", (status) => {
    const decision = decide(answer(status, { body: "SIRET\n inconnu" }), AT);
    expect(decision).toMatchObject({ etat: "dead", issue: "refusee" });
    expect("motif" in decision && decision.motif).toContain(`${status} : « SIRET inconnu »`);
  });

  test("what vanished, or was cut by a stop, comes back at once and is not the partner's failure", () => {
    for (const classe of ["interrompue", "inconnue"] as const)
      expect(decide(failure(classe, ""), { ...AT, echecs: 99, arret: true })).toEqual({
        etat: "retry",
        issue: classe,
        delai: 0,
        compte: false,
      });
  });

  test("what was cut though nobody asked comes back a little later, and is not the partner's failure", () => {
    expect(decide(failure("interrompue", ""), { ...AT, echecs: 99 })).toEqual({
      etat: "retry",
      issue: "interrompue",
      delai: 30_000,
      compte: false,
    });
  });

  test("a partner that wants no doubt has its delivery held when nobody knows the outcome", () => {
    const when = { ...AT, surInconnue: "retenir" } as const;
    expect(decide(failure("inconnue", "Coupé."), when)).toMatchObject({ etat: "held", issue: "inconnue" });
    expect(decide(failure("interrompue", ""), when).etat).toBe("retry");
  });

  test("every outcome has a decision, and only acceptance ends well", () => {
    const outcome = fc.oneof(
      fc.integer({ min: 100, max: 599 }).map((status) => answer(status)),
      fc.constantFrom(...ECHECS).map((classe) => failure(classe, "essai")),
      fc.constant({ kind: "depot", nom: "f" } as const),
    );
    const circumstances = fc.record({
      echecs: fc.nat(20),
      dejaRecu: fc.subarray([409, 412]),
      surInconnue: fc.constantFrom("renvoyer", "retenir"),
      maintenant: fc.constant(NOW),
      hasard: fc.double({ min: 0, max: 0.999, noNaN: true }),
    });
    fc.assert(
      fc.property(outcome, circumstances, (what, when) => {
        const decision = decide(what, when);
        const good =
          what.kind === "depot" ||
          (what.kind === "reponse" &&
            (Math.floor(what.status / 100) === 2 || when.dejaRecu.includes(what.status)));
        expect(decision.etat === "accepted").toBe(good);
        if (decision.etat === "retry") {
          expect(decision.delai).toBeGreaterThanOrEqual(0);
          expect(decision.delai).toBeLessThanOrEqual(LONGEST_WAIT * 1.2);
          if (decision.compte) expect(when.echecs).toBeLessThan(BACKOFF.length);
        }
      }),
    );
  });
});

describe("waits", () => {
  test("each failure waits longer, spread over 20 % either side, then it is given up", () => {
    expect(backoff(1, 0)).toBe(48_000);
    expect(backoff(1, 0.999_999)).toBeCloseTo(72_000, -1);
    expect(backoff(BACKOFF.length, 0.5)).toBe(24 * 3_600_000);
    expect(backoff(BACKOFF.length + 1, 0.5)).toBeUndefined();
    expect([...BACKOFF].sort((a, b) => a - b)).toEqual(BACKOFF);
  });

  test("a delivery that fails once too often is dead and says how it failed", () => {
    const decision = decide(failure("dns", "Le nom n'existe pas."), { ...AT, echecs: BACKOFF.length });
    expect(decision).toMatchObject({ etat: "dead", issue: "dns" });
    expect("motif" in decision && decision.motif).toContain("Le nom n'existe pas.");
  });

  test.each([
    ["120", 120_000],
    [" 0 ", 0],
    ["99999999999999999999", LONGEST_WAIT],
    ["Tue, 24 Nov 2026 08:40:15 GMT", 600_000],
    ["Tue, 24 Nov 2020 08:40:15 GMT", 0],
    ["Sun, 24 Nov 2036 08:40:15 GMT", LONGEST_WAIT],
    ["-5", undefined],
    ["bientôt", undefined],
    ["1.5", undefined],
    ["", undefined],
    [undefined, undefined],
  ])("Retry-After %j", (header, expected) => {
    expect(retryAfter(header, NOW)).toBe(expected);
  });

  test("Retry-After makes the wait longer, never shorter", () => {
    expect(decide(answer(429, { retryAfter: "3600" }), AT)).toMatchObject({ delai: 3_600_000 });
    expect(decide(answer(429, { retryAfter: "1" }), AT)).toMatchObject({ delai: 60_000 });
  });

  test("a date is read on the partner's own clock when it gave it", () => {
    const theirs = { retryAfter: "Tue, 24 Nov 2026 12:00:00 GMT", date: "Tue, 24 Nov 2026 11:00:00 GMT" };
    expect(decide(answer(503, theirs), AT)).toMatchObject({ delai: 3_600_000 });
  });
});

test("ids sort by date and fit a job id", () => {
  const partner = fc.stringMatching(/^[a-z][a-z0-9-]{0,10}$/);
  const when = fc.date({ min: new Date("2000-01-01"), max: new Date("2199-12-31"), noInvalidDate: true });
  fc.assert(
    fc.property(partner, when, when, (who, a, b) => {
      const [first, second] = [deliveryId(a, who, "0a1b2c"), deliveryId(b, who, "0a1b2c")];
      expect(first).toMatch(/^\d{8}T\d{6}Z-[a-z0-9-]+-[0-9a-f]{6}$/);
      if (Math.floor(a.getTime() / 1000) < Math.floor(b.getTime() / 1000)) expect(first < second).toBe(true);
    }),
  );
});
