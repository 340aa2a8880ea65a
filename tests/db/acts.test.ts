import { describe, expect, test } from "vitest";
import { readActs, verifyAudit } from "../../src/audit/index.ts";
import { actOnDelivery, pausePartner, resumePartner, type Verb } from "../../src/delivery/index.ts";
import { setPartnerState } from "../../src/partner/index.ts";
import { useDatabase } from "../support/database.ts";
import { deliveriesOf } from "../support/diffusion.ts";
import { done, MOI, refusedBy, useScene } from "../support/operateur.ts";

const database = useDatabase();
const scene = useScene(database, ["a"]);

const act = (verb: Verb, id: string, essai = false) =>
  actOnDelivery(database.db, verb, { id, essai, ...MOI });
const acts = async () => (await readActs(database.db, { limit: 100 })).reverse();
const row = async (id: string) => database.db("delivery").where({ id }).first();

async function planned(word = "A"): Promise<string> {
  await scene.publish(word);
  await scene.plan();
  return scene.waiting("a");
}

test("trying says the same as doing, and touches nothing", async () => {
  const id = await planned();
  const before = await row(id);
  const said = done(await act("cancel", id, true));
  expect(await row(id)).toEqual(before);
  expect(await acts()).toEqual([]);
  expect(done(await act("cancel", id))).toBe(said);
  expect(await row(id)).toMatchObject({ etat: "canceled", motif: "essai", annulee_par: MOI.acteur });
  expect(await acts()).toMatchObject([
    {
      ...MOI,
      acte: "diffusion.annuler",
      objet_id: id,
      detail: { partenaire: "a", avant: "scheduled", apres: "canceled" },
    },
  ]);
});

test("an act without a reason, or by nobody, is refused", async () => {
  const id = await planned();
  expect(refusedBy(await actOnDelivery(database.db, "cancel", { id, ...MOI, motif: " " }))).toContain(
    "motif",
  );
  expect(refusedBy(await pausePartner(database.db, { id: "a", motif: "x", acteur: "" }))).toContain("qui");
  expect(await scene.states("a")).toEqual(["scheduled"]);
});

test("what an operator canceled stays so until something else is published", async () => {
  done(await act("cancel", await planned("A")));
  await setPartnerState(database.db, "a", "actif", null);
  await scene.plan();
  expect(await scene.states("a")).toEqual(["canceled"]);
  await planned("B");
  expect(await scene.states("a")).toEqual(["canceled", "scheduled"]);
});

describe("what does not wait is refused, with what to do instead", () => {
  test.each(["cancel", "hold", "release"] as const)("%s", async (verb) => {
    expect(refusedBy(await act(verb, "rien"))).toContain("« rien »");
    await planned();
    const flying = await scene.depart("a");
    expect(refusedBy(await act(verb, flying))).toContain("deliveries pause a");
    await database.db("delivery").where({ id: flying }).update({ etat: "accepted", lease_until: null });
    expect(refusedBy(await act(verb, flying))).toContain(`deliveries replay ${flying}`);
    expect(await acts()).toEqual([]);
  });
});

test("an announcement has no content to hold back", async () => {
  const [{ id }] = await database.db("delivery").insert(
    {
      id: "annonce-a",
      partner: "a",
      eligible_at: database.db.raw("horloge()"),
      due_at: database.db.raw("horloge() + interval '2 days'"),
    },
    ["id"],
  );
  expect(refusedBy(await act("hold", id))).toContain("annonce");
  expect(refusedBy(await act("cancel", id))).toContain("deliveries pause a");
});

