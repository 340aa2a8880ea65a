import { createHash } from "node:crypto";
import { expect, test } from "vitest";
import { DEMO_SIZES, type DemoOffer, generateDemo, HISTORY, SPOILED } from "../../../fixtures/demo/index.ts";
import { addDays, isSiret, lastDay } from "../../../src/lheo/index.ts";
import { RECORDS, type Session, type Version } from "../../../src/published/contract/index.ts";

const JOUR = "20261124";
const small = generateDemo("small", JOUR);
const actions = [...small.actions()];
const sessions = [...small.sessions()];
const organismes = [...small.organismes()];

function sha256(offer: DemoOffer): string {
  const hash = createHash("sha256");
  for (const rows of [offer.organismes(), offer.actions(), offer.sessions(), offer.certifications()]) {
    for (const row of rows) hash.update(JSON.stringify(row));
  }
  return hash.digest("hex");
}

const distinct = (rows: Iterable<{ numero: string }>): number => {
  const seen = new Set<string>();
  for (const { numero } of rows) seen.add(numero);
  return seen.size;
};

test("the same size and the same day give the same rows", () => {
  expect(sha256(generateDemo("small", JOUR))).toBe(sha256(small));
  expect(sha256(generateDemo("small", "20261125"))).not.toBe(sha256(small));
});

test("small holds exactly what it says", () => {
  expect(distinct(organismes)).toBe(DEMO_SIZES.small.organismes);
  expect(distinct(actions)).toBe(DEMO_SIZES.small.actions);
  expect(distinct(sessions)).toBe(DEMO_SIZES.small.sessions);
});

test("regional holds exactly what it says", () => {
  const regional = generateDemo("regional", JOUR);
  expect(distinct(regional.organismes())).toBe(DEMO_SIZES.regional.organismes);
  expect(distinct(regional.actions())).toBe(DEMO_SIZES.regional.actions);
  expect(distinct(regional.sessions())).toBe(DEMO_SIZES.regional.sessions);
});

test("no number is given twice with the same version", () => {
  const regional = generateDemo("regional", JOUR);
  for (const rows of [regional.organismes(), regional.certifications(), regional.habilitations()]) {
    const keys = [...rows].map(({ numero, version }) => `${numero} ${version}`);
    expect(new Set(keys).size).toBe(keys.length);
  }
});

test("small is the beginning of regional", () => {
  const regional = generateDemo("regional", JOUR).sessions()[Symbol.iterator]();
  expect(sessions.map(() => regional.next().value)).toEqual(sessions);
});

test("every body of small bears an action", () => {
  expect(new Set(actions.map(({ contenu }) => contenu.organisme)).size).toBe(DEMO_SIZES.small.organismes);
});

test("every row obeys the contract and leaves it nothing to complete", () => {
  const check = (kind: keyof typeof RECORDS, rows: Iterable<Version<unknown>>) => {
    for (const { numero, contenu } of rows) {
      const parsed = RECORDS[kind].safeParse(contenu);
      expect(parsed.error, `${kind} ${numero}`).toBeUndefined();
      expect(parsed.data, `${kind} ${numero}`).toEqual(contenu);
    }
  };
  check("organisme", organismes);
  check("action", actions);
  check("session", sessions);
  check("certification", small.certifications());
  check("habilitation", small.habilitations());
});

test("rows of regional obey the contract, one in fifty", () => {
  let count = 0;
  for (const { contenu } of generateDemo("regional", JOUR).sessions()) {
    if (count++ % 50 === 0) expect(RECORDS.session.parse(contenu)).toEqual(contenu);
  }
});

test("every SIRET is right but those spoiled, and La Poste's kind is among them", () => {
  const wrong = new Set<string>();
  const seen = new Set<string>();
  const check = (siret: string | null | undefined, owner: string) => {
    if (typeof siret !== "string") return;
    seen.add(siret);
    if (!isSiret(siret)) wrong.add(owner);
  };
  for (const { numero, contenu } of organismes) check(contenu.siret, numero);
  for (const { numero, contenu } of sessions) {
    for (const lieu of contenu.lieux) check(lieu.siret, numero);
    for (const formateur of contenu.formateurs) check(formateur.siret, numero);
  }
  const spoiled = SPOILED.filter(({ defaut }) => defaut.includes("SIRET")).map(({ numero }) => numero);
  expect([...wrong].sort()).toEqual([...spoiled].sort());
  expect([...seen].some((siret) => siret.startsWith("356000000"))).toBe(true);
});

