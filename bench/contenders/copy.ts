import { Writable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { to as copyTo } from "pg-copy-streams";
import { connect, withClient } from "../../src/db/index.ts";
import { copySql, TABLES } from "../lib/native.ts";
import { report } from "../lib/process.ts";

/** Reads the rows out by COPY, through the driver, where no psql is installed. */
const [url = ""] = process.argv.slice(2);
const db = connect(url, { max: 1 });
let octets = 0;
const start = performance.now();
await withClient(db, async (client) => {
  for (const table of TABLES) {
    const sink = new Writable({
      write(chunk: Buffer, _encoding, done) {
        octets += chunk.length;
        done();
      },
    });
    await pipeline(client.query(copyTo(copySql(table))), sink);
  }
});
const secondes = (performance.now() - start) / 1000;
await db.destroy();
await report({ secondes, octets, octetsGz: 0, sessions: 0 });
