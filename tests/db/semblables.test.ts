import type { Knex } from "knex";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import {
  createVerificateur,
  readAction,
  readSession,
  similarActions,
  similarSessions,
  type Verificateur,
} from "../../src/catalogue/index.ts";
import {
  AUTRE_OF,
  confirmer,
  loadStructures,
  OF,
  saisieAction,
  uneFiche,
  uneFichePubliee,
} from "../support/catalogue.ts";
import { useDatabase } from "../support/database.ts";
import { actionComplete, sessionComplete } from "../support/saisie.ts";

/** Before one more is entered: is it not in the catalogue already (S53)? */
const database = useDatabase();
let db: Knex;
let verificateur: Verificateur;

beforeAll(() => {
  verificateur = createVerificateur({ base: "75" });
});
afterAll(() => verificateur.close());
beforeEach(async () => {
  ({ db } = database);
  await database.clear();
  await loadStructures(db);
});

const saisie = (fields: Parameters<typeof actionComplete>[0]) => ({
  structure: "OF1",
  contenu: actionComplete(fields),
});

test("actions of the structure with the same certification or nearly the same title, the nearest first", async () => {
  const deux = await uneFichePubliee(db, {
    contenu: saisieAction({
      intitule: "Conduire des chariots élévateurs en sécurité",
      certifications: [{ code_rs: "5080" }],
    }),
  });
  const titre = await uneFiche(db, OF, {
    contenu: saisieAction({ intitule: "CHARIOTS ELEVATEURS : conduire en securité" }),
  });
  await confirmer(db, titre.id);
  const code = await uneFichePubliee(db, {
    contenu: saisieAction({ intitule: "Cariste", certifications: [{ code_rs: "RS5080" }] }),
  });
  await uneFichePubliee(db, { contenu: saisieAction({ intitule: "Conduire un troupeau en sécurité" }) });
  await uneFiche(db, OF, {
    contenu: saisieAction({ intitule: "Conduire des chariots élévateurs en sécurité" }),
  });

  const found = await similarActions(
    db,
    OF,
    saisie({
      intitule: "Conduire un chariot élévateur en sécurité",
      certifications: [{ code_rs: "RS5080" }],
    }),
  );
  expect(found.map(({ id, meme }) => ({ id, meme }))).toEqual([
    { id: deux.id, meme: ["certification", "intitule"] },
    { id: titre.id, meme: ["intitule"] },
    { id: code.id, meme: ["certification"] },
  ]);
  expect(await similarActions(db, OF, { ...saisie({ intitule: "Cariste" }), sauf: code.id })).toEqual([]);
  expect(await similarActions(db, AUTRE_OF, saisie({ intitule: "Cariste" }))).toEqual([]);
  expect(await similarActions(db, OF, { structure: "OF1", contenu: {} })).toEqual([]);
});

test("a session on the same dates, at the same place, by the same voie", async () => {
  const ailleurs = sessionComplete();
  const [lieu] = ailleurs.lieux ?? [];
  if (lieu?.coordonnees.adresse != null) lieu.coordonnees.adresse.code_postal = "87000";
  const { sessions } = await uneFiche(db, OF, {
    sessions: [
      sessionComplete(),
      sessionComplete({ voie: "apprentissage" }),
      ailleurs,
      sessionComplete({ fin: "20270620" }),
      sessionComplete(),
    ],
  });
  const fiches = await Promise.all(sessions.map((id) => readSession(db, OF, id)));
  const twins = await similarSessions(
    db,
    fiches.flatMap((one) => one?.session ?? []),
  );
  expect(twins).toEqual([
    { de: sessions[0], id: sessions[4], reference: null },
    { de: sessions[4], id: sessions[0], reference: null },
  ]);
});

test("the checks say both, with the form to look at, and never stop for them", async () => {
  const online = await uneFichePubliee(db, { contenu: actionComplete() });
  const { id } = await uneFiche(db, OF, {
    contenu: actionComplete(),
    sessions: [sessionComplete(), sessionComplete()],
  });
  const action = await readAction(db, OF, id);
  const rows = await db("catalogue_session").where({ action_id: id }).orderBy("id").select("id");
  const sessions = await Promise.all(rows.map((row) => readSession(db, OF, Number(row.id))));
  if (action === undefined) throw new Error("no action");
  const { constats, bloquante } = await verificateur.verify(db, {
    action,
    sessions: sessions.flatMap((one) => one?.session ?? []),
  });
  expect(bloquante).toBe(false);
  const semblables = constats.filter(({ voir }) => voir !== undefined);
  expect(semblables.map(({ code, champ, voir }) => ({ code, champ, voir }))).toEqual([
    { code: "action-semblable", champ: "intitule", voir: { genre: "action", id: online.id } },
    { code: "session-semblable", champ: "debut", voir: { genre: "session", id: Number(rows[1]?.id) } },
    { code: "session-semblable", champ: "debut", voir: { genre: "session", id: Number(rows[0]?.id) } },
  ]);
  expect(semblables[0]?.message).toMatch(
    /^L'action 20\d{10}, « Conduire un chariot élévateur », a presque le même intitulé\./,
  );
});
