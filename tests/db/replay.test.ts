import { describe, expect, test } from "vitest";
import { readActs, recordAct, verifyAudit } from "../../src/audit/index.ts";
import {
  abandonReplay,
  actOnDelivery,
  advanceReplay,
  approveReplay,
  confirmReplay,
  type Filtre,
  pausePartner,
  previewReplay,
  readDelivery,
  readLot,
  zFiltre,
} from "../../src/delivery/index.ts";
import { useDatabase } from "../support/database.ts";
import { addPartner, deliveriesOf, eventually } from "../support/diffusion.ts";
import { AUTRE, apercu, done, MOI, refusedBy, useScene } from "../support/operateur.ts";

const database = useDatabase({ max: 12 });
const scene = useScene(database, ["a", "b"]);
const SEUIL = 20;

const confirm = (jeton: string, { acteur, motif } = MOI, seuil = SEUIL) =>
  confirmReplay(database.db, jeton, { acteur, motif, seuil });

async function replay(filtre: Filtre): Promise<number> {
  const { lot } = done(await confirm((await apercu(database, filtre)).jeton));
  await advanceReplay(database.db, lot);
  return lot;
}

/** Published, and refused for good by both. */
async function failedNight(word = "A"): Promise<{ a: string; b: string }> {
  await scene.publish(word);
  await scene.plan();
  return { a: await scene.attempt("a", 400), b: await scene.attempt("b", 400) };
}
const DEAD = zFiltre.parse({ etats: ["dead"] });

describe("one delivery", () => {
  test("is a new delivery with a new key, tied to the old one, and leaves", async () => {
    const { a } = await failedNight();
    const shown = await apercu(database, { ids: [a] });
    expect(shown).toMatchObject({
      diffusions: 1,
      envois: 1,
      lignes: [{ partner: "a", diffusions: [a], sort: "cree", contenu: "memes_octets" }],
    });
    expect(await scene.waiting("a")).toBe("");
    const lot = await replay({ ids: [a] });
    const id = await scene.waiting("a");
    expect(id).not.toBe(a);
    expect(await readDelivery(database.db, id)).toMatchObject({
      etat: "scheduled",
      lot,
      liens: [{ lien: "rejoue", id: a, etat: "dead" }],
    });
    expect(await readDelivery(database.db, a)).toMatchObject({ liens: [{ lien: "rejouee_par", id }] });
    expect(await readLot(database.db, lot)).toMatchObject({
      etat: "fini",
      faites: 1,
      items: [{ delivery_id: a, rejeu: id, resultat: "cree" }],
    });
    expect(
      (await readActs(database.db, { limit: 9 })).map(({ acte, objet_id, acteur }) => [
        acte,
        objet_id,
        acteur,
      ]),
    ).toEqual([
      ["diffusion.rejouer", id, MOI.acteur],
      ["rejeu.confirmer", String(lot), MOI.acteur],
    ]);
    expect(await scene.attempt("a", 201)).toBe(id);
  });

  test("accepted already is sent again when asked for, and planning leaves it alone", async () => {
    await scene.publish("A");
    await scene.plan();
    const a = await scene.attempt("a", 201);
    await replay({ ids: [a] });
    await addPartner(database.db, "a", "rco", { type: "dossier", chemin: "/tmp" });
    await scene.plan();
    expect(await scene.states("a")).toEqual(["accepted", "scheduled"]);
    await scene.attempt("a", 201);
    expect(await scene.states("a")).toEqual(["accepted", "accepted"]);
  });

  test("that carried an older content sends the latest, never the older", async () => {
    const { a } = await failedNight("A");
    const latest = await scene.publish("B");
    await scene.plan();
    await scene.attempt("a", 201);
    const shown = await apercu(database, { ids: [a] });
    expect(shown.lignes).toMatchObject([{ contenu: "derniers", sha256: latest.file?.sha256 }]);
    await replay({ ids: [a] });
    expect((await deliveriesOf(database.db, "a")).at(-1)).toMatchObject({ snapshot_id: latest.id });
  });

  test("that waits after a failure is not doubled: it leaves sooner", async () => {
    await scene.publish("A");
    await scene.plan();
    const a = await scene.attempt("a", 503);
    const [{ due_at: before } = { due_at: new Date(0) }] = await deliveriesOf(database.db, "a");
    const lot = await replay({ ids: [a] });
    const rows = await deliveriesOf(database.db, "a");
    expect(rows).toMatchObject([{ id: a, etat: "retry" }]);
    expect(rows[0]?.due_at.getTime()).toBeLessThan(before.getTime());
    expect(await readLot(database.db, lot)).toMatchObject({ items: [{ resultat: "rejoint", rejeu: a }] });
  });

  test("takes the place of what was only announced", async () => {
    const { a } = await failedNight();
    await database.db("delivery").insert({
      id: "annonce-a",
      partner: "a",
      eligible_at: database.db.raw("horloge()"),
      due_at: database.db.raw("horloge() + interval '2 days'"),
    });
    await replay({ ids: [a] });
    const id = await scene.waiting("a");
    expect(await database.db("delivery").where({ id: "annonce-a" }).first()).toMatchObject({
      etat: "superseded",
      superseded_by: id,
    });
  });
});

