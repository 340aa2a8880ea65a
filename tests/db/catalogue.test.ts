import type { Knex } from "knex";
import { beforeAll, beforeEach, describe, expect, test } from "vitest";
import {
  adoptPublished,
  archiveAction,
  askComplement,
  confirmAction,
  confirmSession,
  createAction,
  createSessions,
  deleteAction,
  deleteSession,
  discardChanges,
  duplicateSession,
  publishAction,
  readAction,
  readPassages,
  readSession,
  restoreAction,
  saveAction,
  saveSession,
  upkeepCatalogue,
  validateAction,
  validateSession,
  withdrawSession,
} from "../../src/catalogue/index.ts";
import { readHistory, readLast, retirerPerimees } from "../../src/published/index.ts";
import {
  AUTRE_OF,
  CONTROLE,
  confirmer,
  done,
  FINANCEUR,
  lire,
  loadStructures,
  OF,
  REFUSE_TOUT,
  SANS_CONTROLE,
  saisieAction,
  saisieSession,
  uneFiche,
  uneFichePubliee,
} from "../support/catalogue.ts";
import { useDatabase } from "../support/database.ts";

/** The life of an action of the catalogue, from its draft to its tombstone, as the contract sees it. */
const database = useDatabase();
let db: Knex;

const RNCP = [{ code_rncp: "RNCP35819" }];

beforeAll(async () => {
  db = database.db;
});
beforeEach(async () => {
  await database.clear();
  await loadStructures(db);
});

const online = async <K extends "action" | "session">(kind: K, numero: string | null) =>
  (await readLast(db, kind, [numero ?? ""])).get(numero ?? "");

async function refsOf(ids: readonly number[]): Promise<string[]> {
  const rows = await db("catalogue_session").whereIn("id", ids).orderBy("id").select("reference");
  return rows.map(({ reference }) => reference);
}

describe("a new action", () => {
  test("has no reference until it is confirmed, then those of the guide (S50, S51, S116)", async () => {
    const { id, sessions } = await uneFiche(db);
    expect((await lire(db, id)).reference).toBeNull();
    const { etat, reference } = await confirmer(db, id);
    expect(etat).toBe("creee");
    expect(reference).toMatch(/^20\d{10}$/);
    for (const one of await refsOf(sessions)) expect(one).toMatch(/^00\d{6}$/);
  });

  test("is locked in control, with a deadline of four working days (S115, S119, S143)", async () => {
    const { id, sessions } = await uneFiche(db);
    await confirmer(db, id);
    const fiche = await lire(db, id);
    expect(fiche.echeance).toMatch(/^\d{4}-\d\d-\d\d$/);
    const saved = await saveAction(db, OF, id, { revision: fiche.revision, contenu: saisieAction() });
    expect(saved).toHaveProperty("refus", expect.stringContaining("en cours de contrôle"));
    const session = await saveSession(db, OF, sessions[0] ?? 0, { revision: 1, contenu: saisieSession() });
    expect(session).toHaveProperty("refus", expect.stringContaining("contrôle"));
  });

  test("reaches the contract when the control publishes it, with its sessions and its organisme (S119)", async () => {
    const { id, sessions } = await uneFichePubliee(db);
    const fiche = await lire(db, id);
    expect(fiche.etat).toBe("publiee");
    expect((await online("action", fiche.reference))?.contenu).toMatchObject({
      organisme: "OF1",
      intitule: "Conduire un chariot élévateur",
    });
    const [numero = ""] = await refsOf(sessions);
    expect((await online("session", numero))?.contenu).toMatchObject({ action: fiche.reference });
    expect((await readLast(db, "organisme", ["OF1"])).size).toBe(1);
  });

  test("comes back under Alerte with what the control asks, and goes to it again (S36–S38)", async () => {
    const { id, sessions } = await uneFiche(db);
    await confirmer(db, id);
    done(await askComplement(db, CONTROLE, id, "Précisez le public visé."));
    expect(await lire(db, id)).toMatchObject({ etat: "alerte", message: "Précisez le public visé." });
    const { revision } = await lire(db, id);
    done(await saveAction(db, OF, id, { revision, contenu: saisieAction({ le_plus: "Petits groupes." }) }));
    const [before] = await refsOf(sessions);
    expect((await confirmer(db, id)).etat).toBe("creee");
    expect(await refsOf(sessions)).toEqual([before]);
  });

  test("is not confirmed when its checks fail, nor with another revision than the validated one (S116–S118)", async () => {
    const { id } = await uneFiche(db);
    const { revision } = await lire(db, id);
    expect(await validateAction(db, REFUSE_TOUT, OF, id, { revision })).toMatchObject({ validee: false });
    expect(await confirmAction(db, SANS_CONTROLE, OF, id, { revision })).toHaveProperty("refus");
    done(await validateAction(db, SANS_CONTROLE, OF, id, { revision }));
    expect(await confirmAction(db, REFUSE_TOUT, OF, id, { revision })).toHaveProperty("refus");
    done(await saveAction(db, OF, id, { revision, contenu: saisieAction({ le_plus: "Autre chose" }) }));
    expect(await confirmAction(db, SANS_CONTROLE, OF, id, { revision })).toHaveProperty("refus");
    expect((await lire(db, id)).etat).toBe("brouillon");
  });

  test("a session changed after the validation has to be validated again", async () => {
    const { id, sessions } = await uneFiche(db);
    const { revision } = await lire(db, id);
    done(await validateAction(db, SANS_CONTROLE, OF, id, { revision }));
    const contenu = saisieSession({ fin: "20270701" });
    done(await saveSession(db, OF, sessions[0] ?? 0, { revision: 1, contenu }));
    expect(await confirmAction(db, SANS_CONTROLE, OF, id, { revision })).toHaveProperty("refus");
  });
});