describe("hold and release", () => {
  test("a newer content takes the place of the one held, and stays held until released", async () => {
    const id = await planned("A");
    done(await act("hold", id));
    expect(refusedBy(await act("hold", id))).toContain("déjà retenue (par un opérateur)");
    const newest = await scene.publish("B");
    await scene.plan();
    expect(await deliveriesOf(database.db, "a")).toMatchObject([
      { id, etat: "held", snapshot_id: newest.id },
    ]);
    done(await act("release", id));
    expect(await row(id)).toMatchObject({ etat: "scheduled", retenue: null, motif: null });
    await scene.attempt("a", 201);
    expect((await acts()).map(({ acte }) => acte)).toEqual(["diffusion.retenir", "diffusion.liberer"]);
  });

  test("one whose bytes left once goes on with them; a newer content takes its place and is held in turn", async () => {
    await planned("A");
    const id = await scene.attempt("a", 503);
    done(await act("hold", id));
    await scene.publish("B");
    await scene.plan();
    const next = await scene.waiting("a");
    expect(await deliveriesOf(database.db, "a")).toMatchObject([
      { id, etat: "superseded", superseded_by: next },
      { id: next, etat: "held" },
    ]);
    done(await act("release", next));
    expect(await row(next)).toMatchObject({ etat: "scheduled" });
  });

  test("released after a failure, it is tried at the next window and not at the end of its wait", async () => {
    await planned("A");
    const id = await scene.attempt("a", 503);
    done(await act("hold", id));
    const { due_at: before } = await row(id);
    done(await act("release", id));
    const after = await row(id);
    expect(after).toMatchObject({ etat: "retry", epoch: 1 });
    expect(after.due_at.getTime()).toBeLessThan(before.getTime());
  });

  test("released after an outcome that nobody knows, it leaves again under the same key, and says so", async () => {
    await planned("A");
    const id = await scene.attempt("a", 503);
    await database.db("delivery").where({ id }).update({ etat: "held", retenue: "inconnue" });
    expect(done(await act("release", id))).toContain("la clé d'envoi reste la même");
    expect(await scene.attempt("a", 201)).toBe(id);
  });

  test("released, it goes to the next window of its partner", async () => {
    const id = await planned("A");
    done(await act("hold", id));
    await database
      .db("profil")
      .where({ id: "rco" })
      .update({
        definition: database.db.raw(`jsonb_set(definition, '{calendrier,fenetres}',
        jsonb_build_array(jsonb_build_object('debut', '02:00', 'fin', '02:01', 'jours', jsonb_build_array(
          extract(isodow FROM horloge() AT TIME ZONE 'Europe/Paris' - interval '1 day')))))`),
      });
    done(await act("release", id));
    const { due_at, due_explain } = await row(id);
    expect(due_at.getTime()).toBeGreaterThan(Date.now() + 4 * 86_400_000);
    expect(due_explain.length).toBeGreaterThanOrEqual(5);
  });

  test("an empty feed cannot be released", async () => {
    await planned("A");
    await scene.publish(null);
    await scene.plan();
    const id = await scene.waiting("a");
    expect(await row(id)).toMatchObject({ etat: "held", retenue: "vide" });
    expect(refusedBy(await act("release", id))).toContain("un flux vide n'existe pas");
  });
});

test("a partner is paused and woken, each told once, and what waited leaves", async () => {
  const id = await planned("A");
  const ask = { id: "a", ...MOI };
  expect(done(await pausePartner(database.db, { ...ask, essai: true }))).toContain(id);
  expect(await database.db("partner").first("etat")).toEqual({ etat: "actif" });
  expect(refusedBy(await resumePartner(database.db, ask))).toContain("ni en pause");
  done(await pausePartner(database.db, ask));
  expect(await database.db("partner").first("etat", "etat_motif")).toEqual({
    etat: "en_pause",
    etat_motif: "essai",
  });
  expect(refusedBy(await pausePartner(database.db, ask))).toContain("essai");
  await expect(scene.attempt("a", 201)).rejects.toThrow("partenaire_inactif");
  done(await resumePartner(database.db, ask));
  await scene.attempt("a", 201);
  expect(refusedBy(await pausePartner(database.db, { ...ask, id: "personne" }))).toContain("« personne »");
  expect((await acts()).map(({ acte, objet_id }) => [acte, objet_id])).toEqual([
    ["partenaire.suspendre", "a"],
    ["partenaire.reprendre", "a"],
  ]);
  expect((await verifyAudit(database.db)).rupture).toBeUndefined();
});
