import { generateKeyPairSync, type KeyObject, randomBytes, sign } from "node:crypto";
import type { RequestListener } from "node:http";
import { createServer, type Server } from "node:https";
import type { AddressInfo } from "node:net";
import type { TlsOptions } from "node:tls";

const DAY = 86_400_000;

/** A certificate and its key, in PEM. */
export interface Identity {
  readonly cert: string;
  readonly key: string;
  /** To sign others with. */
  readonly nom: string;
  readonly signer: KeyObject;
}

export interface IdentityOptions {
  readonly nom: string;
  /** Host name or IPv4 address that it is for. */
  readonly hote?: string;
  /** Who signs; itself when not given. */
  readonly par?: Identity;
  /** It may sign others. */
  readonly autorite?: boolean;
  /** Days from now until it ends; negative: it has ended. */
  readonly jours?: number;
}

/** Makes an X.509 certificate (RFC 5280) on the P-256 curve: tests need no file and no tool. */
export function identity({ nom, hote, par, autorite = false, jours = 1 }: IdentityOptions): Identity {
  const { publicKey, privateKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
  const now = Date.now();
  const extensions = [
    ...(autorite ? [extension("551d13", sequence(boolean(true)))] : []),
    ...(hote === undefined ? [] : [extension("551d11", sequence(altName(hote)))]),
  ];
  const body = sequence(
    tagged(0xa0, integer(Buffer.from([2]))),
    integer(Buffer.concat([Buffer.from([1]), randomBytes(8)])),
    ECDSA_SHA256,
    name(par?.nom ?? nom),
    sequence(time(now - 10 * DAY), time(now + jours * DAY)),
    name(nom),
    publicKey.export({ type: "spki", format: "der" }),
    ...(extensions.length === 0 ? [] : [tagged(0xa3, sequence(...extensions))]),
  );
  const signature = sign("sha256", body, par?.signer ?? privateKey);
  const certificate = sequence(body, ECDSA_SHA256, tagged(0x03, Buffer.from([0]), signature));
  return {
    cert: pem("CERTIFICATE", certificate),
    key: privateKey.export({ type: "pkcs8", format: "pem" }).toString(),
    nom,
    signer: privateKey,
  };
}

/** Starts a web server over TLS on a free port of this machine. */
export async function startTls(
  options: TlsOptions,
  listener: RequestListener,
): Promise<{ readonly port: number; close(): Promise<void> }> {
  const server: Server = createServer(options, listener);
  server.on("tlsClientError", () => undefined);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    port: (server.address() as AddressInfo).port,
    async close() {
      server.closeAllConnections();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}

// DER, as little of it as a certificate needs.

function tagged(tag: number, ...parts: readonly Buffer[]): Buffer {
  const content = Buffer.concat(parts);
  const { length } = content;
  const head =
    length < 0x80 ? [length] : length < 0x100 ? [0x81, length] : [0x82, length >> 8, length & 0xff];
  return Buffer.concat([Buffer.from([tag, ...head]), content]);
}

const sequence = (...parts: readonly Buffer[]) => tagged(0x30, ...parts);
const integer = (bytes: Buffer) => tagged(0x02, bytes);
const boolean = (value: boolean) => tagged(0x01, Buffer.from([value ? 0xff : 0]));
const oid = (hex: string) => tagged(0x06, Buffer.from(hex, "hex"));
const text = (value: string) => tagged(0x0c, Buffer.from(value));

/** GeneralizedTime, to the second. */
const time = (at: number) =>
  tagged(0x18, Buffer.from(`${new Date(at).toISOString().replaceAll(/[-:T]|\..*/g, "")}Z`));

const ECDSA_SHA256 = sequence(oid("2a8648ce3d040302"));

const name = (nom: string) => sequence(tagged(0x31, sequence(oid("550403"), text(nom))));

const altName = (hote: string) =>
  /^[\d.]+$/.test(hote)
    ? tagged(0x87, Buffer.from(hote.split(".").map(Number)))
    : tagged(0x82, Buffer.from(hote));

const extension = (id: string, value: Buffer) => sequence(oid(id), tagged(0x04, value));

function pem(label: string, der: Buffer): string {
  const lines = der.toString("base64").match(/.{1,64}/g) ?? [];
  return [`-----BEGIN ${label}-----`, ...lines, `-----END ${label}-----`, ""].join("\n");
}
