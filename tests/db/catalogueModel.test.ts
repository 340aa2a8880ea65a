import fc from "fast-check";
import type { Knex } from "knex";
import { beforeAll, expect, test } from "vitest";
import {
  archiveAction,
  askComplement,
  confirmAction,
  confirmSession,
  createSessions,
  deleteAction,
  discardChanges,
  type EtatAction,
  type EtatSession,
  publishAction,
  readSession,
  restoreAction,
  saveAction,
  saveSession,
  validateAction,
  validateSession,
  withdrawSession,
} from "../../src/catalogue/index.ts";
import { readLast } from "../../src/published/index.ts";
import {
  CONTROLE,
  lire,
  loadStructures,
  OF,
  SANS_CONTROLE,
  saisieAction,
  saisieSession,
  uneFiche,
} from "../support/catalogue.ts";
import { useDatabase } from "../support/database.ts";

/**
 * Any sequence of what an OF and the control may do, on a real database, beside a model that states the guide's rules
 * again in its own way: the states agree, and the contract holds what it should, no more and no less.
 */
const database = useDatabase();
let db: Knex;

beforeAll(async () => {
  db = database.db;
  await loadStructures(db);
});

interface SessionModel {
  readonly id: number;
  etat: EtatSession;
  /** Needs the certification X. */
  needsX: boolean;
  online: boolean;
  /** The working copy is not what is online. */
  edited: boolean;
}

interface Model {
  etat: EtatAction;
  /** The working copy names the certification X. */
  draftX: boolean;
  /** What is online names it; undefined when nothing is online. */
  onlineX: boolean | undefined;
  /** Was online when it was archived, with those sessions. */
  sessions: SessionModel[];
}

type Step =
  | { readonly do: "certify"; readonly x: boolean }
  | { readonly do: "addSession" | "editSession"; readonly x: boolean; readonly at: number }
  | { readonly do: "confirmSession" | "withdrawSession"; readonly at: number }
  | {
      readonly do: "confirm" | "publish" | "complement" | "archive" | "restore" | "discard" | "delete";
    };

const at = fc.nat({ max: 3 });
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 3, arbitrary: fc.record({ do: fc.constant("certify" as const), x: fc.boolean() }) },
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constantFrom("addSession" as const, "editSession" as const),
      x: fc.boolean(),
      at,
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constantFrom("confirmSession" as const, "withdrawSession" as const),
      at,
    }),
  },
  { weight: 5, arbitrary: fc.constant({ do: "confirm" as const }) },
  { weight: 4, arbitrary: fc.constant({ do: "publish" as const }) },
  {
    weight: 2,
    arbitrary: fc.constantFrom(
      { do: "complement" as const },
      { do: "archive" as const },
      { do: "restore" as const },
      { do: "discard" as const },
    ),
  },
  { weight: 1, arbitrary: fc.constant({ do: "delete" as const }) },
);

const X = { code_rncp: "RNCP35819" };
const action = (x: boolean) => saisieAction({ certifications: x ? [X] : [] });
let texts = 0;
const session = (x: boolean) =>
  saisieSession({
    commentaire: `Texte ${++texts}`,
    certifications: x ? [{ ...X, validation: "totale" }] : [],
  });

const there = (one: SessionModel): boolean => one.etat !== "retiree" && one.etat !== "supprimee";
const refused = (answer: object): boolean => "refus" in answer;

