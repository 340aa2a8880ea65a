import { connect } from "../../src/db/index.ts";
import { publish } from "../../src/edition/index.ts";
import { PROFILS, type Profil } from "../../src/feed/index.ts";
import { openStore } from "../../src/snapshot/index.ts";
import { startXsd } from "../../src/validation/index.ts";
import { report } from "../lib/process.ts";

/** Ours: one édition for `rco` into an empty store, of a database that has never had one. */
const [url = "", dossier = ""] = process.argv.slice(2);
const profil = PROFILS.find(({ id }) => id === "rco") as Profil;

const setup = connect(url, { max: 1 });
// The runs before would make this one find its content unchanged, and write nothing.
await setup.raw("TRUNCATE edition, feed_snapshot, feed_presence, edition_notice, outbox CASCADE");
await setup("profil").insert({ id: profil.id, nom: profil.id, definition: "{}" }).onConflict("id").ignore();
await setup.destroy();

const start = performance.now();
const db = connect(url, { max: 4 });
const xsd = startXsd();
const store = await openStore(dossier);
const bilan = await publish(db, { profils: [profil], base: "72", store, xsd });
const secondes = (performance.now() - start) / 1000;
await xsd.close();
await db.destroy();

const file = bilan.profils[0]?.snapshot?.file;
if (!file) throw new Error("no snapshot was written");
await report({
  secondes,
  octets: file.octets,
  octetsGz: file.octetsGz,
  sessions: bilan.profils[0]?.compte.sessions ?? 0,
  fichier: store.pathOf(file.sha256, "xml"),
  etapes: Object.fromEntries(Object.entries(bilan.durees).map(([name, ms]) => [name, ms / 1000])),
});