describe("many", () => {
  test("several failures of one partner are one replay, the others tied to it", async () => {
    const first = await failedNight("A");
    const second = await failedNight("B");
    const shown = await apercu(database, DEAD);
    expect(shown).toMatchObject({
      diffusions: 4,
      envois: 2,
      lignes: [{ diffusions: [second.a, first.a] }, { diffusions: [second.b, first.b] }],
    });
    await replay(DEAD);
    const id = await scene.waiting("a");
    expect((await readDelivery(database.db, id))?.liens.map((one) => [one.lien, one.id])).toEqual([
      ["rejoue", first.a],
      ["rejoue", second.a],
    ]);
    expect(await scene.states("a")).toEqual(["dead", "dead", "scheduled"]);
  });

  test("are found by partner, profile, state, period, outcome and session", async () => {
    const { a, b } = await failedNight();
    const snapshot = await database.db("feed_snapshot").first("id");
    await database.db("feed_presence").insert({
      profil: "rco",
      session: "S1",
      action: "A1",
      session_version: 1,
      action_version: 1,
      organisme_version: 1,
      fragment_sha256: "x",
      from_snapshot: snapshot?.id,
    });
    await database
      .db("delivery")
      .where({ id: b })
      .update({ created_at: database.db.raw("horloge() - interval '3 days'") });
    await database
      .db("attempt")
      .where({ delivery_id: b })
      .update({ started_at: database.db.raw("horloge() - interval '2 days'"), issue: "delai" });
    const day = (n: number) => new Date(Date.now() + n * 86_400_000).toISOString();
    const found = async (filtre: object) => {
      const shown = await previewReplay(database.db, zFiltre.parse(filtre), MOI.acteur);
      return "refused" in shown ? shown.refused : shown.done.lignes.flatMap(({ diffusions }) => diffusions);
    };
    expect(await found({ partenaires: ["b"] })).toEqual([b]);
    expect(await found({ profils: ["rco"] })).toEqual([a, b]);
    expect(await found({ profils: ["autre"] })).toContain("Aucune diffusion");
    expect(await found({ etats: ["accepted"] })).toContain("Aucune diffusion");
    expect(await found({ depuis: day(-1) })).toEqual([a]);
    expect(await found({ depuis: day(-2.5), jusqua: day(-1) })).toEqual([b]);
    expect(await found({ depuis: day(-3.5), jusqua: day(-2.5) })).toEqual([b]);
    expect(await found({ issues: ["delai"] })).toEqual([b]);
    expect(await found({ issues: ["delai"], depuis: day(-1) })).toContain("Aucune diffusion");
    expect(await found({ session: "S1" })).toEqual([a, b]);
    expect(await found({ session: "S2" })).toContain("Aucune diffusion");
    expect(await found({})).toContain("au moins un critère");
  });

  test("what cannot leave is shown with its reason and does not stop the rest", async () => {
    await failedNight();
    await database.db("partner").where({ id: "b" }).update({ etat: "desactive", etat_motif: "410" });
    const { jeton, lignes, envois } = await apercu(database, DEAD);
    expect({ envois, sorts: lignes.map(({ sort }) => sort) }).toEqual({
      envois: 1,
      sorts: ["cree", "refuse"],
    });
    const { lot } = done(await confirm(jeton));
    await advanceReplay(database.db, lot);
    expect(await scene.waiting("a")).not.toBe("");
    expect(await scene.waiting("b")).toBe("");
    expect((await readLot(database.db, lot))?.items).toMatchObject([
      { resultat: "cree" },
      { resultat: "refuse", motif: expect.stringContaining("410") },
    ]);
  });
});

