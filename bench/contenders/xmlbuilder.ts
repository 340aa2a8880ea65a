import { once } from "node:events";
import { createWriteStream } from "node:fs";
import { stat } from "node:fs/promises";
import path from "node:path";
import { finished } from "node:stream/promises";
import { createGzip } from "node:zlib";
import { create, createCB } from "xmlbuilder2";
import { ENVELOPE, NAMESPACE } from "../../src/lheo/index.ts";
import { type FormationDuFlux, withFormations } from "../lib/offre.ts";
import { report } from "../lib/process.ts";
import { checkWholeDocument } from "../lib/wholeDocument.ts";
import { toXmlBuilder, type Walker, walk } from "../lib/xmlbuilder.ts";

/** Peer (a): the same rows and mapping, written by xmlbuilder2, gzipped, then checked as one document. */
const [url = "", dossier = "", manner = "create", schema = ""] = process.argv.slice(2);

const xml = path.join(dossier, `${manner}.xml`);
const gz = `${xml}.gz`;
const plain = createWriteStream(xml);
const zip = createGzip({ level: 6 });
const zipped = createWriteStream(gz);
zip.pipe(zipped);

/** Writes to both, waiting for whichever is late. */
async function write(text: string): Promise<void> {
  const bytes = Buffer.from(text);
  const late = [plain.write(bytes) ? undefined : plain, zip.write(bytes) ? undefined : zip];
  await Promise.all(late.map((stream) => stream && once(stream, "drain")));
}

let sessions = 0;
let conversion = 0;

async function byFormation(formations: AsyncIterable<FormationDuFlux>): Promise<void> {
  await write(ENVELOPE.open());
  for await (const { formation, sessions: count } of formations) {
    sessions += count;
    await write(
      create()
        .ele({ formation: converted(formation) as object })
        .end({ headless: true }),
    );
  }
  await write(ENVELOPE.close());
}

async function asStream(formations: AsyncIterable<FormationDuFlux>): Promise<void> {
  const pending: string[] = [];
  const builder = createCB({ data: (text: string) => pending.push(text) });
  const walker = builder as unknown as Walker;
  builder.dec({ encoding: "UTF-8" });
  walker.ele("lheo", { xmlns: NAMESPACE }).ele("offres");
  for await (const { formation, sessions: count } of formations) {
    sessions += count;
    walk(walker, "formation", converted(formation));
    await write(pending.splice(0).join(""));
  }
  builder.end();
  await write(pending.join(""));
}

function converted(formation: FormationDuFlux["formation"]): unknown {
  const start = performance.now();
  const value = toXmlBuilder("formation", formation);
  conversion += performance.now() - start;
  return value;
}

const start = performance.now();
await withFormations(url, manner === "createCB" ? asStream : byFormation);
plain.end();
zip.end();
await Promise.all([finished(plain), finished(zipped)]);
const ecriture = performance.now();
await checkWholeDocument(xml, schema);
const horsCourse = conversion / 1000;
const secondes = (performance.now() - start) / 1000 - horsCourse;
const [{ size: octets }, { size: octetsGz }] = await Promise.all([stat(xml), stat(gz)]);
const etapes = {
  "lecture, mapping, écriture, gzip": (ecriture - start) / 1000 - horsCourse,
  xsd: (performance.now() - ecriture) / 1000,
};
await report({ secondes, octets, octetsGz, sessions, horsCourse, etapes });