describe("an action online", () => {
  test("changes at once when its certifications do not (S121, S126)", async () => {
    const { id } = await uneFichePubliee(db);
    const { revision, reference } = await lire(db, id);
    done(await saveAction(db, OF, id, { revision, contenu: saisieAction({ le_plus: "Nouveau !" }) }));
    expect((await online("action", reference))?.contenu.le_plus).toBeUndefined();
    expect((await confirmer(db, id)).etat).toBe("publiee");
    expect((await online("action", reference))?.contenu.le_plus).toBe("Nouveau !");
  });

  test("keeps its approved version online while new certifications wait for the control (S41, S127, H8)", async () => {
    const { id } = await uneFichePubliee(db);
    const { revision, reference } = await lire(db, id);
    done(await saveAction(db, OF, id, { revision, contenu: saisieAction({ certifications: RNCP }) }));
    expect((await confirmer(db, id)).etat).toBe("modifiee");
    expect((await online("action", reference))?.contenu.certifications).toEqual([]);
    const fiche = await lire(db, id);
    done(await publishAction(db, SANS_CONTROLE, CONTROLE, id, { revision: fiche.revision }));
    expect((await online("action", reference))?.contenu.certifications).toEqual(RNCP);
  });

  test("its sessions go online at once, but for one that needs the pending certification (H7)", async () => {
    const { id } = await uneFichePubliee(db);
    const { revision } = await lire(db, id);
    done(await saveAction(db, OF, id, { revision, contenu: saisieAction({ certifications: RNCP }) }));
    await confirmer(db, id);
    const { ids } = done(
      await createSessions(db, OF, id, [
        saisieSession({ debut: "20270201" }),
        saisieSession({ certifications: [{ ...RNCP[0], validation: "totale" }] }),
      ]),
    );
    const etats = [];
    for (const session of ids) {
      done(await validateSession(db, SANS_CONTROLE, OF, session, { revision: 1 }));
      etats.push(done(await confirmSession(db, SANS_CONTROLE, OF, session, { revision: 1 })).etat);
    }
    expect(etats).toEqual(["publiee", "soumise"]);
    const [now = "", later = ""] = await refsOf(ids);
    expect(await online("session", now)).toBeDefined();
    expect(await online("session", later)).toBeUndefined();
    const fiche = await lire(db, id);
    done(await publishAction(db, SANS_CONTROLE, CONTROLE, id, { revision: fiche.revision }));
    expect(await online("session", later)).toBeDefined();
  });

  test("what was typed and not confirmed can be given up", async () => {
    const { id, sessions } = await uneFichePubliee(db);
    const { revision, reference } = await lire(db, id);
    done(await saveAction(db, OF, id, { revision, contenu: saisieAction({ intitule: "Autre titre" }) }));
    done(
      await saveSession(db, OF, sessions[0] ?? 0, {
        revision: 1,
        contenu: saisieSession({ fin: "20280101" }),
      }),
    );
    done(await discardChanges(db, OF, id));
    expect((await lire(db, id)).contenu).toMatchObject({ intitule: "Conduire un chariot élévateur" });
    expect((await readSession(db, OF, sessions[0] ?? 0))?.session.contenu.fin).toBe("20270618");
    done(await createSessions(db, OF, id, [saisieSession()]));
    await confirmer(db, id);
    expect(await readHistory(db, "action", reference ?? "")).toHaveLength(1);
  });

  test("confirming publishes the sessions that were added or changed, and no other", async () => {
    const { id, sessions } = await uneFichePubliee(db, { sessions: [saisieSession(), saisieSession()] });
    const [changed = 0, same = 0] = sessions;
    done(await saveSession(db, OF, changed, { revision: 1, contenu: saisieSession({ fin: "20270701" }) }));
    const { id: added } = done(await duplicateSession(db, OF, same));
    await confirmer(db, id);
    const [a = "", b = "", c = ""] = await refsOf([changed, same, added]);
    const versions = await Promise.all([a, b, c].map((numero) => readHistory(db, "session", numero)));
    expect(versions.map(({ length }) => length)).toEqual([2, 1, 1]);
  });
});

