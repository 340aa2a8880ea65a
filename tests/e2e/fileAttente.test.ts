import { afterAll, beforeAll, expect, test } from "vitest";
import { type Queue, startQueue } from "../../src/queue/index.ts";
import { useDatabase } from "../support/database.ts";
import { silence } from "../support/diffusion.ts";
import { texte, useSite } from "../support/site.ts";

/** The queue as bull-board shows it: looked at by administrators, changed by nobody. */
const database = useDatabase();
let queue: Queue | undefined;
const site = useSite(database, () => ({ file: () => queue }));
const NAME = "offre-info-diffusions";
const DELIVERY = "20261124T083015Z-essai-1";

beforeAll(async () => {
  queue = await startQueue({ kind: "postgres", databaseUrl: database.url, log: silence });
  await queue.wake([{ deliveryId: DELIVERY, epoch: 0, delayMs: 3_600_000 }]);
});
afterAll(() => queue?.close());

test("without a queue the page says so, and there is nothing else", async () => {
  const opened = queue;
  queue = undefined;
  const chef = await site.visit("chef-sans-file", "administrateur");
  expect(texte((await chef.get("/file-attente")).html)).toContain("Ici aucune file n'est en service");
  expect((await chef.get("/file-attente/api/queues")).status).toBe(404);
  queue = opened;
});

test("an administrator sees what waits, by pages and scripts that come from here alone", async () => {
  const chef = await site.visit("chef", "administrateur");
  const page = await chef.get(`/file-attente/queue/${NAME}`);
  expect(page.headers["content-security-policy"]).toContain("script-src 'self'");
  expect(page.headers["content-security-policy"]).not.toContain("unsafe");
  expect(page.html).not.toMatch(/https?:\/\//);
  const loaded = [...page.html.matchAll(/(?:src|href)="(static\/[^"]+)"/g)].map(([, file]) => file);
  expect(loaded.length).toBeGreaterThan(2);
  for (const file of loaded) expect((await chef.get(`/file-attente/${file}`)).status).toBe(200);
  const { html } = await chef.get(`/file-attente/api/queues?activeQueue=${NAME}&status=delayed`);
  const [shown] = JSON.parse(html).queues;
  expect(shown).toMatchObject({ name: NAME, readOnlyMode: true, allowRetries: false });
  expect(shown.counts.delayed).toBe(1);
  expect(JSON.stringify(shown.jobs[0].data)).toContain(DELIVERY);
  const one = await chef.get(`/file-attente/api/queues/${NAME}/${shown.jobs[0].id}`);
  expect(one.html).toContain(DELIVERY);
});

test("nobody else does, and nothing that would change it is there to be asked", async () => {
  const operateur = await site.visit("operateur", "operateur");
  for (const path of ["", "/api/queues", "/static/favicon.ico"])
    expect((await operateur.get(`/file-attente${path}`)).status).toBe(403);
  const chef = await site.visit("autre-chef", "administrateur");
  for (const path of [`api/queues/${NAME}/obliterate`, `api/queues/${NAME}/add`, "api/queues/pause"]) {
    const refused = await chef.post(`/file-attente/${path}`);
    expect(refused.status).toBe(405);
    expect(texte(refused.html)).toContain("rien n'a été fait");
  }
  // Where bull-board itself would be asked to write.
  await expect(queue?.board?.obliterate()).rejects.toThrow("only looked at");
  const { html } = await chef.get("/file-attente/api/queues");
  expect(JSON.parse(html).queues[0].counts.delayed).toBe(1);
});
