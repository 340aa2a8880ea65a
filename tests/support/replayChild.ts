import { connect } from "../../src/db/index.ts";
import { advanceReplay } from "../../src/delivery/index.ts";

/** A replay made in a process of its own, to be killed: `node --import tsx replayChild.ts <database> <batch> <chunk>`. */
const [databaseUrl = "", lot = "", chunk = ""] = process.argv.slice(2);
await advanceReplay(connect(databaseUrl, { max: 1 }), Number(lot), { chunk: Number(chunk) });
