import { mkdtempSync } from "node:fs";
import { fork } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
const cpu = (pid: number) => { const f = readFileSync(`/proc/${pid}/stat`, "utf8").split(") ")[1]?.split(" ") ?? []; return [Number(f[11]) / 100, Number(f[12]) / 100] as const; };
import { connect, migrate, startEmbedded } from "../src/db/index.ts";
import { openStore } from "../src/snapshot/index.ts";
import { addProfil, publishFeed } from "./support/diffusion.ts";
import { hammer } from "../bench/lib/client.ts";
const dir = mkdtempSync("/tmp/w/pg-");
const server = await startEmbedded({ dir, ephemeral: true });
const db = connect(server.url);
await migrate(db);
const store = await openStore(dir + "-store");
await addProfil(db, "rco");
const feed = await publishFeed(db, store, "rco", "avant", 100000);
const prof = process.argv[2] === "prof" ? ["--cpu-prof", "--cpu-prof-dir=/tmp/w/prof"] : [];
const go = async (args: string[], exec: string[]) => {
  const child = fork("bench/contenders/pull.ts", args, { execArgv: ["--import", "tsx", ...exec], stdio: ["ignore", "inherit", "inherit", "ipc"] });
  const [port] = await once(child, "message");
  return { child, port };
};
const nous = await go(["offre-info", server.url, dir + "-store"], prof);
const nu = await go(["nu"], prof.map((p) => p.replace("prof/prof", "prof"))); 
const h = `If-None-Match: "${feed.file?.sha256}"\r\n`;
const total = [0, 0];
const c = { connections: Number(process.env.C ?? 64), ms: 2000 };
await hammer(nous.port, "/flux/rco/offre-info.xml", h, c);
for (let i = 0; i < 3; i++) {
  const c0 = cpu(nous.child.pid!); const a = await hammer(nous.port, "/flux/rco/offre-info.xml", h, c); const c1 = cpu(nous.child.pid!);
  const d0 = cpu(nu.child.pid!); const b = await hammer(nu.port, "/flux", h, c); const d1 = cpu(nu.child.pid!);
  const per = (x: readonly number[], y: readonly number[], n: number) => [0, 1].map((i) => (((y[i] ?? 0) - (x[i] ?? 0)) / n * 1e6 / 2).toFixed(1)).join("+");
  console.log("user+sys us/req", per(c0, c1, a), "|", per(d0, d1, b));
  total[0]! += a * 2; total[1]! += b * 2;
  console.log(Math.round(a), Math.round(b), (a / b).toFixed(2));
}
nous.child.kill(); nu.child.kill();
await once(nous.child, "exit"); console.log("n", total[0], total[1]); console.log("pids", nous.child.pid, nu.child.pid);
await db.destroy(); await server.stop();