describe("leaving", () => {
  test("a session leaves with a reason, also while its action is in control (S138, H4)", async () => {
    const { id, sessions } = await uneFichePubliee(db, { sessions: [saisieSession(), saisieSession()] });
    const { revision } = await lire(db, id);
    done(await saveAction(db, OF, id, { revision, contenu: saisieAction({ certifications: RNCP }) }));
    await confirmer(db, id);
    const [first = 0] = sessions;
    expect(await withdrawSession(db, OF, first, { motif: "  " })).toHaveProperty("refus");
    done(await withdrawSession(db, OF, first, { motif: "Formateur indisponible" }));
    const [numero = ""] = await refsOf([first]);
    expect(await online("session", numero)).toHaveProperty("retrait", "retrait_organisme");
    const [trace] = await readHistory(db, "session", numero);
    expect(trace?.retrait?.note).toBe("Formateur indisponible");
  });

  test("the last session does not leave alone (H5)", async () => {
    const { sessions } = await uneFichePubliee(db);
    const left = await withdrawSession(db, OF, sessions[0] ?? 0, { motif: "Annulée" });
    expect(left).toHaveProperty("refus", expect.stringContaining("Archivez l'action"));
  });

  test("a session is deleted 30 days after its end, not before (S136, S137)", async () => {
    const { sessions } = await uneFichePubliee(db, {
      sessions: [saisieSession({ debut: "20200101", fin: "20200201" }), saisieSession()],
    });
    const [past = 0, coming = 0] = sessions;
    expect(await deleteSession(db, OF, coming)).toHaveProperty("refus", expect.stringContaining("30 jours"));
    // It was over already when the control published: it never went online.
    expect(await online("session", (await refsOf([past]))[0] ?? "")).toBeUndefined();
    done(await deleteSession(db, OF, past));
    expect((await readSession(db, OF, past))?.session.etat).toBe("supprimee");
  });

  test("an archived action leaves with its sessions; the OF can no longer change it, the control brings it back (S44, H9)", async () => {
    const { id, sessions } = await uneFichePubliee(db);
    done(await archiveAction(db, OF, id, { motif: "Plus au programme" }));
    const { reference, revision } = await lire(db, id);
    const [numero = ""] = await refsOf(sessions);
    expect(await online("action", reference)).toHaveProperty("retrait", "archivage");
    expect(await online("session", numero)).toHaveProperty("retrait", "archivage");
    expect(await saveAction(db, OF, id, { revision, contenu: saisieAction() })).toHaveProperty("refus");
    expect(await restoreAction(db, SANS_CONTROLE, OF, id)).toHaveProperty("refus");
    done(await restoreAction(db, SANS_CONTROLE, CONTROLE, id));
    expect((await online("action", reference))?.retrait).toBeUndefined();
    expect((await online("session", numero))?.retrait).toBeUndefined();
  });

  test("a session that the control gave back and nobody confirmed again does not come back with its action", async () => {
    const { id } = await uneFichePubliee(db);
    const { revision } = await lire(db, id);
    done(await saveAction(db, OF, id, { revision, contenu: saisieAction({ certifications: RNCP }) }));
    const visee = saisieSession({ certifications: [{ ...RNCP[0], validation: "totale" }] });
    const { ids } = done(await createSessions(db, OF, id, [visee]));
    await confirmer(db, id);
    done(await askComplement(db, CONTROLE, id, "Précisez les blocs."));
    done(await archiveAction(db, OF, id, { motif: "Plus au programme" }));
    done(await restoreAction(db, SANS_CONTROLE, CONTROLE, id));
    const [numero = ""] = await refsOf(ids);
    expect(await online("session", numero)).toBeUndefined();
    expect((await readSession(db, OF, ids[0] ?? 0))?.session.etat).toBe("brouillon");
  });

  test("a deleted action never comes back, a draft leaves no trace but in the audit", async () => {
    const { id } = await uneFichePubliee(db);
    done(await deleteAction(db, OF, id, { motif: "Doublon" }));
    expect(await restoreAction(db, SANS_CONTROLE, CONTROLE, id)).toHaveProperty("refus");
    const draft = await uneFiche(db);
    done(await deleteAction(db, OF, draft.id, { motif: "" }));
    expect(await readAction(db, OF, draft.id)).toBeUndefined();
    const acts = await db("audit").where({ objet_id: String(draft.id), acte: "catalogue.supprimer" });
    expect(acts).toHaveLength(1);
  });

  test("an action whose sessions are over comes up under Alerte, once (H6)", async () => {
    const { id } = await uneFichePubliee(db, {
      sessions: [saisieSession({ debut: "20260901", fin: "20261130" })],
    });
    await database.shiftClock("60 days");
    db = database.db;
    await retirerPerimees(db);
    expect(await upkeepCatalogue(db, { jours: 400 })).toEqual({ sessions: 1, actions: 1, purges: 0 });
    expect(await upkeepCatalogue(db, { jours: 400 })).toEqual({ sessions: 0, actions: 0, purges: 0 });
    expect(await lire(db, id)).toMatchObject({ etat: "alerte", alerte: "sans_session" });
    done(await createSessions(db, OF, id, [saisieSession({ debut: "20270301" })]));
    expect((await confirmer(db, id)).etat).toBe("publiee");
    await database.shiftClock("0");
    db = database.db;
  });
});

