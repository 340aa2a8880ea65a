import { Socket } from "node:net";
import { createPostgresBackend, Queue, Worker } from "bullmq";
import type { Backend } from "./bull.ts";

/** BullMQ's tables live beside ours, in a schema of their own that it migrates itself. */
export function postgresBackend(url: string, schema: string): Backend {
  // Ours, for `pg` waits without end for the farewell of a server that no longer answers.
  const sockets = new Set<Socket>();
  const stream = () => {
    const socket = new Socket();
    sockets.add(socket);
    return socket.once("close", () => sockets.delete(socket));
  };
  const connection = {
    connectionString: url,
    schema,
    migrate: true,
    max: 4,
    connectionTimeoutMillis: 5_000,
    keepAlive: true,
    application_name: "offre-info-file",
    stream,
  };
  return {
    kind: "postgres",
    producer: (name, options) => new Queue(name, { ...options, connection }, createPostgresBackend),
    consumer: (name, processor, options) =>
      new Worker(name, processor, { ...options, connection }, createPostgresBackend),
    cut() {
      for (const socket of sockets) socket.destroy();
    },
  };
}
