import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { zCalendrier } from "../../../src/calendar/index.ts";
import { type Choisie, type Destinataire, etatOf, ligneOf } from "../../../src/delivery/index.ts";

const NOW = new Date("2026-11-24T08:30:00Z");
const later = (minutes: number) => new Date(NOW.getTime() + minutes * 60_000);
const calendrier = zCalendrier.parse({});
const soir = zCalendrier.parse({ fenetres: [{ debut: "20:00", fin: "22:00" }] });

const libre: Destinataire = {
  id: "p",
  nom: "P",
  etat: "actif",
  etatMotif: null,
  calendrier,
  pasAvant: undefined,
  horsDemo: false,
  courant: { snapshotId: 7, sha256: "b", contenu: "B", octets: 10 },
  enAttente: undefined,
  enVol: undefined,
  lot: undefined,
};
const choisie = (sha256: string | null = "b"): Choisie => ({ id: "d1", etat: "dead", sha256, rejeu: null });
const attente = (fields: Partial<NonNullable<Destinataire["enAttente"]>> = {}) => ({
  id: "w",
  etat: "scheduled" as const,
  retenue: null,
  dueAt: later(5),
  annoncee: false,
  vide: false,
  ...fields,
});
const ligne = (fields: Partial<Destinataire>, of = [choisie()]) => ligneOf({ ...libre, ...fields }, of, NOW);

describe("what a replay does for one partner", () => {
  test("the same bytes only while they are current, else the latest", () => {
    expect(ligne({})).toMatchObject({ sort: "cree", contenu: "memes_octets", snapshotId: 7, depart: NOW });
    expect(ligne({}, [choisie("a"), choisie("b")])).toMatchObject({
      sort: "cree",
      contenu: "derniers",
      snapshotId: 7,
    });
    expect(ligne({}, [choisie(null)])).toMatchObject({ contenu: "derniers" });
  });

  test("several failed deliveries are one replay", () => {
    const two = [choisie(), { ...choisie("a"), id: "d0", rejeu: "r0" }];
    expect(ligne({}, two)).toMatchObject({ sort: "cree", diffusions: ["d1", "d0"], deja: ["r0"] });
  });

  test("one that waits takes it along; after a failure it leaves sooner", () => {
    expect(ligne({ enAttente: attente() })).toMatchObject({
      sort: "rejoint",
      par: "w",
      avance: undefined,
      depart: later(5),
    });
    const retried = ligne({ enAttente: attente({ etat: "retry", dueAt: later(600) }) });
    expect(retried).toMatchObject({ sort: "rejoint", par: "w", avance: { at: NOW }, depart: NOW });
    expect(
      ligne({ calendrier: soir, enAttente: attente({ etat: "retry", dueAt: later(60) }) }),
    ).toMatchObject({
      avance: undefined,
    });
  });

  test("the same content on its way takes it along, another does not", () => {
    expect(ligne({ enVol: { id: "v", contenu: "B" } })).toMatchObject({ sort: "rejoint", par: "v" });
    expect(ligne({ enVol: { id: "v", contenu: "A" } })).toMatchObject({ sort: "cree" });
  });

  test("what only keeps a place gives it up", () => {
    expect(ligne({ enAttente: attente({ annoncee: true, dueAt: later(5000) }) })).toMatchObject({
      sort: "cree",
      remplace: "w",
    });
    expect(ligne({ enAttente: attente({ etat: "held", retenue: "vide", vide: true }) })).toMatchObject({
      sort: "cree",
      remplace: "w",
    });
  });

  test("it leaves at the next window, once the breaker lets it, or when the partner wakes", () => {
    expect(ligne({ calendrier: soir })).toMatchObject({ depart: new Date("2026-11-24T19:00:00Z") });
    expect(ligne({ pasAvant: later(90) })).toMatchObject({ depart: later(90) });
    const asleep = ligne({ etat: "en_pause", etatMotif: "travaux" });
    expect(asleep).toMatchObject({ sort: "cree", depart: undefined });
    expect(asleep.phrase).toContain("travaux");
  });

  test.each([
    [{ etat: "desactive" as const, etatMotif: "410" }, "deliveries resume p"],
    [{ horsDemo: true }, "démonstration"],
    [{ courant: undefined }, "flux vide"],
    [{ courant: { snapshotId: 8, sha256: null, contenu: "", octets: 0 } }, "flux vide"],
    [{ lot: 3 }, "n° 3"],
    [{ enAttente: attente({ etat: "held", retenue: "operateur" }) }, "deliveries release w"],
  ])("%j: nothing leaves, and it says what to do", (fields, words) => {
    expect(ligne(fields)).toMatchObject({ sort: "refuse", phrase: expect.stringContaining(words) });
  });
});