describe("who may", () => {
  test("another OF sees and changes nothing of it", async () => {
    const { id, sessions } = await uneFichePubliee(db);
    const [session = 0] = sessions;
    expect(await readAction(db, AUTRE_OF, id)).toBeUndefined();
    expect(await readSession(db, AUTRE_OF, session)).toBeUndefined();
    expect(await readPassages(db, AUTRE_OF, id)).toEqual({ passages: [], suite: undefined });
    const before = await db("catalogue_passage").count();
    for (const answer of [
      await saveAction(db, AUTRE_OF, id, { revision: 1, contenu: saisieAction() }),
      await saveSession(db, AUTRE_OF, session, { revision: 1, contenu: saisieSession() }),
      await createSessions(db, AUTRE_OF, id, [saisieSession()]),
      await duplicateSession(db, AUTRE_OF, session),
      await validateAction(db, SANS_CONTROLE, AUTRE_OF, id, { revision: 1 }),
      await confirmAction(db, SANS_CONTROLE, AUTRE_OF, id, { revision: 1 }),
      await withdrawSession(db, AUTRE_OF, session, { motif: "Malveillance" }),
      await archiveAction(db, AUTRE_OF, id, { motif: "Malveillance" }),
      await discardChanges(db, AUTRE_OF, id),
    ])
      expect(answer).toHaveProperty("refus");
    expect(await db("catalogue_passage").count()).toEqual(before);
  });

  test("a conventionnée is its funder's, goes online at once, and its OF only reads it (S29–S31)", async () => {
    const made = await createAction(db, OF, { cadre: "conventionnee", contenu: saisieAction() });
    expect(made).toHaveProperty("refus");
    const { id } = done(
      await createAction(db, FINANCEUR, {
        cadre: "conventionnee",
        structure: "OF1",
        contenu: saisieAction(),
      }),
    );
    done(await createSessions(db, FINANCEUR, id, [saisieSession()]));
    expect((await confirmer(db, id, { auteur: FINANCEUR })).etat).toBe("publiee");
    const { reference, revision } = await lire(db, id);
    expect((await online("action", reference))?.contenu.conventionnee).toBe(true);
    expect(await readAction(db, OF, id)).toBeDefined();
    expect(await saveAction(db, OF, id, { revision, contenu: saisieAction() })).toHaveProperty(
      "refus",
      expect.stringContaining("financeur"),
    );
    expect(await archiveAction(db, OF, id, { motif: "Non" })).toHaveProperty("refus");
  });

  test("the second of two people is told, and nothing is overwritten", async () => {
    const { id } = await uneFiche(db);
    const { revision } = await lire(db, id);
    done(await saveAction(db, OF, id, { revision, contenu: saisieAction({ intitule: "Le premier" }) }));
    const second = await saveAction(db, { ...OF, acteur: "compte:carl" }, id, {
      revision,
      contenu: saisieAction({ intitule: "Le second" }),
    });
    expect(second).toMatchObject({ conflit: { par: "compte:anne", contenu: { intitule: "Le premier" } } });
    expect((await lire(db, id)).contenu.intitule).toBe("Le premier");
  });

  test("each passage is dated and signed", async () => {
    const { id } = await uneFichePubliee(db);
    const { passages } = await readPassages(db, OF, id);
    expect(passages.map(({ evenement, vers, acteur }) => [evenement, vers, acteur])).toEqual([
      ["publier", "publiee", "compte:zoe"],
      ["confirmer", "creee", "compte:anne"],
      ["ajouter_session", "brouillon", "compte:anne"],
      ["creer", "brouillon", "compte:anne"],
    ]);
  });
});

test("what is published elsewhere becomes working copies once, under the same numbers", async () => {
  const { id } = await uneFichePubliee(db);
  const { reference } = await lire(db, id);
  await db("catalogue_action").delete();
  await db("structure").where({ numero: "OF1" }).delete();
  expect(await adoptPublished(db, ["catalogue"])).toEqual({ structures: 1, actions: 1, sessions: 1 });
  expect(await adoptPublished(db, ["catalogue"])).toEqual({ structures: 0, actions: 0, sessions: 0 });
  const row = await db("catalogue_action").where({ reference }).first("id", "etat");
  expect(row.etat).toBe("publiee");
  const fiche = await lire(db, Number(row.id));
  done(
    await saveAction(db, OF, fiche.id, {
      revision: fiche.revision,
      contenu: { ...fiche.contenu, le_plus: "Repris" },
    }),
  );
  expect((await confirmer(db, fiche.id)).etat).toBe("publiee");
  expect((await online("action", reference))?.contenu.le_plus).toBe("Repris");
});
