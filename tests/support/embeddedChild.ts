import { connect, startEmbedded } from "../../src/db/index.ts";

/**
 * A process that keeps an embedded server on the folder given: says on its standard output, in JSON lines, that it is
 * ready or why not; asked to end by SIGINT or SIGTERM, uses the server once more and stops it.
 */
const say = (line: object) => process.stdout.write(`${JSON.stringify(line)}\n`);
const [, , dir = "", port = "0"] = process.argv;

try {
  const server = await startEmbedded({ dir, port: Number(port), log: (message) => say({ message }) });
  const stop = async (): Promise<void> => {
    const db = connect(server.url, { max: 1 });
    const { rows } = await db.raw("SELECT 'encore là' AS reponse");
    await db.destroy();
    await server.stop();
    say({ stopped: rows[0].reponse });
    process.exit(0);
  };
  process.once("SIGINT", stop).once("SIGTERM", stop);
  say({ ready: server.url });
  setInterval(() => undefined, 60_000);
} catch (error) {
  say({ error: error instanceof Error ? error.message : String(error) });
}
