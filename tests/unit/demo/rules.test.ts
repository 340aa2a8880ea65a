import { afterAll, expect, test } from "vitest";
import { generateDemo, HISTORY, MARKED, SPOILED, type Spoiled } from "../../../fixtures/demo/index.ts";
import { buildOffre, type OffreBatie } from "../../../src/feed/index.ts";
import { type Formation, serialise } from "../../../src/lheo/index.ts";
import { blocksFor, type Notice } from "../../../src/notices/index.ts";
import type { Action, Session, Version } from "../../../src/published/contract/index.ts";
import { checkAction, checkFormation, startXsd, xsdNotices } from "../../../src/validation/index.ts";

/** What the schema and the rules say of the smallest demo, without a database: the spoiled records and no other. */
const offer = generateDemo("small", "20261124");
const xsd = startXsd();
afterAll(() => xsd.close());

const newest = <T>(rows: Iterable<Version<T>>): Map<string, Version<T>> =>
  new Map([...rows].map((row) => [row.numero, row]));
const organismes = newest(offer.organismes());
const actions = newest(offer.actions());
const sessions = [...newest(offer.sessions()).values()];
const certifications = new Map([...offer.certifications()].map(({ numero, contenu }) => [numero, contenu]));

function build(action: Version<Action>, of: readonly Version<Session>[]): OffreBatie {
  const organisme = organismes.get(action.contenu.organisme);
  if (organisme === undefined) throw new Error(`no organisme for ${action.numero}`);
  const none = new Map();
  return buildOffre(
    { action, organisme, sessions: of, certifications, habilitations: none, certifieeDepuis: none },
    { base: "72", maintenant: new Date("2026-11-24T10:00:00Z") },
  );
}

const notices: Notice[] = [];
for (const action of actions.values()) {
  const { numero } = action;
  const offre = build(
    action,
    sessions.filter(({ contenu }) => contenu.action === numero),
  );
  const formation = offre.formation as Formation;
  notices.push(...offre.notices, ...checkFormation(formation, { action: numero }));
  for (const { session, action: built } of offre.actions) {
    notices.push(
      ...checkAction(built as Formation["action"][number], formation, { action: numero, session }),
    );
  }
  const xml = serialise("formation", { ...formation, action: offre.actions.map((built) => built.action) });
  const [defects = []] = await xsd.validate([xml]);
  notices.push(...xsdNotices(defects, { action: numero }));
}

const numeroDeNotice = ({ action = "", session }: Notice): string => session?.replace(/^72_/, "") ?? action;
const targetOf = ({ kind, numero, actions: [first = numero] }: Spoiled): string =>
  kind === "organisme" ? first : numero;

test.each(["rco", "kairos", "lba"])(
  "what is set aside for %s is what is spoiled, and nothing else",
  (profil) => {
    const aside = new Set(notices.filter((notice) => blocksFor(notice, profil)).map(numeroDeNotice));
    const spoiled = SPOILED.filter(({ profils }) => profils === undefined || profils.includes(profil)).map(
      targetOf,
    );
    expect([...aside].sort()).toEqual([...spoiled].sort());
  },
);

test("what is marked is told, and stays", () => {
  for (const { numero, code } of MARKED) {
    const said = notices.filter((notice) => notice.action === numero);
    expect(said.map((notice) => notice.code)).toContain(code);
    expect(said.filter((notice) => blocksFor(notice, "rco"))).toEqual([]);
  }
});

test("records with a history are otherwise sound", () => {
  const touched = new Set<string>([...HISTORY.fraiches.sessions, ...HISTORY.terminees.sessions]);
  const wrong = notices.filter((notice) => touched.has(numeroDeNotice(notice)) && blocksFor(notice, "rco"));
  expect(wrong).toEqual([]);
});
