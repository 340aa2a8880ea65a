import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type Act, planOf, type Situation, type Waiting } from "../../../src/delivery/index.ts";

const A = { snapshotId: 1, contenu: "A", vide: false };
const B = { snapshotId: 2, contenu: "B", vide: false };
const VIDE = { snapshotId: 3, contenu: "vide", vide: true };
const nothing = { enAttente: undefined, enVol: undefined, acquis: undefined };
const waiting = (etat: Waiting["etat"], of: typeof A): Waiting => ({ id: "d1", etat, ...of });

describe("what a partner is still to receive", () => {
  test("a first content is scheduled", () => {
    expect(planOf({ ...nothing, courant: A })).toEqual({
      do: "creer",
      etat: "scheduled",
      remplace: undefined,
    });
  });

  test("what it already has is not sent again", () => {
    expect(planOf({ ...nothing, courant: A, acquis: "A" })).toEqual({ do: "rien" });
  });

  test("one that waits takes the newer content and keeps its date", () => {
    expect(planOf({ ...nothing, courant: B, enAttente: waiting("scheduled", A) })).toEqual({
      do: "viser",
      id: "d1",
    });
  });

  test("one that waits for content that came back to what the partner has is dropped", () => {
    expect(planOf({ ...nothing, courant: A, enAttente: waiting("scheduled", B), acquis: "A" })).toEqual({
      do: "remplacer",
      id: "d1",
      par: undefined,
    });
  });

  test("an older content in retry gives way to the newest, the same one goes on", () => {
    expect(planOf({ ...nothing, courant: B, enAttente: waiting("retry", A) })).toEqual({
      do: "creer",
      etat: "scheduled",
      remplace: "d1",
    });
    expect(planOf({ ...nothing, courant: { ...B, contenu: "A" }, enAttente: waiting("retry", A) })).toEqual({
      do: "rien",
    });
  });

  test("while one is on its way only another content is scheduled behind it", () => {
    const enVol = { id: "d0", contenu: "A" };
    expect(planOf({ ...nothing, courant: A, enVol })).toEqual({ do: "rien" });
    expect(planOf({ ...nothing, courant: B, enVol })).toEqual({
      do: "creer",
      etat: "scheduled",
      remplace: undefined,
    });
    expect(planOf({ courant: A, enVol, enAttente: waiting("scheduled", B), acquis: undefined })).toEqual({
      do: "remplacer",
      id: "d1",
      par: "d0",
    });
    // What it accepted before does not count: it may just have received something else.
    expect(planOf({ ...nothing, courant: B, enVol, acquis: "B" })).toMatchObject({ do: "creer" });
  });

  test("an empty feed is held, once, until there is one again", () => {
    expect(planOf({ ...nothing, courant: VIDE, enAttente: waiting("scheduled", A) })).toEqual({
      do: "creer",
      etat: "held",
      remplace: "d1",
    });
    expect(planOf({ ...nothing, courant: VIDE, enAttente: waiting("held", VIDE) })).toEqual({ do: "rien" });
    expect(planOf({ ...nothing, courant: A, enAttente: waiting("held", VIDE) })).toEqual({
      do: "creer",
      etat: "scheduled",
      remplace: "d1",
    });
    expect(planOf({ ...nothing, courant: A, enAttente: waiting("held", VIDE), acquis: "A" })).toEqual({
      do: "remplacer",
      id: "d1",
      par: undefined,
    });
  });
});

test("planning twice finds nothing left to do, and what is left always leads to the current content", () => {
  const content = fc.constantFrom("A", "B", "C");
  // A snapshot never changes: its number says its content. Several have the same content; the last two are empty.
  const snapshot = fc.integer({ min: 1, max: 8 }).map((snapshotId) => {
    const vide = snapshotId > 6;
    return { snapshotId, contenu: vide ? "vide" : ("ABC"[snapshotId % 3] as string), vide };
  });
  const situation: fc.Arbitrary<Situation> = fc.record({
    courant: snapshot,
    enAttente: fc.option(
      snapshot.chain((of) =>
        fc
          .constantFrom<Waiting["etat"]>(
            ...(of.vide ? (["held"] as const) : (["scheduled", "retry"] as const)),
          )
          .map((etat) => ({ id: "d1", etat, ...of })),
      ),
      { nil: undefined },
    ),
    enVol: fc.option(
      content.map((contenu) => ({ id: "d0", contenu })),
      { nil: undefined },
    ),
    acquis: fc.option(content, { nil: undefined }),
  });
  fc.assert(
    fc.property(situation, (before) => {
      const after = apply(before, planOf(before));
      expect(planOf(after)).toEqual({ do: "rien" });
      if (after.courant.vide) expect(after.enAttente).toMatchObject({ etat: "held", vide: true });
      else
        expect([after.enAttente?.contenu, after.enVol?.contenu, after.acquis]).toContain(
          after.courant.contenu,
        );
    }),
  );
});

function apply(situation: Situation, act: Act): Situation {
  const { courant } = situation;
  switch (act.do) {
    case "rien":
      return situation;
    case "remplacer":
      return { ...situation, enAttente: undefined };
    case "viser":
      return {
        ...situation,
        enAttente: { id: act.id, etat: situation.enAttente?.etat ?? "scheduled", ...courant },
      };
    case "creer":
      return { ...situation, enAttente: { id: "d2", etat: act.etat, ...courant } };
  }
}