describe("a confirmation", () => {
  test("is of what was shown: something else published in between is refused, and a new preview passes", async () => {
    await failedNight();
    const { jeton } = await apercu(database, DEAD);
    await scene.publish("B");
    expect(refusedBy(await confirm(jeton))).toContain("a changé");
    await replay(DEAD);
    expect(await scene.waiting("a")).not.toBe("");
  });

  test("is refused when another delivery meets the filter since, or a partner is disabled", async () => {
    const { a } = await failedNight();
    const { jeton } = await apercu(database, DEAD);
    await database.db("partner").where({ id: "a" }).update({ etat: "desactive" });
    expect(refusedBy(await confirm(jeton))).toContain("a changé");
    await database.db("partner").where({ id: "a" }).update({ etat: "actif" });
    const again = await apercu(database, DEAD);
    await database.db("delivery").where({ id: a }).update({ etat: "rejected" });
    expect(refusedBy(await confirm(again.jeton))).toContain("a changé");
  });

  test("is good once, in its time, and for who asked", async () => {
    await failedNight();
    const { jeton } = await apercu(database, DEAD);
    expect(refusedBy(await confirm(jeton, AUTRE))).toContain(MOI.acteur);
    expect(refusedBy(await confirm("rien"))).toContain("inconnu");
    const { lot } = done(await confirm(jeton));
    expect(refusedBy(await confirm(jeton))).toContain(`n° ${lot}`);
    const old = await apercu(database, DEAD);
    await database
      .db("replay_batch")
      .where({ jeton: old.jeton })
      .update({ expire_at: database.db.raw("horloge() - interval '1 s'") });
    expect(refusedBy(await confirm(old.jeton))).toContain("quart d'heure");
  });

  test("two at the same time, of one preview or of two alike: one wins", async () => {
    await failedNight();
    const mine = await apercu(database, DEAD);
    const theirs = done(await previewReplay(database.db, DEAD, AUTRE.acteur));
    const answers = await Promise.all([
      confirm(mine.jeton),
      confirm(mine.jeton),
      confirm(theirs.jeton, AUTRE),
      confirm(theirs.jeton, AUTRE),
    ]);
    const won = answers.flatMap((one) => ("done" in one ? [one.done.lot] : []));
    expect(won).toHaveLength(1);
    await Promise.all(
      won.flatMap((lot) => [advanceReplay(database.db, lot), advanceReplay(database.db, lot)]),
    );
    expect(await scene.states("a")).toEqual(["dead", "scheduled"]);
    expect(await scene.states("b")).toEqual(["dead", "scheduled"]);
    // Once made, the same deliveries are not asked for again unseen.
    await scene.attempt("a", 201);
    await scene.attempt("b", 201);
    expect(refusedBy(await confirm(theirs.jeton, AUTRE))).not.toBe("");
    expect((await apercu(database, DEAD)).lignes[0]?.deja).toHaveLength(1);
  });

  test("that looked before the other one was written looks again", async () => {
    await failedNight();
    const mine = await apercu(database, DEAD);
    const theirs = done(await previewReplay(database.db, DEAD, AUTRE.acteur));
    // Both are stopped at the last moment: whoever comes first has written nothing that the other can see.
    const answers = await database.db.transaction(async (audit) => {
      await recordAct(audit, { acteur: "essai", acte: "essai", objet: { type: "essai", id: "1" } });
      const both = [confirm(mine.jeton), confirm(theirs.jeton, AUTRE)];
      await eventually(async () => {
        const { rows } = await database.db.raw(
          "SELECT 1 FROM pg_locks l JOIN pg_database d ON d.oid = l.database WHERE d.datname = current_database() AND locktype = 'advisory' AND NOT granted",
        );
        return rows.length === 2 ? true : undefined;
      }, "both confirmations waiting");
      return { both };
    });
    const won = (await Promise.all(answers.both)).filter((one) => "done" in one);
    expect(won).toHaveLength(1);
  });

  test("with nothing that can leave is refused", async () => {
    await failedNight();
    for (const id of ["a", "b"]) await database.db("partner").where({ id }).update({ etat: "desactive" });
    expect(refusedBy(await confirm((await apercu(database, DEAD)).jeton))).toContain("Rien ne peut partir");
  });
});