/** Does the step to both, and says whether they agree on its being allowed. */
async function run(model: Model, id: number, step: Step): Promise<void> {
  const live = model.sessions.filter(there);
  const target = "at" in step ? live[step.at % Math.max(1, live.length)] : undefined;
  const editable = ["brouillon", "publiee", "alerte"].includes(model.etat);
  const sessionsEditable = editable || model.etat === "modifiee";
  const { revision } = await lire(db, id);
  switch (step.do) {
    case "certify": {
      const answer = await saveAction(db, OF, id, { revision, contenu: action(step.x) });
      expect(refused(answer)).toBe(!editable);
      if (editable) model.draftX = step.x;
      return;
    }
    case "addSession": {
      const answer = await createSessions(db, OF, id, [session(step.x)]);
      expect(refused(answer)).toBe(!sessionsEditable);
      if ("ids" in answer)
        model.sessions.push({
          id: answer.ids[0] ?? 0,
          etat: "brouillon",
          needsX: step.x,
          online: false,
          edited: true,
        });
      return;
    }
    case "editSession": {
      if (target === undefined) return;
      const found = await readSession(db, OF, target.id);
      const answer = await saveSession(db, OF, target.id, {
        revision: found?.session.revision ?? 0,
        contenu: session(step.x),
      });
      const may = sessionsEditable && (target.etat === "brouillon" || target.etat === "publiee");
      expect(refused(answer)).toBe(!may);
      if (may) Object.assign(target, { needsX: step.x, edited: true });
      return;
    }
    case "confirm": {
      const checked = await validateAction(db, SANS_CONTROLE, OF, id, { revision });
      expect(refused(checked)).toBe(!editable);
      const answer = await confirmAction(db, SANS_CONTROLE, OF, id, { revision });
      expect(refused(answer)).toBe(!editable);
      if (!editable) return;
      const waiting = live.filter(({ edited }) => edited);
      const again = model.onlineX !== undefined && model.etat !== "alerte" && model.onlineX === model.draftX;
      if (again) {
        for (const one of waiting) Object.assign(one, { etat: "publiee", online: true, edited: false });
        return;
      }
      for (const one of waiting) {
        if (model.onlineX !== undefined && (!one.needsX || model.onlineX))
          Object.assign(one, { etat: "publiee", online: true, edited: false });
        else one.etat = one.etat === "brouillon" ? "soumise" : "modifiee";
      }
      model.etat = model.onlineX === undefined ? "creee" : "modifiee";
      return;
    }
    case "publish":
    case "restore": {
      const publish = step.do === "publish";
      const answer = publish
        ? await publishAction(db, SANS_CONTROLE, CONTROLE, id, { revision })
        : await restoreAction(db, SANS_CONTROLE, CONTROLE, id);
      const numbered = live.filter(({ etat }) => etat !== "brouillon");
      const may = publish
        ? model.etat === "creee" || model.etat === "modifiee"
        : model.etat === "archivee" && numbered.length > 0;
      expect(refused(answer)).toBe(!may);
      if (!may) return;
      const concerned = publish
        ? live.filter(({ etat }) => etat === "soumise" || etat === "modifiee")
        : numbered;
      for (const one of concerned) Object.assign(one, { etat: "publiee", online: true, edited: false });
      Object.assign(model, { etat: "publiee", onlineX: model.draftX });
      return;
    }
    case "confirmSession": {
      if (target === undefined) return;
      const found = await readSession(db, OF, target.id);
      const read = { revision: found?.session.revision ?? 0 };
      await validateSession(db, SANS_CONTROLE, OF, target.id, read);
      const answer = await confirmSession(db, SANS_CONTROLE, OF, target.id, read);
      const may =
        (model.etat === "publiee" || model.etat === "modifiee") &&
        (target.etat === "brouillon" || target.etat === "publiee");
      expect(refused(answer)).toBe(!may);
      if (!may) return;
      const waits = model.etat === "modifiee" && target.needsX && model.onlineX !== true;
      if (waits) target.etat = target.etat === "brouillon" ? "soumise" : "modifiee";
      else Object.assign(target, { etat: "publiee", online: true, edited: false });
      return;
    }
    case "withdrawSession": {
      if (target === undefined) return;
      const answer = await withdrawSession(db, OF, target.id, { motif: "Annulée" });
      const may = target.etat === "brouillon" || live.length > 1;
      expect(refused(answer)).toBe(!may);
      if (may) Object.assign(target, { etat: "retiree", online: false });
      return;
    }
    case "complement": {
      const answer = await askComplement(db, CONTROLE, id, "Complétez.");
      const may = model.etat === "creee" || model.etat === "modifiee";
      expect(refused(answer)).toBe(!may);
      if (!may) return;
      model.etat = "alerte";
      for (const one of model.sessions) {
        if (one.etat === "soumise") one.etat = "brouillon";
        if (one.etat === "modifiee") one.etat = "publiee";
      }
      return;
    }
    case "archive":
    case "delete": {
      const erased = step.do === "delete" && model.etat === "brouillon";
      // A draft that is erased has no state any more to compare.
      if (erased) return;
      const leave = step.do === "archive" ? archiveAction : deleteAction;
      const answer = await leave(db, OF, id, { motif: "Fin" });
      const may =
        step.do === "archive"
          ? !["brouillon", "archivee", "supprimee"].includes(model.etat)
          : model.etat !== "supprimee";
      expect(refused(answer)).toBe(!may);
      if (!may) return;
      Object.assign(model, { etat: step.do === "archive" ? "archivee" : "supprimee", onlineX: undefined });
      for (const one of model.sessions) one.online = false;
      return;
    }
    case "discard": {
      const answer = await discardChanges(db, OF, id);
      const may = editable && model.onlineX !== undefined;
      expect(refused(answer)).toBe(!may);
      if (!may) return;
      model.draftX = model.onlineX ?? false;
      for (const one of live.filter(({ etat, edited }) => etat === "publiee" && edited)) {
        const { session: now } = (await readSession(db, OF, one.id)) ?? {};
        Object.assign(one, { edited: false, needsX: (now?.contenu.certifications ?? []).length > 0 });
      }
    }
  }
}

