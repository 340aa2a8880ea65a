import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { type AddressInfo, createServer, type Socket } from "node:net";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { z } from "zod";
import { decide, type Envoi, type Outcome, type Resolve, sftpTransport } from "../../src/delivery/index.ts";
import { type Secrets, zTransport } from "../../src/partner/index.ts";
import { useFolder } from "../support/diffusion.ts";
import { calm, fileToSend } from "../support/envoi.ts";
import { type SftpServer, type SftpServerOptions, sshKeyPair, startSftp } from "../support/sftp.ts";

const NOM = "offre-info-rco.xml";
const folder = useFolder();
let far: SftpServer;
beforeEach(async () => {
  far = await startSftp();
});
afterEach(() => far.close());

async function restart(options: SftpServerOptions): Promise<void> {
  await far.close();
  far = await startSftp(options);
}

interface To {
  readonly transport?: Partial<Extract<z.input<typeof zTransport>, { type: "sftp" }>>;
  readonly secrets?: Secrets;
  readonly interne?: boolean;
  readonly resolve?: Resolve;
  readonly envoi?: Envoi;
  readonly conduct?: Parameters<typeof calm>[0];
}

function push({
  transport: fields = {},
  secrets,
  interne = true,
  resolve,
  envoi,
  conduct,
}: To = {}): Promise<Outcome> {
  const transport = zTransport.parse({
    type: "sftp",
    hote: "127.0.0.1",
    port: far.port,
    utilisateur: "agence",
    empreintes: [far.empreinte],
    delais: { connexion: 5, envoi: 5, reponse: 5 },
    ...fields,
  });
  if (transport.type !== "sftp") throw new Error("unreachable");
  const way = sftpTransport(transport, {
    interne,
    resolve,
    secrets: secrets ?? new Map([["mot_de_passe", "secret-sftp"]]),
  });
  return way(envoi ?? fileToSend(folder.dir), calm(conduct));
}

const there = () => readdirSync(far.dir).sort();
const content = (name: string) => readFileSync(path.join(far.dir, name));

describe("who is at the other end", () => {
  test("another host key is refused before any credential, and both are told", async () => {
    const other = `SHA256:${"A".repeat(43)}`;
    const outcome = await push({ transport: { empreintes: [other] } });
    expect(outcome).toMatchObject({ kind: "echec", classe: "hote_inconnu" });
    expect(outcome).toMatchObject({
      message: expect.stringContaining(`${far.empreinte} (ecdsa-sha2-nistp256)`),
    });
    expect(outcome).toMatchObject({ message: expect.stringContaining(other) });
    expect(far.logins).toEqual([]);
    // While the host changes keys, both are known.
    expect(await push({ transport: { empreintes: [other, far.empreinte] } })).toMatchObject({
      kind: "depot",
    });
  });

  test("an inside address is not dialled for who is not internal; what was looked at is dialled", async () => {
    const inside: Resolve = async () => [{ address: "127.0.0.1", family: 4 }];
    expect(
      await push({ transport: { hote: "sftp.exemple" }, interne: false, resolve: inside }),
    ).toMatchObject({
      classe: "adresse_interdite",
    });
    expect(far.logins).toEqual([]);
    expect(await push({ transport: { hote: "sftp.exemple" }, resolve: inside })).toMatchObject({
      kind: "depot",
    });
    const unknown: Resolve = async () => {
      throw Object.assign(new Error("no"), { code: "ENOTFOUND" });
    };
    expect(await push({ transport: { hote: "sftp.exemple" }, resolve: unknown })).toMatchObject({
      classe: "dns",
    });
  });
});

