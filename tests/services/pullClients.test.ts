import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { once } from "node:events";
import { createReadStream, truncateSync } from "node:fs";
import path from "node:path";
import { text } from "node:stream/consumers";
import { beforeAll, describe, expect, test } from "vitest";
import { createKey } from "../../src/access/index.ts";
import type { Snapshot } from "../../src/snapshot/index.ts";
import { useDatabase } from "../support/database.ts";
import { addPartner, addProfil, publishFeed, useFolder } from "../support/diffusion.ts";
import { profilDe, usePullScene, writeOffre } from "../support/pullScene.ts";

/** What partners really run at night: curl, wget and Python, against the server itself. */
const database = useDatabase();
const folder = useFolder();
const scene = usePullScene(database, [profilDe("rco"), profilDe("ferme", { acces: "restreint" })]);
/** More than what the system keeps between a server and a client that does not read. */
const OCTETS = 24_000_000;
let feed: Snapshot;
let cle = "";

beforeAll(async () => {
  const { db } = database;
  await addProfil(db, "gros");
  await writeOffre(scene, { A1: ["S1", "S2"], A2: ["S3"] });
  const feeds = await scene.edit();
  const rco = feeds.get("rco");
  if (rco === undefined) throw new Error("nothing was published");
  feed = rco;
  await addPartner(db, "bon", "ferme", { type: "dossier", chemin: folder.dir });
  const made = await createKey(db, { partner: "bon", nom: "nuit" }, "essai");
  cle = "cle" in made ? made.cle : "";
});