/** Where chance seldom goes by itself: online, and with new certifications in control. */
const ONLINE: readonly Step[] = [{ do: "confirm" }, { do: "publish" }];
const CERTIFIED: readonly Step[] = [...ONLINE, { do: "certify", x: true }, { do: "confirm" }];
const DEBUTS: readonly (readonly Step[])[] = [
  [],
  ONLINE,
  CERTIFIED,
  [...CERTIFIED, { do: "addSession", x: true, at: 0 }, { do: "confirmSession", at: 2 }],
  [...ONLINE, { do: "certify", x: true }, { do: "addSession", x: true, at: 0 }, { do: "confirm" }],
];

async function agree(model: Model, id: number): Promise<void> {
  const fiche = await lire(db, id);
  expect(fiche.etat).toBe(model.etat);
  const action = (await readLast(db, "action", [fiche.reference ?? ""])).get(fiche.reference ?? "");
  const onlineX =
    action === undefined || action.retrait !== undefined
      ? undefined
      : action.contenu.certifications.length > 0;
  expect(onlineX).toBe(model.onlineX);
  for (const one of model.sessions) {
    const row = await db("catalogue_session").where({ id: one.id }).first("etat", "reference");
    expect(row?.etat ?? "retiree").toBe(one.etat);
    const last = (await readLast(db, "session", [row?.reference ?? ""])).get(row?.reference ?? "");
    expect(last !== undefined && last.retrait === undefined, `session ${one.id}`).toBe(one.online);
  }
}

test("the catalogue does what the guide says, whatever the order of what is asked", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(...DEBUTS),
      fc.array(step, { minLength: 5, maxLength: 15 }),
      async (debut, steps) => {
        const { id, sessions } = await uneFiche(db, OF, {
          contenu: action(false),
          sessions: [session(false), session(false)],
        });
        const model: Model = {
          etat: "brouillon",
          draftX: false,
          onlineX: undefined,
          sessions: sessions.map((one) => ({
            id: one,
            etat: "brouillon",
            needsX: false,
            online: false,
            edited: true,
          })),
        };
        for (const one of [...debut, ...steps]) {
          await run(model, id, one);
          await agree(model, id);
        }
      },
    ),
    { numRuns: 40 },
  );
});