describe("who we are", () => {
  const key = sshKeyPair();
  const locked = sshKeyPair({ passphrase: "phrase" });

  test("a wrong password pauses the partner, and is not told", async () => {
    const outcome = await push({ secrets: new Map([["mot_de_passe", "pas-le-bon"]]) });
    expect(outcome).toMatchObject({ kind: "echec", classe: "acces_refuse" });
    expect(JSON.stringify(outcome)).not.toContain("pas-le-bon");
    const at = {
      echecs: 0,
      dejaRecu: [],
      surInconnue: "renvoyer",
      maintenant: new Date(0),
      hasard: 0.5,
    } as const;
    expect(decide(outcome, at)).toMatchObject({
      etat: "retry",
      issue: "non_autorisee",
      partenaire: { etat: "en_pause" },
    });
  });

  test("by a password that the server asks for in its own words", async () => {
    await restart({ clavier: true });
    expect(await push()).toMatchObject({ kind: "depot" });
  });

  test.each([
    ["a key", key.public, [["cle_privee", key.private]], { kind: "depot" }],
    [
      "a key and its passphrase",
      locked.public,
      [
        ["cle_privee", locked.private],
        ["phrase_de_passe", "phrase"],
      ],
      { kind: "depot" },
    ],
    ["another key", locked.public, [["cle_privee", key.private]], { classe: "acces_refuse" }],
    [
      "a key without its passphrase",
      locked.public,
      [["cle_privee", locked.private]],
      { classe: "secret_indisponible" },
    ],
    ["no key at all", key.public, [], { classe: "secret_indisponible" }],
    ["what is not a key", key.public, [["cle_privee", "bonjour"]], { classe: "secret_indisponible" }],
  ] as const)("by %s", async (_, clePublique, secrets, expected) => {
    await restart({ clePublique });
    expect(await push({ transport: { auth: "cle" }, secrets: new Map(secrets) })).toMatchObject(expected);
  });
});

describe("a drop", () => {
  test("is announced with what checks it, in the folder that was asked for", async () => {
    const envoi = fileToSend(folder.dir);
    expect(await push({ envoi })).toEqual({ kind: "depot", nom: NOM });
    expect(there()).toEqual([NOM, `${NOM}.ok`]);
    expect(JSON.parse(content(`${NOM}.ok`).toString())).toMatchObject({
      diffusion: envoi.id,
      sha256: envoi.fichier.sha256,
      octets: envoi.fichier.octets,
    });
  });

  test("changes nothing at the last step once the delivery is another worker's", async () => {
    const first = fileToSend(folder.dir);
    await push({ envoi: first });
    expect(await push({ conduct: { stillOurs: async () => false } })).toMatchObject({
      classe: "interrompue",
    });
    expect(content(NOM).equals(first.bytes)).toBe(true);
    expect(there()).toEqual([NOM, `${NOM}.ok`]);
  });

  test("clears what our older attempts left, and nothing else", async () => {
    const envoi = { ...fileToSend(folder.dir), epoch: 4 };
    for (const left of [`${envoi.id}.1.part`, `${envoi.id}.3.part`, `${envoi.id}.5.part`, "autre.1.part"])
      writeFileSync(path.join(far.dir, left), "reste");
    expect(await push({ envoi })).toMatchObject({ kind: "depot" });
    expect(there()).toEqual([`${envoi.id}.5.part`, "autre.1.part", NOM, `${NOM}.ok`]);
  });
});

