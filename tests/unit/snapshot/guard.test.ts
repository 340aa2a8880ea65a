import fc from "fast-check";
import { expect, test } from "vitest";
import { type Garde, PROFILS, zProfil } from "../../../src/feed/index.ts";
import { MOTIFS_DE_RETRAIT } from "../../../src/published/contract/index.ts";
import { CAUSES, phraseRaison, verdictGarde } from "../../../src/snapshot/index.ts";

/** Thresholds as they are when an agency sets nothing. */
const [{ garde: GARDE } = { garde: undefined }] = PROFILS;
const garde = GARDE as Garde;
const none = { avant: 0, sansCause: 0 };

const levels = (verdict: ReturnType<typeof verdictGarde>) =>
  verdict.passe ? [] : verdict.raisons.map(({ niveau }) => niveau);

test("a threshold is exceeded by the share and the number together", () => {
  const of = (sansCause: number, avant: number) =>
    levels(verdictGarde({ profil: { avant, sansCause }, organismes: new Map(), ensemble: none }, garde));
  expect(of(19, 20)).toEqual([]);
  expect(of(20, 400)).toEqual([]);
  expect(of(20, 399)).toEqual(["profil"]);
  expect(of(21, 400)).toEqual(["profil"]);
});

test("one OF that loses most of its sessions is enough, and is named; what vanishes elsewhere is not", () => {
  const organismes = new Map([
    ["OF1", { avant: 12, sansCause: 11 }],
    ["OF2", { avant: 12, sansCause: 6 }],
    ["OF3", { avant: 30, sansCause: 30 }],
  ]);
  const profil = { avant: 10_000, sansCause: 47 };
  const verdict = verdictGarde({ profil, organismes, ensemble: none }, garde);
  expect(verdict.passe ? [] : verdict.raisons.map(({ organisme }) => organisme)).toEqual(["OF3", "OF1"]);

  const ensemble = { avant: 100, sansCause: 90 };
  expect(
    verdictGarde({ profil: { avant: 100, sansCause: 0 }, organismes: new Map(), ensemble }, garde).passe,
  ).toBe(true);
  expect(
    levels(verdictGarde({ profil: { avant: 100, sansCause: 1 }, organismes: new Map(), ensemble }, garde)),
  ).toEqual(["ensemble"]);
});

test("a profile has its own thresholds; the others stay as they are", () => {
  const own = zProfil.parse({ ...PROFILS[0], garde: { profil: { part: 0.5 } } }).garde;
  expect(own).toEqual({ ...garde, profil: { part: 0.5, sessions: 20 } });
  expect(zProfil.safeParse({ ...PROFILS[0], garde: { profil: { part: 2 } } }).success).toBe(false);
});

test("laws: more that vanishes never passes better, a part of 1 never holds, nothing lost always passes", () => {
  const count = fc.integer({ min: 0, max: 5_000 });
  const seuil = fc.record({
    part: fc.double({ min: 0, max: 1, noNaN: true }),
    sessions: fc.integer({ min: 1, max: 200 }),
  });
  fc.assert(
    fc.property(
      count,
      count,
      count,
      fc.record({ profil: seuil, organisme: seuil, ensemble: seuil }),
      (avant, a, b, own) => {
        const weigh = (sansCause: number, garde: Garde) => {
          const seen = { avant, sansCause: Math.min(sansCause, avant) };
          return verdictGarde({ profil: seen, organismes: new Map([["OF", seen]]), ensemble: seen }, garde)
            .passe;
        };
        const [less, more] = a < b ? [a, b] : [b, a];
        const whole = { part: 1, sessions: 1 };
        return (
          (weigh(less, own) || !weigh(more, own)) &&
          weigh(0, own) &&
          weigh(more, { profil: whole, organisme: whole, ensemble: whole })
        );
      },
    ),
  );
});

test("of the withdrawals, only what a synchronisation no longer sees is nobody's act", () => {
  expect(MOTIFS_DE_RETRAIT.filter((motif) => !CAUSES[motif].enregistree)).toEqual(["absent_de_la_source"]);
});

test("a reason says what was seen and what is allowed", () => {
  const said = phraseRaison({
    niveau: "organisme",
    organisme: "OF1",
    avant: 41,
    sansCause: 40,
    seuil: garde.organisme,
  });
  expect(said).toMatch(
    /l'organisme OF1 perdrait 40 de ses 41 sessions \(97,6\s%\).*moins de 10, ou au plus 50\s%/,
  );
});
