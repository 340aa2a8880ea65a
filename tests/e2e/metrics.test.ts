import { afterEach, beforeEach, expect, test } from "vitest";
import { claim, complete, failure, planDeliveries } from "../../src/delivery/index.ts";
import { buildServer } from "../../src/http/index.ts";
import { openStore, type Store } from "../../src/snapshot/index.ts";
import { useDatabase } from "../support/database.ts";
import {
  addPartner,
  addProfil,
  deliveriesOf,
  publishFeed,
  silence,
  useFolder,
} from "../support/diffusion.ts";

const database = useDatabase();
const folder = useFolder();
let store: Store;
const servers: ReturnType<typeof buildServer>[] = [];

beforeEach(async () => {
  await database.clear();
  store = await openStore(folder.dir);
});
afterEach(async () => {
  for (const server of servers.splice(0)) await server.close();
});

function server(metricsToken?: string) {
  const app = buildServer({ db: database.db, store, log: silence, metricsToken });
  servers.push(app);
  return app;
}

test("what operators watch is measured from the database", async () => {
  await addProfil(database.db, "rco");
  await addPartner(database.db, "a", "rco", { type: "dossier", chemin: folder.dir });
  await addPartner(database.db, "b", "rco", { type: "dossier", chemin: folder.dir });
  await publishFeed(database.db, store, "rco", "A");
  await planDeliveries(database.db);
  const [one] = await deliveriesOf(database.db, "a");
  const taken = await claim(database.db, one?.id ?? "", { worker: "essai", leaseMs: 60_000 });
  if (!("claimed" in taken)) throw new Error(taken.refused);
  await complete(database.db, taken.claimed, failure("dns", "Introuvable."), { hasard: 0.5 });
  await database
    .db("delivery")
    .where({ partner: "b" })
    .update({
      due_at: database.db.raw("horloge() - interval '90 seconds'"),
    });

  const { statusCode, body, headers } = await server().inject({ url: "/metrics" });
  expect(statusCode).toBe(200);
  expect(headers["content-type"]).toContain("text/plain");
  expect(body).toContain('offre_info_deliveries{state="retry"} 1');
  expect(body).toContain('offre_info_deliveries{state="scheduled"} 1');
  expect(body).toContain('offre_info_attempts_last_hour{outcome="dns"} 1');
  expect(body).toContain('offre_info_partners{state="actif"} 2');
  expect(body).toContain('offre_info_feed_sessions{profile="rco"} 1');
  expect(Number(/^offre_info_delivery_lag_seconds (\S+)/m.exec(body)?.[1])).toBeGreaterThanOrEqual(90);
  expect(Number(/^offre_info_edition_age_seconds (\S+)/m.exec(body)?.[1])).toBeGreaterThanOrEqual(0);
});

test("with a token, whoever does not show it is refused, this machine included", async () => {
  const app = server("un-jeton-de-mesure");
  expect((await app.inject({ url: "/metrics" })).statusCode).toBe(401);
  const authorization = "Bearer un-jeton-de-mesure";
  expect(
    (await app.inject({ url: "/metrics", headers: { authorization: `${authorization}x` } })).statusCode,
  ).toBe(401);
  expect((await app.inject({ url: "/metrics", headers: { authorization } })).statusCode).toBe(200);
});

test("without a token, another machine and a proxy's client are refused", async () => {
  const app = server();
  expect((await app.inject({ url: "/metrics", remoteAddress: "192.0.2.7" })).statusCode).toBe(401);
  expect(
    (await app.inject({ url: "/metrics", headers: { "x-forwarded-for": "192.0.2.7" } })).statusCode,
  ).toBe(401);
});