describe.each([false, true])("a server that fails (without extensions: %s)", (ancien) => {
  beforeEach(() => restart({ ancien }));
  const renaming = ancien ? "rename" : "posix-rename";

  test("cut in the middle, it never shows a partial file; the next attempt brings it", async () => {
    const before = fileToSend(folder.dir);
    await push({ envoi: before });
    const envoi = fileToSend(folder.dir, { octets: 3_000_000 });
    const seen: string[][] = [];
    far.fault = ({ octets }) => {
      seen.push(there().filter((name) => name.startsWith(NOM)));
      return octets > 1_000_000 ? "coupure" : undefined;
    };
    expect(await push({ envoi })).toMatchObject({ classe: "connexion_coupee" });
    expect(content(NOM).equals(before.bytes)).toBe(true);
    // Until the new file is whole, the old one stands with its announcement.
    expect(seen.every((names) => names.length === 2)).toBe(true);
    far.fault = () => undefined;
    expect(await push({ envoi: { ...envoi, epoch: 2 } })).toMatchObject({ kind: "depot" });
    expect(content(NOM).equals(envoi.bytes)).toBe(true);
    expect(there()).toEqual([NOM, `${NOM}.ok`]);
  });

  test.each([
    ["the disk is full", { op: "write", status: 4 }],
    ["the folder is not ours", { op: "open", status: 3 }],
    ["renaming is refused", { op: renaming, status: 3 }],
  ])("when %s nothing new is seen, and what was half-made goes", async (_, { op, status }) => {
    const before = fileToSend(folder.dir);
    await push({ envoi: before });
    far.fault = (request) => (request.op === op ? status : undefined);
    expect(await push({ envoi: fileToSend(folder.dir, { octets: 500_000 }) })).toMatchObject({
      kind: "echec",
      classe: "depot_impossible",
      message: expect.stringContaining("refus d'essai"),
    });
    expect(content(NOM).equals(before.bytes)).toBe(true);
    expect(there().filter((name) => name.endsWith(".part"))).toEqual([]);
  });

  test("when it keeps less than it acknowledged, the file is not renamed", async () => {
    far.fault = ({ op }) => {
      if (op === "fstat") {
        const [part] = there();
        writeFileSync(path.join(far.dir, part ?? ""), "tronqué");
      }
      return undefined;
    };
    expect(await push()).toMatchObject({ classe: "depot_impossible" });
    expect(there()).toEqual([]);
  });

  test.each(["open", "write", renaming, "close"])("silent at %s, it holds nobody", async (op) => {
    far.fault = (request) => (request.op === op ? "silence" : undefined);
    const outcome = await push({
      envoi: fileToSend(folder.dir, { octets: 2_000_000 }),
      transport: { delais: { connexion: 5, envoi: 0.2, reponse: 0.2 } },
    });
    expect(outcome).toMatchObject({ kind: "echec", classe: "delai" });
    expect(existsSync(path.join(far.dir, `${NOM}.ok`))).toBe(false);
  });
});

test("a slow server is waited for as long as it takes some", async () => {
  let served = 0;
  far.fault = async ({ op }) => {
    served += 1;
    if (op === "write" && served % 4 === 0) await new Promise((resolve) => setTimeout(resolve, 40));
    return undefined;
  };
  const envoi = fileToSend(folder.dir, { octets: 1_500_000 });
  const since = performance.now();
  expect(await push({ envoi, transport: { delais: { envoi: 0.3 } } })).toMatchObject({ kind: "depot" });
  expect(performance.now() - since).toBeGreaterThan(100);
});

describe("no SSH at all", () => {
  async function against(answer: (socket: Socket) => void): Promise<Outcome> {
    const sockets: Socket[] = [];
    const server = createServer((socket) => {
      sockets.push(socket.on("error", () => undefined));
      answer(socket);
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    try {
      const { port } = server.address() as AddressInfo;
      return await push({ transport: { port, delais: { connexion: 0.3 } } });
    } finally {
      for (const socket of sockets) socket.destroy();
      server.close();
    }
  }

  test.each<[string, (socket: Socket) => void, string]>([
    ["one that says nothing", () => undefined, "delai"],
    ["one that hangs up", (socket) => socket.destroy(), "connexion_coupee"],
    ["a web server", (socket) => socket.end("HTTP/1.1 400 Bad Request\r\n\r\n"), "connexion_coupee"],
    ["a server of another age", (socket) => socket.write("SSH-1.5-antique\r\n"), "ssh"],
    [
      "one that never ends its greeting",
      (socket) => void setInterval(() => socket.write("x"), 20).unref(),
      "delai",
    ],
  ])("%s", async (_, answer, classe) => {
    expect(await against(answer)).toMatchObject({ kind: "echec", classe });
  });

  test("nobody", async () => {
    await far.stop();
    expect(await push()).toMatchObject({ classe: "connexion_refusee" });
  });
});