test("mises en ligne are past, and follow each other", () => {
  const now = Date.UTC(2026, 10, 24, 0, 0);
  for (const { numero, version, misEnLigneAt, premiereMiseEnLigneAt } of [...actions, ...sessions]) {
    expect(misEnLigneAt.getTime(), numero).toBeLessThan(now);
    if (version === 1) expect(misEnLigneAt).toEqual(premiereMiseEnLigneAt);
    else expect(misEnLigneAt.getTime()).toBeGreaterThan(premiereMiseEnLigneAt.getTime());
  }
});

test("a session comes after its action, and its certifications are among those of the action", () => {
  const byNumero = new Map(actions.map((row) => [row.numero, row]));
  for (const { numero, contenu } of sessions) {
    const action = byNumero.get(contenu.action);
    expect(action, numero).toBeDefined();
    expect(contenu.certifications.length, numero).toBeLessThanOrEqual(5);
    for (const { validation, blocs } of contenu.certifications) {
      expect(blocs.length > 0, numero).toBe(validation === "partielle" || validation === "mixte");
    }
  }
});

test("history: withdrawn, ended, fresh and retained records are there", () => {
  const withdrawn = new Set(sessions.filter(({ retrait }) => retrait).map(({ numero }) => numero));
  expect([...withdrawn].sort()).toEqual([...HISTORY.retirees.sessions].sort());
  const over = sessions.filter(({ contenu }) => isOver(contenu, JOUR)).map(({ numero }) => numero);
  expect(over.sort()).toEqual([...HISTORY.terminees.sessions].sort());
  const fresh = sessions.filter(
    ({ misEnLigneAt }) => misEnLigneAt.getTime() >= Date.UTC(2026, 10, 23, 23, 0),
  );
  expect(fresh.map(({ numero }) => numero).sort()).toEqual([...HISTORY.fraiches.sessions].sort());
  const twice = [...actions, ...sessions].filter(({ version }) => version === 2).map(({ numero }) => numero);
  const retained = SPOILED.filter(({ ecarte }) => ecarte === "rien").map(({ numero }) => numero);
  expect(twice.sort()).toEqual(retained.sort());
});

/** More than thirty days before a day. */
function isOver({ fin }: Session, jour: string): boolean {
  return (lastDay(fin) ?? "99999999") < addDays(jour, -30);
}

test.each(["20261231", "20270101", "20270615", "20270901", "20280229", "20281015"])(
  "the offer is current on %s: nothing is over but what the history says",
  (jour) => {
    const over = new Set<string>();
    for (const { numero, contenu } of generateDemo("small", jour).sessions()) {
      if (isOver(contenu, jour)) over.add(numero);
    }
    expect([...over].sort()).toEqual([...HISTORY.terminees.sessions].sort());
  },
);

test("a spoiled session is not alone in its action", () => {
  for (const { kind, numero, ecarte } of SPOILED) {
    if (kind !== "session" || ecarte === "rien") continue;
    const action = sessions.find((row) => row.numero === numero)?.contenu.action;
    expect(sessions.filter(({ contenu }) => contenu.action === action).length, numero).toBeGreaterThan(1);
  }
});

test("nobody is spoiled twice, nor withdrawn or ended beside", () => {
  const numeros = SPOILED.flatMap(({ kind, numero, sessions: all }) =>
    kind === "session" ? [numero] : [numero, ...all],
  );
  expect(new Set(numeros).size).toBe(numeros.length);
  const elsewhere = [
    ...HISTORY.retirees.sessions,
    ...HISTORY.terminees.sessions,
    ...HISTORY.fraiches.sessions,
  ];
  expect(elsewhere.filter((numero) => numeros.includes(numero))).toEqual([]);
});
