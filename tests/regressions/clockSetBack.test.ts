import { beforeEach, expect, test } from "vitest";
import { useDatabase } from "../support/database.ts";
import { useScene } from "../support/operateur.ts";

/** What the clock of the database, set back, once made planning believe. */
const database = useDatabase();
beforeEach(() => database.shiftClock("0"));
const scene = useScene(database, ["a"]);

test("what a partner accepted last is known by the order of deliveries, not by their dates", async () => {
  await database.shiftClock("1 hour");
  await scene.publish("A");
  await scene.plan();
  await scene.attempt("a", 201);
  await database.shiftClock("0");
  await scene.publish("B");
  await scene.plan();
  await scene.attempt("a", 201);
  await scene.publish("A");
  await scene.plan();
  expect(await scene.waiting("a")).not.toBe("");
});
