import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type Act, planOf, type Situation, type Waiting } from "../../../src/delivery/index.ts";

const A = { snapshotId: 1, contenu: "A", vide: false };
const B = { snapshotId: 2, contenu: "B", vide: false };
const VIDE = { snapshotId: 3, contenu: "vide", vide: true };
const nothing = {
  enAttente: undefined,
  enVol: undefined,
  acquis: undefined,
  annule: undefined,
  aVenir: false,
};
const plain = { liee: false, rejeu: false, parOperateur: false };
const waiting = (etat: Waiting["etat"], of: typeof A, more: Partial<Waiting> = {}): Waiting => ({
  id: "d1",
  etat,
  ...plain,
  liee: etat === "retry",
  ...of,
  ...more,
});
const announced: Waiting = {
  id: "d1",
  etat: "scheduled",
  snapshotId: undefined,
  contenu: undefined,
  vide: false,
  ...plain,
};
const create = (etat: "scheduled" | "held", remplace?: string, retenue?: "vide" | "operateur") => ({
  do: "creer",
  etat,
  retenue,
  remplace,
});

describe("what a partner is still to receive", () => {
  test("a first content is scheduled", () => {
    expect(planOf({ ...nothing, courant: A })).toEqual(create("scheduled"));
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
    expect(planOf({ ...nothing, courant: B, enAttente: waiting("retry", A) })).toEqual(
      create("scheduled", "d1"),
    );
    expect(planOf({ ...nothing, courant: { ...B, contenu: "A" }, enAttente: waiting("retry", A) })).toEqual({
      do: "rien",
    });
  });

  test("while one is on its way only another content is scheduled behind it", () => {
    const enVol = { id: "d0", contenu: "A" };
    expect(planOf({ ...nothing, courant: A, enVol })).toEqual({ do: "rien" });
    expect(planOf({ ...nothing, courant: B, enVol })).toEqual(create("scheduled"));
    expect(planOf({ ...nothing, courant: A, enVol, enAttente: waiting("scheduled", B) })).toEqual({
      do: "remplacer",
      id: "d1",
      par: "d0",
    });
    // What it accepted before does not count: it may just have received something else.
    expect(planOf({ ...nothing, courant: B, enVol, acquis: "B" })).toMatchObject({ do: "creer" });
  });

  test("an empty feed is held, once, until there is one again", () => {
    expect(planOf({ ...nothing, courant: VIDE, enAttente: waiting("scheduled", A) })).toEqual(
      create("held", "d1", "vide"),
    );
    expect(planOf({ ...nothing, courant: VIDE, enAttente: waiting("held", VIDE) })).toEqual({ do: "rien" });
    expect(planOf({ ...nothing, courant: A, enAttente: waiting("held", VIDE) })).toEqual(
      create("scheduled", "d1"),
    );
    expect(planOf({ ...nothing, courant: A, enAttente: waiting("held", VIDE), acquis: "A" })).toEqual({
      do: "remplacer",
      id: "d1",
      par: undefined,
    });
  });

  test("what is announced waits for its day, and leaves with what is new before", () => {
    expect(planOf({ ...nothing, courant: A, acquis: "A", enAttente: announced })).toEqual({ do: "rien" });
    expect(planOf({ ...nothing, courant: B, acquis: "A", enAttente: announced })).toEqual({
      do: "viser",
      id: "d1",
    });
    expect(
      planOf({ ...nothing, courant: A, enAttente: announced, enVol: { id: "d0", contenu: "A" } }),
    ).toEqual({
      do: "rien",
    });
  });

  test("one that never had anything waits for what comes; one that loses everything is held", () => {
    expect(planOf({ ...nothing, courant: VIDE, aVenir: true })).toEqual({ do: "rien" });
    expect(planOf({ ...nothing, courant: VIDE, aVenir: true, enAttente: announced })).toEqual({ do: "rien" });
    expect(planOf({ ...nothing, courant: VIDE })).toEqual(create("held", undefined, "vide"));
    expect(planOf({ ...nothing, courant: VIDE, aVenir: true, acquis: "A" })).toEqual(
      create("held", undefined, "vide"),
    );
  });

  test("what an operator holds stays held, with the newest content", () => {
    const held = waiting("held", A, { parOperateur: true });
    expect(planOf({ ...nothing, courant: A, enAttente: held })).toEqual({ do: "rien" });
    expect(planOf({ ...nothing, courant: B, enAttente: held })).toEqual({ do: "viser", id: "d1" });
    expect(planOf({ ...nothing, courant: B, enAttente: { ...held, liee: true } })).toEqual(
      create("held", "d1", "operateur"),
    );
    expect(planOf({ ...nothing, courant: VIDE, enAttente: held, acquis: "B" })).toEqual({ do: "rien" });
  });

  test("one held in doubt gives way to newer content, and to nothing else", () => {
    const held = waiting("held", A, { liee: true });
    expect(planOf({ ...nothing, courant: A, enAttente: held })).toEqual({ do: "rien" });
    expect(planOf({ ...nothing, courant: B, enAttente: held })).toEqual(create("scheduled", "d1"));
  });

  test("a replay leaves though the partner has that content, and takes the newest", () => {
    const replay = waiting("scheduled", A, { rejeu: true });
    expect(planOf({ ...nothing, courant: A, enAttente: replay, acquis: "A" })).toEqual({ do: "rien" });
    expect(planOf({ ...nothing, courant: B, enAttente: replay, acquis: "B" })).toEqual({
      do: "viser",
      id: "d1",
    });
  });

  test("content that an operator canceled is not planned again by itself", () => {
    expect(planOf({ ...nothing, courant: A, annule: "A" })).toEqual({ do: "rien" });
    expect(planOf({ ...nothing, courant: B, annule: "A" })).toEqual(create("scheduled"));
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
            ...(of.vide ? (["held"] as const) : (["scheduled", "retry", "held"] as const)),
          )
          .chain((etat) =>
            fc.record({
              id: fc.constant("d1"),
              etat: fc.constant(etat),
              snapshotId: fc.constant(of.snapshotId),
              contenu: fc.constant(of.contenu),
              vide: fc.constant(of.vide),
              liee: etat === "held" && !of.vide ? fc.boolean() : fc.constant(etat === "retry"),
              rejeu: of.vide ? fc.constant(false) : fc.boolean(),
              parOperateur: etat === "held" && !of.vide ? fc.boolean() : fc.constant(false),
            }),
          ),
      ),
      { nil: undefined },
    ),
    enVol: fc.option(
      content.map((contenu) => ({ id: "d0", contenu })),
      { nil: undefined },
    ),
    acquis: fc.option(content, { nil: undefined }),
    annule: fc.constant(undefined),
    aVenir: fc.constant(false),
  });
  fc.assert(
    fc.property(situation, (before) => {
      const after = apply(before, planOf(before));
      expect(planOf(after)).toEqual({ do: "rien" });
      if (after.courant.vide)
        expect(after.enAttente).toSatisfy(
          (one: Waiting) => one.etat === "held" && (one.vide || one.parOperateur),
        );
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
        enAttente: { ...(situation.enAttente ?? announced), ...courant },
      };
    case "creer":
      return {
        ...situation,
        enAttente: {
          id: "d2",
          etat: act.etat,
          ...plain,
          parOperateur: act.retenue === "operateur",
          ...courant,
        },
      };
  }
}