describe("beyond the threshold, a second person", () => {
  const waiting = async () => done(await confirm((await apercu(database, DEAD)).jeton, MOI, 1));

  test("agrees, and it is made", async () => {
    await failedNight();
    const { lot, etat } = await waiting();
    expect(etat).toBe("a_valider");
    await advanceReplay(database.db, lot);
    expect(await scene.states("a")).toEqual(["dead"]);
    expect(refusedBy(await approveReplay(database.db, lot, MOI))).toContain("une autre personne");
    done(await approveReplay(database.db, lot, AUTRE));
    await advanceReplay(database.db, lot);
    expect(await scene.states("a")).toEqual(["dead", "scheduled"]);
    expect(await readLot(database.db, lot)).toMatchObject({
      etat: "fini",
      acteur: MOI.acteur,
      valideur: AUTRE.acteur,
    });
    expect(refusedBy(await approveReplay(database.db, lot, AUTRE))).toContain("n'attend pas");
    expect((await verifyAudit(database.db)).rupture).toBeUndefined();
  });

  test("cannot agree to something else than what was confirmed; it can be abandoned", async () => {
    await failedNight();
    const { lot } = await waiting();
    await scene.publish("B");
    expect(refusedBy(await approveReplay(database.db, lot, AUTRE))).toContain("a changé");
    done(await abandonReplay(database.db, lot, AUTRE));
    await advanceReplay(database.db, lot);
    expect(await scene.states("a")).toEqual(["dead"]);
    expect(refusedBy(await abandonReplay(database.db, lot, AUTRE))).not.toBe("");
  });
});

test("made while something changed: each partner is looked at again under its lock", async () => {
  const { a } = await failedNight();
  const { lot } = done(await confirm((await apercu(database, DEAD)).jeton));
  const latest = await scene.publish("B");
  await scene.plan();
  done(await actOnDelivery(database.db, "hold", { id: await scene.waiting("b"), ...MOI }));
  await advanceReplay(database.db, lot);
  // The newest was planned meanwhile: it takes the replay of `a` along; an operator holds that of `b`.
  expect(await scene.states("a")).toEqual(["dead", "scheduled"]);
  expect((await deliveriesOf(database.db, "a")).at(-1)).toMatchObject({ snapshot_id: latest.id });
  expect((await readLot(database.db, lot))?.items).toMatchObject([
    { delivery_id: a, resultat: "rejoint" },
    { resultat: "refuse", motif: expect.stringContaining("retenue") },
  ]);
});

test("a paused partner gets its replay when it wakes", async () => {
  const { a } = await failedNight();
  done(await pausePartner(database.db, { id: "a", ...MOI }));
  expect((await apercu(database, { ids: [a] })).lignes).toMatchObject([{ sort: "cree", depart: undefined }]);
  await replay({ ids: [a] });
  await expect(scene.attempt("a", 201)).rejects.toThrow("partenaire_inactif");
});
