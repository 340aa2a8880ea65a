import { type ChildProcess, fork, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, readFileSync } from "node:fs";
import { mkdir, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import path from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { fileURLToPath } from "node:url";

/** A server in a process of its own, measured from outside. */
export interface Served {
  readonly port: number;
  /** Largest resident memory so far, in bytes. */
  memory(): number;
  /** Seconds of processor that it used so far. */
  processor(): number;
  stop(): Promise<void>;
}

/** Starts a contender of `bench/contenders` that sends the port on which it listens. */
export async function serveContender(script: string, args: readonly string[]): Promise<Served> {
  const file = fileURLToPath(new URL(`../contenders/${script}.ts`, import.meta.url));
  const child = fork(file, [...args], {
    execArgv: ["--import", "tsx"],
    stdio: ["ignore", "inherit", "inherit", "ipc"],
  });
  const [port] = (await Promise.race([
    once(child, "message"),
    once(child, "exit").then(() => {
      throw new Error(`${script} ${args[0]} : terminé sans écouter`);
    }),
  ])) as [number];
  return served(child, port, child.pid ?? 0);
}

const NGINX = ["/usr/sbin/nginx", "/usr/local/sbin/nginx", "/usr/bin/nginx"].find((file) => existsSync(file));

/**
 * Starts nginx on a folder: one worker, `sendfile`, no log.
 * @throws Error when it is not installed, or does not start
 */
export async function serveNginx(root: string, dossier: string): Promise<Served> {
  if (NGINX === undefined) throw new Error("nginx manque : apt-get install nginx-light");
  const port = await freePort();
  await mkdir(dossier, { recursive: true });
  const temp = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"]
    .map((name) => `${name}_temp_path ${dossier}/${name};`)
    .join(" ");
  const conf = path.join(dossier, "nginx.conf");
  await writeFile(
    conf,
    `daemon off; master_process off; worker_processes 1; pid ${dossier}/pid; error_log ${dossier}/erreurs;
${process.getuid?.() === 0 ? "user root;" : ""}
events { worker_connections 1024; }
http { access_log off; sendfile on; tcp_nopush on; keepalive_requests 1000000; ${temp}
  server { listen 127.0.0.1:${port}; root ${root}; } }\n`,
  );
  const child = spawn(NGINX, ["-c", conf, "-e", `${dossier}/erreurs`], { stdio: "ignore" });
  for (let tries = 0; !existsSync(path.join(dossier, "pid")); tries += 1) {
    if (child.exitCode !== null || tries > 100)
      throw new Error(`nginx ne démarre pas : ${readFileSync(path.join(dossier, "erreurs"), "utf8")}`);
    await pause(50);
  }
  return served(child, port, child.pid ?? 0);
}

function served(child: ChildProcess, port: number, pid: number): Served {
  return {
    port,
    memory: () => Number(/^VmHWM:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1]) * 1024,
    processor() {
      const fields = readFileSync(`/proc/${pid}/stat`, "utf8").split(") ")[1]?.split(" ") ?? [];
      // User and system time, in hundredths of a second.
      return (Number(fields[11]) + Number(fields[12])) / 100;
    },
    async stop() {
      if (child.exitCode !== null) return;
      child.kill();
      await once(child, "exit");
    },
  };
}

/** nginx wants a number: one that was free a moment ago. */
async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  server.close();
  return typeof address === "object" && address !== null ? address.port : 0;
}
