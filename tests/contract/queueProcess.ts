import { fork } from "node:child_process";
import { once } from "node:events";
import { createServer, connect as dial, type Socket } from "node:net";
import { fileURLToPath } from "node:url";

const CHILD = fileURLToPath(new URL("queueChild.ts", import.meta.url));

/** A queue in another process: should it freeze, the test fails instead of freezing with it. */
export interface QueueProcess {
  /** Calls that it answered. */
  readonly heard: ReadonlySet<string>;
  /** @throws what the queue throws, or when nothing comes in time: the process is then frozen */
  ask(act: "start" | "listen" | "wake" | "close", word?: string, ms?: number): Promise<unknown>;
  /** Its exit code, when it ends by itself in time. */
  ended(ms: number): Promise<number | null | "alive">;
  kill(): void;
}

export function queueProcess(kind: "postgres" | "redis", url: string): QueueProcess {
  const child = fork(CHILD, [kind, url], {
    execArgv: ["--import", "tsx"],
    stdio: ["ignore", "inherit", "inherit", "ipc"],
  });
  const heard = new Set<string>();
  const waiting = new Map<number, (said: { answer?: unknown; error?: string }) => void>();
  let asked = 0;
  child.on("message", (said: { heard?: string; id?: number; answer?: unknown; error?: string }) => {
    if (said.heard !== undefined) heard.add(said.heard);
    if (said.id !== undefined) waiting.get(said.id)?.(said);
  });
  const exit = new Promise<number | null>((resolve) => child.once("exit", resolve));
  return {
    heard,
    ask(act, word, ms = 15_000) {
      asked += 1;
      const id = asked;
      return new Promise((resolve, reject) => {
        const timer = setTimeout(() => reject(new Error(`frozen: ${act} has no answer`)), ms);
        waiting.set(id, ({ answer, error }) => {
          clearTimeout(timer);
          if (error === undefined) resolve(answer);
          else reject(new Error(error));
        });
        child.send({ id, act, word });
      });
    },
    async ended(ms) {
      let timer: NodeJS.Timeout | undefined;
      const alive = new Promise<"alive">((resolve) => {
        timer = setTimeout(() => resolve("alive"), ms);
      });
      return Promise.race([exit, alive]).finally(() => clearTimeout(timer));
    },
    kill: () => void child.kill("SIGKILL"),
  };
}

/** A wire to a server, to be cut. */
export interface Wire {
  readonly url: string;
  /** `cut`: connections are refused service at once. `mute`: they are taken, and nothing more is ever said. */
  become(manner: "open" | "cut" | "mute"): void;
  close(): Promise<void>;
}

/** A wire on a free port that leads to the server of `url`. */
export async function startWire(url: string): Promise<Wire> {
  const target = new URL(url);
  const { hostname, port } = target;
  const sockets = new Set<Socket>();
  const hold = (socket: Socket) => {
    sockets.add(socket);
    return socket.on("error", () => undefined).once("close", () => sockets.delete(socket));
  };
  const drop = () => {
    for (const socket of sockets) socket.destroy();
  };
  let manner: "open" | "cut" | "mute" = "open";
  const server = createServer((near) => {
    hold(near);
    if (manner === "cut") near.destroy();
    if (manner !== "open") return;
    const far = hold(dial(Number(port), hostname));
    near.pipe(far).pipe(near);
    near.once("close", () => far.destroy());
    far.once("close", () => near.destroy());
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  target.port = String(typeof address === "object" ? address?.port : "");
  return {
    url: target.href,
    become(next) {
      manner = next;
      if (next !== "mute") return drop();
      for (const socket of sockets) socket.unpipe().pause();
    },
    async close() {
      drop();
      server.close();
      await once(server, "close");
    },
  };
}
