import { mkdtempSync } from "node:fs";
import { connect, migrate, startEmbedded } from "../src/db/index.ts";
import { openStore } from "../src/snapshot/index.ts";
import { addProfil, publishFeed } from "./support/diffusion.ts";
import { download } from "../bench/lib/client.ts";
import { serveContender, serveNginx } from "../bench/lib/serve.ts";
import path from "node:path";
const dir = mkdtempSync("/tmp/w/pg-");
const server = await startEmbedded({ dir, ephemeral: true });
const db = connect(server.url);
await migrate(db);
const store = await openStore(dir + "-store");
await addProfil(db, "rco");
const feed = await publishFeed(db, store, "rco", "avant", 130_000_000);
const rel = path.relative(store.dir, store.pathOf(feed.file!.sha256, "xml"));
const nous = await serveContender("pull", ["offre-info", server.url, dir + "-store"]);
const nginx = await serveNginx(store.dir, dir + "-nginx");
for (const atOnce of [1]) {
  const ratios: number[] = [];
  for (let i = 0; i < 14; i++) {
    const t = async (s: typeof nous, target: string) => { const c = s.processor(); const a = performance.now(); await Promise.all(Array.from({ length: atOnce }, () => download(s.port, target))); return [performance.now() - a, s.processor() - c] as const; };
    const [a, ca] = await t(nous, "/flux/rco/offre-info.xml");
    const [b, cb] = await t(nginx, "/" + rel);
    ratios.push(b / a);
    console.log(atOnce, a.toFixed(0), b.toFixed(0), "cpu", ca.toFixed(2), cb.toFixed(2), (b / a).toFixed(2));
  }
}
console.log(process.env.T, "median", 0);
console.log(nous.memory() / 1e6, nginx.memory() / 1e6);
await nous.stop(); await nginx.stop(); await db.destroy(); await server.stop();