interface Run {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

/** Runs a command in the folder of the test, to its end. */
async function run(command: string, args: readonly string[], input?: string): Promise<Run> {
  const child = spawn(command, [...args], { cwd: folder.dir, env: { ...process.env, LC_ALL: "C" } });
  child.stdin.end(input);
  const ended = new Promise<number | null>((resolve, reject) =>
    child.on("error", reject).on("close", resolve),
  );
  const [code, out, err] = await Promise.all([ended, text(child.stdout), text(child.stderr)]);
  return { code, out, err };
}

const url = (target: string) => `${scene.base}/flux/${target}`;
const curl = (...args: string[]) => run("curl", ["-sS", "-f", ...args]);
const file = (name: string) => path.join(folder.dir, name);

async function sha256Of(name: string): Promise<string> {
  const hash = createHash("sha256");
  for await (const chunk of createReadStream(file(name))) hash.update(chunk);
  return hash.digest("hex");
}

describe("curl", () => {
  test("takes the feed once, then nothing while nothing changed, and checks what it has", async () => {
    const args = ["--etag-compare", "flux.etag", "--etag-save", "flux.etag", "-w", "%{http_code}"];
    const take = () => curl(...args, "-o", "offre-info.xml.gz", url("rco/offre-info.xml.gz"));
    expect(await take()).toMatchObject({ code: 0, out: "200" });
    expect(await take()).toMatchObject({ code: 0, out: "304" });
    expect(await sha256Of("offre-info.xml.gz")).toBe(feed.file?.sha256Gz);
    const sums = await curl(url("rco/SHA256SUMS"));
    expect(await run("sha256sum", ["-c", "--ignore-missing"], sums.out)).toMatchObject({
      code: 0,
      out: "offre-info.xml.gz: OK\n",
    });
  });

  test("reads the compressed answer as the XML", async () => {
    await curl("--compressed", "-o", "lu.xml", url("rco/offre-info.xml"));
    expect(await sha256Of("lu.xml")).toBe(feed.file?.sha256);
  });

  test("opens a restricted feed by its key, in both manners, and is told why without", async () => {
    const restricted = url("ferme/offre-info.xml");
    for (const how of [
      ["-u", `bon:${cle}`],
      ["-H", `Authorization: Bearer ${cle}`],
    ])
      expect(await curl(...how, "-o", "ferme.xml", restricted)).toMatchObject({ code: 0 });
    const refused = await run("curl", ["-sS", "-w", "%{http_code}", restricted]);
    expect(refused.out).toMatch(/est réservé à son destinataire : donnez sa clé[^\n]*\n401$/);
  });
});

describe("a download of a big feed", () => {
  test("that wget was cut from half-way goes on with -c, to the byte", async () => {
    const big = await publishFeed(database.db, scene.store, "gros", "avant", OCTETS);
    const target = url("gros/offre-info.xml");
    expect(await run("wget", ["-q", "-O", "moitie.xml", target])).toMatchObject({ code: 0 });
    truncateSync(file("moitie.xml"), OCTETS / 2);
    const { code, err } = await run("wget", ["-q", "-S", "-c", "-O", "moitie.xml", target]);
    expect({ code, err }).toMatchObject({ code: 0, err: expect.stringContaining("206 Partial Content") });
    expect(await sha256Of("moitie.xml")).toBe(big.file?.sha256);
  });

  test("that a publication overtakes ends with the old bytes, whole", async () => {
    const before = await publishFeed(database.db, scene.store, "gros", "ancien", OCTETS);
    const slow = spawn("curl", ["-sS", "-f", url("gros/offre-info.xml")]);
    const ended = once(slow, "close");
    // What nobody reads yet is held back, by the pipe, by curl, then by the system.
    const reading = slow.stdout[Symbol.asyncIterator]();
    const hash = createHash("sha256").update((await reading.next()).value);
    const after = await publishFeed(database.db, scene.store, "gros", "nouveau", OCTETS);
    expect((await curl(url("gros/SHA256SUMS"))).out).toContain(after.file?.sha256);
    expect(slow.exitCode).toBeNull();
    for (let next = await reading.next(); next.done !== true; next = await reading.next())
      hash.update(next.value);
    expect(await ended).toEqual([0, null]);
    expect(hash.digest("hex")).toBe(before.file?.sha256);
  });
});

/** As people write it: elements become dictionaries and lists, whatever the schema says (xmltodict, BeautifulSoup). */
const PYTHON = `
import gzip, json, sys, urllib.request
import xml.etree.ElementTree as ET

def to_dict(element):
    found = dict(('@' + name, value) for name, value in element.attrib.items())
    for child in element:
        tag = child.tag.split('}')[-1]
        value = to_dict(child)
        if tag in found:
            if not isinstance(found[tag], list):
                found[tag] = [found[tag]]
            found[tag].append(value)
        else:
            found[tag] = value
    text = (element.text or '').strip()
    if not found:
        return text
    if text:
        found['#text'] = text
    return found

base, key = sys.argv[1:3]
opener = urllib.request.build_opener()
request = urllib.request.Request(base + '/flux/rco/offre-info.xml', headers={'Accept-Encoding': 'gzip'})
with opener.open(request) as answer:
    assert answer.headers['Content-Encoding'] == 'gzip', answer.headers
    etag = answer.headers['ETag']
    content = gzip.decompress(answer.read())
assert content[:5] == b'<?xml'
try:
    opener.open(urllib.request.Request(base + '/flux/rco/offre-info.xml', headers={'Accept-Encoding': 'gzip', 'If-None-Match': etag}))
    raise AssertionError('304 expected')
except urllib.error.HTTPError as error:
    assert error.code == 304, error.code
passwords = urllib.request.HTTPPasswordMgrWithDefaultRealm()
passwords.add_password(None, base, 'bon', key)
asked = urllib.request.build_opener(urllib.request.HTTPBasicAuthHandler(passwords))
with asked.open(base + '/flux/ferme/offre-info.xml') as answer:
    restricted = answer.read()
offers = to_dict(ET.fromstring(content))['offres']['formation']
offers = offers if isinstance(offers, list) else [offers]
print(json.dumps({
    'numeros': [offer['@numero'] for offer in offers],
    'intitules': [offer['intitule-formation'] for offer in offers],
    'sessions': [len(offer['action']) if isinstance(offer['action'], list) else 1 for offer in offers],
    'memes': len(restricted) == len(content),
}, ensure_ascii=False))
`;

test("Python reads the feed into dictionaries, asks again by ETag, and answers the demand for a key", async () => {
  const { code, out, err } = await run("python3", ["-", scene.base, cle], PYTHON);
  expect(err).toBe("");
  expect(code).toBe(0);
  expect(JSON.parse(out)).toEqual({
    numeros: ["72_A1", "72_A2"],
    intitules: ["Formation A1", "Formation A2"],
    sessions: [2, 1],
    memes: true,
  });
});