test("never a second one waits, and nothing but the current content leaves", () => {
  const sha = fc.constantFrom("a", "b", "c");
  const partner = fc.record({
    id: fc.constant("p"),
    nom: fc.constant("P"),
    etat: fc.constantFrom("actif" as const, "en_pause" as const, "desactive" as const),
    etatMotif: fc.option(fc.constant("motif")),
    calendrier: fc.constantFrom(calendrier, soir),
    pasAvant: fc.option(fc.integer({ min: -60, max: 600 }).map(later), { nil: undefined }),
    horsDemo: fc.boolean(),
    courant: fc.option(
      fc.record({ snapshotId: fc.constant(7), sha256: fc.option(sha), contenu: sha, octets: fc.nat() }),
      { nil: undefined },
    ),
    enAttente: fc.option(
      fc.record({
        id: fc.constant("w"),
        etat: fc.constantFrom("scheduled" as const, "retry" as const, "held" as const),
        retenue: fc.constantFrom(null, "operateur" as const, "garde" as const, "inconnue" as const),
        dueAt: fc.integer({ min: -600, max: 6000 }).map(later),
        annoncee: fc.boolean(),
        vide: fc.boolean(),
      }),
      { nil: undefined },
    ),
    enVol: fc.option(fc.record({ id: fc.constant("v"), contenu: sha }), { nil: undefined }),
    lot: fc.option(fc.constant(3), { nil: undefined }),
  });
  const choisies = fc.array(
    fc.record({
      id: fc.constant("d"),
      etat: fc.constant("dead" as const),
      sha256: fc.option(sha),
      rejeu: fc.constant(null),
    }),
    { minLength: 1, maxLength: 4 },
  );
  fc.assert(
    fc.property(partner, choisies, (to, of) => {
      const one = ligneOf(to, of, NOW);
      expect(one.phrase).not.toBe("");
      if (one.sort === "refuse") return;
      expect(to.etat).not.toBe("desactive");
      if (to.etat === "actif") expect(one.depart).toBeDefined();
      else if (one.depart !== undefined) expect(one).toMatchObject({ sort: "rejoint", par: "v" });
      if (one.depart !== undefined) expect(one.depart.getTime()).toBeGreaterThanOrEqual(NOW.getTime());
      if (one.sort === "rejoint") {
        expect([to.enAttente?.id, to.enVol?.id]).toContain(one.par);
        return;
      }
      const real = to.enAttente !== undefined && !to.enAttente.annoncee && !to.enAttente.vide;
      expect(real).toBe(false);
      expect(one.remplace).toBe(to.enAttente?.id);
      expect({ snapshotId: one.snapshotId, sha256: one.sha256 }).toEqual({
        snapshotId: to.courant?.snapshotId,
        sha256: to.courant?.sha256,
      });
      expect(one.contenu === "memes_octets").toBe(of[0]?.sha256 === to.courant?.sha256);
    }),
  );
});

test("a state is asked for by its word, with or without accents, or by its code", () => {
  expect(["abandonnée", "Abandonnee", "dead", "nouvel-essai", "en_cours"].map(etatOf)).toEqual([
    "dead",
    "dead",
    "dead",
    "retry",
    "in_flight",
  ]);
  expect(etatOf("perdue")).toBeUndefined();
});
