import { convert, create, createCB, fragment, fragmentCB } from "xmlbuilder2";
import { generateDemo } from "../../fixtures/demo/index.ts";
import { buildOffre } from "../../src/feed/index.ts";
import { type Formation, serialise } from "../../src/lheo/index.ts";
import { report } from "../lib/process.ts";
import { toXmlBuilder, type Walker, walk } from "../lib/xmlbuilder.ts";

/** One way to write formations, over and over on the same ones; prepared outside the measure. */
const [manner = "create"] = process.argv.slice(2);

const offer = generateDemo("small", "20260105");
const organismes = new Map([...offer.organismes()].map((row) => [row.numero, row]));
const sessions = [...offer.sessions()];
const formations: Formation[] = [];
for (const action of offer.actions()) {
  const organisme = organismes.get(action.contenu.organisme);
  if (organisme === undefined) continue;
  const own = sessions.filter(({ contenu }) => contenu.action === action.numero);
  const none = new Map();
  const { formation, actions } = buildOffre(
    { action, organisme, sessions: own, certifications: none, habilitations: none, certifieeDepuis: none },
    { base: "72", maintenant: new Date("2026-01-05T12:00:00Z") },
  );
  formations.push({ ...formation, action: actions.map((built) => built.action) } as Formation);
}
const objects = formations.map((formation) => ({
  formation: toXmlBuilder("formation", formation) as object,
}));

const WRITERS: Readonly<Record<string, (index: number) => number>> = {
  create: (i) => create(objects[i] ?? {}).end({ headless: true }).length,
  "create-ele": (i) =>
    create()
      .ele(objects[i] ?? {})
      .end({ headless: true }).length,
  fragment: (i) => fragment(objects[i] ?? {}).toString().length,
  convert: (i) => convert(objects[i] ?? {}, { format: "xml", headless: true }).length,
  createCB: (i) => streamed(createCB, i),
  fragmentCB: (i) => streamed(fragmentCB, i),
  "offre-info": (i) => serialise("formation", formations[i] as Formation).length,
};

function streamed(open: typeof createCB, index: number): number {
  let length = 0;
  const builder = open({
    data: (text: string) => {
      length += text.length;
    },
  });
  walk(builder as unknown as Walker, "formation", objects[index]?.formation);
  builder.end();
  return length;
}

const writer = WRITERS[manner];
if (writer === undefined) throw new Error(`façon inconnue : ${manner}`);
/** At least this long, so that the compiler has had its say. */
const DURATION = 4_000;
let octets = 0;
let start = performance.now();
for (let round = 0, index = 0; ; index++) {
  if (index === formations.length) {
    index = 0;
    // The first round is for warming up.
    if (round++ === 0) [octets, start] = [0, performance.now()];
    else if (performance.now() - start > DURATION) break;
  }
  octets += writer(index);
}
await report({ secondes: (performance.now() - start) / 1000, octets, octetsGz: 0, sessions: 0 });
