import { fork } from "node:child_process";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { fileURLToPath } from "node:url";

const FILE = fileURLToPath(import.meta.url);

/** Partners that take everything, in a process of their own so that their work is not counted as ours. */
export interface Well {
  readonly url: string;
  /** Waits until so many requests were answered since the start. */
  received(count: number): Promise<void>;
}

export async function startWell(): Promise<Well> {
  const child = fork(FILE, [], {
    execArgv: ["--import", "tsx"],
    stdio: ["ignore", "inherit", "inherit", "ipc"],
  });
  let seen = 0;
  let look = () => {};
  const port = await new Promise<number>((resolve) =>
    child.on("message", (said: { port?: number; seen?: number }) => {
      if (said.port !== undefined) resolve(said.port);
      seen = said.seen ?? seen;
      look();
    }),
  );
  child.unref();
  child.channel?.unref();
  return {
    url: `http://127.0.0.1:${port}`,
    received: (count) =>
      new Promise((resolve) => {
        look = () => {
          if (seen >= count) resolve();
        };
        look();
      }),
  };
}

if (process.argv[1] === FILE) {
  let seen = 0;
  const server = createServer((request, response) => {
    request.resume().once("end", () => {
      response.writeHead(201).end();
      seen += 1;
      process.send?.({ seen });
    });
  });
  server.listen(0, "127.0.0.1", () => process.send?.({ port: (server.address() as AddressInfo).port }));
  process.once("disconnect", () => process.exit());
}
