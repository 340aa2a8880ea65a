import { createHash } from "node:crypto";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { type AddressInfo, createServer as createTcp } from "node:net";
import { buffer } from "node:stream/consumers";
import { afterEach, describe, expect, test } from "vitest";
import { type Envoi, httpsTransport, type Outcome, verifySignature } from "../../src/delivery/index.ts";
import { type SecretName, zTransport } from "../../src/partner/index.ts";
import { useFolder } from "../support/diffusion.ts";
import { calm, fileToSend } from "../support/envoi.ts";
import { type Identity, identity, startTls } from "../support/tls.ts";

const folder = useFolder();
const opened: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of opened.splice(0)) await close();
});

type Heard = Pick<IncomingMessage, "url" | "headers"> & { readonly body: Buffer };

/** A server that keeps what it hears. */
async function listen(answer: (heard: Heard, response: ServerResponse) => void) {
  const heard: Heard[] = [];
  const server = createServer((request, response) => {
    buffer(request).then(
      (body) => {
        const one = { url: request.url, headers: request.headers, body };
        heard.push(one);
        answer(one, response);
      },
      () => undefined,
    );
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  opened.push(async () => {
    server.closeAllConnections();
    await new Promise<void>((resolve) => server.close(() => resolve()));
  });
  return { heard, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` };
}

function push(
  url: string,
  fields: object,
  secrets: readonly (readonly [SecretName, string])[],
  envoi?: Envoi,
): Promise<Outcome> {
  const transport = zTransport.parse({ type: "https", url, ...fields });
  if (transport.type !== "https") throw new Error("unreachable");
  const way = httpsTransport(transport, { interne: true, secrets: new Map(secrets) });
  return way(envoi ?? fileToSend(folder.dir), calm());
}

describe("who we say we are", () => {
  test.each<[string, object, [SecretName, string][], string]>([
    [
      "basic",
      { auth: { type: "basic", identifiant: "agence" } },
      [["mot_de_passe", "clé:à part"]],
      `Basic ${Buffer.from("agence:clé:à part").toString("base64")}`,
    ],
    ["bearer", { auth: { type: "bearer" } }, [["jeton", "jeton-tres-secret"]], "Bearer jeton-tres-secret"],
  ])("%s", async (_, fields, secrets, expected) => {
    const far = await listen((_heard, response) => response.end());
    expect(await push(far.url, fields, secrets)).toMatchObject({ status: 200 });
    expect(far.heard[0]?.headers.authorization).toBe(expected);
  });

  test("headers of the partner's own, fixed and secret, never in place of ours", async () => {
    const far = await listen((_heard, response) => response.end());
    await push(far.url, { entetes: { "X-Region": "76" }, entetes_secrets: ["X-Api-Key"] }, [
      ["entete.x-api-key", "cle-api-secrete"],
    ]);
    expect(far.heard[0]?.headers).toMatchObject({
      "x-region": "76",
      "x-api-key": "cle-api-secrete",
      "content-type": "application/xml; charset=utf-8",
    });
  });

  test.each<[string, object, [SecretName, string][]]>([
    ["a secret that is not there", { auth: { type: "bearer" } }, []],
    ["a secret header that is not there", { entetes_secrets: ["X-Api-Key"] }, []],
    ["a token on two lines", { auth: { type: "bearer" } }, [["jeton", "abc\ndef"]]],
    [
      "a certificate that is none",
      { mtls: true },
      [
        ["certificat", "x"],
        ["cle_certificat", "y"],
      ],
    ],
  ])("%s: nothing is sent, and it is said what to do", async (_, fields, secrets) => {
    const far = await listen((_heard, response) => response.end());
    expect(await push(far.url, fields, secrets)).toMatchObject({
      classe: "secret_indisponible",
      message: expect.stringContaining("offre-info secrets set"),
    });
    expect(far.heard).toEqual([]);
  });

  test("what a partner says back of our secrets is not kept", async () => {
    const far = await listen(({ headers }, response) =>
      response
        .writeHead(401, { "content-type": `text/plain; x=${headers["x-api-key"]}` })
        .end(JSON.stringify(headers)),
    );
    const outcome = await push(
      far.url,
      { auth: { type: "basic", identifiant: "agence" }, entetes_secrets: ["X-Api-Key"] },
      [
        ["mot_de_passe", "mot-secret"],
        ["entete.x-api-key", "cle-api-secrete"],
      ],
    );
    expect(outcome).toMatchObject({ status: 401, body: expect.stringContaining("[caché]") });
    const kept = JSON.stringify(outcome);
    for (const secret of ["cle-api-secrete", Buffer.from("agence:mot-secret").toString("base64")])
      expect(kept).not.toContain(secret);
  });
});

describe("OAuth2 client credentials", () => {
  let rank = 0;

  /** A token server and a partner; each test has tokens of its own. */
  async function oauth(
    give: (nth: number, response: ServerResponse) => void,
    accept: (token: string | undefined) => boolean,
  ) {
    rank += 1;
    const client = `agence-${rank}`;
    let nth = 0;
    const tokens = await listen((_heard, response) => {
      nth += 1;
      give(nth, response);
    });
    const partner = await listen(({ headers }, response) =>
      response.writeHead(accept(headers.authorization) ? 201 : 401).end(),
    );
    const send = (fields: object = {}) =>
      push(
        partner.url,
        {
          auth: {
            type: "oauth2",
            url_jeton: `${tokens.url}/jeton`,
            client_id: client,
            scope: "depot",
            ...fields,
          },
        },
        [["secret_client", "s3cret&partagé"]],
      );
    return { tokens, partner, send, client };
  }
  const token = (response: ServerResponse, value: string, expires_in = 3600) =>
    response.end(JSON.stringify({ access_token: value, token_type: "Bearer", expires_in }));

  test("a token is asked for once, then used until it ends", async () => {
    const { tokens, partner, send, client } = await oauth(
      (nth, response) => token(response, `jeton-${nth}`),
      () => true,
    );
    for (const _ of [1, 2]) expect(await send()).toMatchObject({ status: 201 });
    expect(tokens.heard).toHaveLength(1);
    expect(Object.fromEntries(new URLSearchParams(tokens.heard[0]?.body.toString()))).toEqual({
      grant_type: "client_credentials",
      scope: "depot",
    });
    expect(tokens.heard[0]?.headers.authorization).toBe(
      `Basic ${Buffer.from(`${client}:s3cret%26partag%C3%A9`).toString("base64")}`,
    );
    expect(partner.heard.map(({ headers }) => headers.authorization)).toEqual([
      "Bearer jeton-1",
      "Bearer jeton-1",
    ]);
  });

  test("one that ends soon is asked for anew", async () => {
    const { tokens, send } = await oauth(
      (nth, response) => token(response, `jeton-${nth}`, 30),
      () => true,
    );
    for (const _ of [1, 2]) await send({ identification: "corps" });
    expect(tokens.heard).toHaveLength(2);
    expect(new URLSearchParams(tokens.heard[0]?.body.toString()).get("client_secret")).toBe("s3cret&partagé");
    expect(tokens.heard[0]?.headers.authorization).toBeUndefined();
  });

  test("one that was revoked is asked for once more in the same attempt, with the same key", async () => {
    const { tokens, partner, send } = await oauth(
      (nth, response) => token(response, `jeton-${nth}`),
      (authorization) => authorization === "Bearer jeton-2",
    );
    expect(await send()).toMatchObject({ status: 201 });
    expect(tokens.heard).toHaveLength(2);
    expect(new Set(partner.heard.map(({ headers }) => headers["idempotency-key"])).size).toBe(1);
    expect(new Set(partner.heard.map(({ body }) => body.length)).size).toBe(1);
  });

  test("refused twice, the refusal is the partner's", async () => {
    const { partner, send } = await oauth(
      (nth, response) => token(response, `jeton-${nth}`),
      () => false,
    );
    expect(await send()).toMatchObject({ kind: "reponse", status: 401 });
    expect(partner.heard).toHaveLength(2);
  });

  test.each<[string, (response: ServerResponse) => void, object]>([
    [
      "refuses our client",
      (response) => response.writeHead(401).end(JSON.stringify({ error: "invalid_client" })),
      { classe: "acces_refuse", message: expect.stringContaining("invalid_client") },
    ],
    ["fails", (response) => response.writeHead(503).end(), { classe: "jeton_indisponible" }],
    [
      "redirects inside",
      (response) => response.writeHead(302, { location: "http://169.254.169.254/" }).end(),
      { classe: "jeton_indisponible" },
    ],
    ["answers something else", (response) => response.end("<html>"), { classe: "jeton_indisponible" }],
    [
      "gives a token that would write headers",
      (response) => token(response, "a\r\nHost: b"),
      { classe: "jeton_indisponible" },
    ],
    [
      "hangs up",
      (response) => response.destroy(),
      { classe: "connexion_coupee", message: expect.stringContaining("Serveur de jetons") },
    ],
  ])("a token server that %s: nothing is sent", async (_, give, expected) => {
    const { partner, send } = await oauth(
      (_nth, response) => give(response),
      () => true,
    );
    expect(await send()).toMatchObject({ kind: "echec", ...expected });
    expect(partner.heard).toEqual([]);
  });
});

describe("a signed push", () => {
  const key = `whsec_${Buffer.from("0123456789abcdef01234567").toString("base64")}`;

  test("can be verified by who knows the key, while it is fresh and whole", async () => {
    const far = await listen((_heard, response) => response.end());
    const envoi = {
      ...fileToSend(folder.dir, { gzip: true }),
      instant: new Date("2026-11-24T08:30:15.400Z"),
    };
    await push(far.url, {}, [["signature", `${key} ancienne-cle`]], envoi);
    const [heard] = far.heard;
    if (heard === undefined) throw new Error("unreachable");
    expect(heard.headers).toMatchObject({ "webhook-id": envoi.id, "webhook-timestamp": "1795509015" });
    const { headers, body } = heard;
    const now = new Date("2026-11-24T08:33:00Z");
    expect(createHash("sha256").update(body).digest("hex")).toBe(envoi.fichier.sha256);
    expect(verifySignature(key, { headers, body, now })).toBeUndefined();
    // While the key is changed, the one before is good too.
    expect(verifySignature("ancienne-cle", { headers, body, now })).toBeUndefined();
    expect(verifySignature("une-autre-cle", { headers, body, now })).toBe("signature_fausse");
    expect(verifySignature(key, { headers, body: Buffer.from("autre"), now })).toBe("contenu_change");
    const moved = { ...headers, "webhook-id": "autre" };
    expect(verifySignature(key, { headers: moved, body, now })).toBe("signature_fausse");
    for (const late of ["2026-11-24T08:36:00Z", "2026-11-24T08:25:00Z"])
      expect(verifySignature(key, { headers, body, now: new Date(late) })).toBe("trop_ancienne");
  });

  test("is signed only when there is a key", async () => {
    const far = await listen((_heard, response) => response.end());
    await push(far.url, {}, []);
    const [heard] = far.heard;
    expect(heard?.headers["webhook-signature"]).toBeUndefined();
    expect(
      verifySignature(key, { headers: heard?.headers ?? {}, body: Buffer.alloc(0), now: new Date() }),
    ).toBe("sans_signature");
  });
});

describe("TLS", () => {
  const authority = identity({ nom: "Autorité d'essai", autorite: true });
  const server = identity({ nom: "depot", hote: "127.0.0.1", par: authority });
  const client = identity({ nom: "agence", par: authority });
  const CA: [SecretName, string] = ["autorite", authority.cert];
  const ours = ({ cert, key }: Identity): [SecretName, string][] => [
    ["certificat", cert],
    ["cle_certificat", key],
  ];

  async function against(
    options: Parameters<typeof startTls>[0],
    secrets: [SecretName, string][],
    fields: object = {},
  ): Promise<{ outcome: Outcome; requests: number }> {
    let requests = 0;
    const far = await startTls(options, (request, response) => {
      requests += 1;
      request.resume().on("end", () => response.end());
    });
    opened.push(far.close);
    return { outcome: await push(`https://127.0.0.1:${far.port}/depot`, fields, secrets), requests };
  }

  test("with an authority of the partner's own", async () => {
    const { outcome } = await against({ cert: server.cert, key: server.key }, [CA]);
    expect(outcome).toMatchObject({ kind: "reponse", status: 200 });
  });

  test.each<[string, Identity, [SecretName, string][], string]>([
    ["an unknown authority", server, [], "autorité inconnue"],
    [
      "another authority than theirs",
      identity({ nom: "depot", hote: "127.0.0.1" }),
      [CA],
      "autorité inconnue",
    ],
    [
      "an expired certificate",
      identity({ nom: "depot", hote: "127.0.0.1", par: authority, jours: -1 }),
      [CA],
      "a expiré",
    ],
    [
      "the certificate of another host",
      identity({ nom: "depot", hote: "10.0.0.1", par: authority }),
      [CA],
      "ce nom de machine",
    ],
  ])("%s is refused, without a fall back", async (_, { cert, key }, secrets, words) => {
    const { outcome, requests } = await against({ cert, key }, secrets);
    expect(outcome).toMatchObject({ classe: "tls", message: expect.stringContaining(words) });
    expect(requests).toBe(0);
  });

  test("our certificate is shown where it is asked for, with whatever else", async () => {
    const seen: string[] = [];
    const far = await startTls(
      { cert: server.cert, key: server.key, ca: authority.cert, requestCert: true },
      (request, response) => {
        const { socket } = request as IncomingMessage & { socket: import("node:tls").TLSSocket };
        seen.push(`${socket.getPeerCertificate().subject.CN} ${request.headers.authorization}`);
        request.resume().on("end", () => response.end());
      },
    );
    opened.push(far.close);
    const url = `https://127.0.0.1:${far.port}/depot`;
    const secrets = [CA, ...ours(client), ["jeton", "abcdef"] as const];
    expect(await push(url, { mtls: true, auth: { type: "bearer" } }, secrets)).toMatchObject({ status: 200 });
    expect(seen).toEqual(["agence Bearer abcdef"]);
  });

  test.each(["TLSv1.2", "TLSv1.3"] as const)("our certificate refused, in %s", async (version) => {
    const asking = {
      cert: server.cert,
      key: server.key,
      ca: authority.cert,
      requestCert: true,
      minVersion: version,
      maxVersion: version,
    };
    const none = await against(asking, [CA]);
    expect(none.outcome).toMatchObject({ classe: "tls" });
    // This server hangs up on a certificate that it does not know, without a word.
    const stranger = await against(asking, [CA, ...ours(identity({ nom: "inconnu" }))], { mtls: true });
    expect(stranger.outcome).toMatchObject({
      classe: "connexion_coupee",
      message: expect.stringContaining("certificat client"),
    });
    expect(none.requests + stranger.requests).toBe(0);
  });

  test("our certificate refused in the words of TLS", async () => {
    const server = createTcp((socket) => {
      socket.on("error", () => undefined);
      // A fatal alert: bad_certificate.
      socket.once("data", () => socket.end(Buffer.from([0x15, 3, 3, 0, 2, 2, 42])));
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    opened.push(() => new Promise((resolve) => server.close(() => resolve())));
    const url = `https://127.0.0.1:${(server.address() as AddressInfo).port}/depot`;
    expect(await push(url, { mtls: true }, ours(client))).toMatchObject({
      classe: "tls",
      message: expect.stringContaining("certificat client"),
    });
  });
});
