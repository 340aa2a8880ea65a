import fc from "fast-check";
import { expect, test } from "vitest";
import { buildOffre, type Contexte, type Entree } from "../../../src/feed/index.ts";
import {
  lireFormation,
  normalise,
  type OffreImportee,
  type OffreNormale,
} from "../../../src/import/index.ts";
import { serialise } from "../../../src/lheo/index.ts";
import { canonicalJson } from "../../../src/published/index.ts";
import { offreArbitrary } from "../../support/offreArbitrary.ts";

const CONTEXTE: Contexte = { base: "75", maintenant: new Date("2026-11-24T10:00:00Z") };

/** One formation as the feed writes it. */
function feed(entree: Entree): string {
  const { formation, actions } = buildOffre(entree, CONTEXTE);
  return serialise("formation", { ...formation, action: actions.map(({ action }) => action) });
}

/** The feed without the blanks at the ends of its lines, which mean nothing. */
const lines = (xml: string): string[] => xml.split("\n").map((line) => line.trimEnd());

/** Sessions without what they were read from: the records alone. */
function records({ organisme, action, sessions }: OffreImportee | OffreNormale): unknown {
  const plain = { organisme, action, sessions: sessions.map(({ numero, contenu }) => ({ numero, contenu })) };
  return JSON.parse(canonicalJson(plain));
}

/** The same records published again, at the same instants. */
function republished({ organisme, action, sessions }: OffreNormale, before: Entree): Entree {
  return {
    ...before,
    organisme: { ...before.organisme, ...organisme },
    action: { ...before.action, ...action },
    sessions: sessions.map((session, rank) => ({ ...before.action, ...session, numero: String(rank) })),
  };
}

test("import(feed(x)) is normalise(x), and says nothing is lost", () => {
  fc.assert(
    fc.property(offreArbitrary, (entree) => {
      const { offre, notices } = lireFormation(feed(entree));
      if (offre === undefined) throw new Error(`refused: ${JSON.stringify(notices)}`);
      expect(records(offre)).toEqual(records(normalise(entree, CONTEXTE)));
      expect(notices.filter(({ code }) => code === "import-valeur-non-reprise")).toEqual([]);
    }),
    { numRuns: 300 },
  );
}, 90_000);

test("normalise loses nothing that the feed says, and once is enough", () => {
  fc.assert(
    fc.property(offreArbitrary, (entree) => {
      const once = normalise(entree, CONTEXTE);
      const again = republished(once, entree);
      expect(lines(feed(again))).toEqual(lines(feed(entree)));
      expect(records(normalise(again, CONTEXTE))).toEqual(records(once));
    }),
    { numRuns: 150 },
  );
}, 90_000);
