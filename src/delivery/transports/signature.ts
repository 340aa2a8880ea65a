import { createHash, createHmac, timingSafeEqual } from "node:crypto";

/** What a signature is made over. */
export interface Signed {
  /** Id of the delivery. */
  readonly id: string;
  /** Claim of the attempt, on the clock of the database. */
  readonly instant: Date;
  /** Value of `Content-Digest`: `sha-256=:<base64>:` (RFC 9530). */
  readonly digest: string;
}

/**
 * Headers that sign a push, in the manner of Standard Webhooks (https://www.standardwebhooks.com):
 *
 *     webhook-id: 20261124T083015Z-rco-3f9a1c
 *     webhook-timestamp: 1795509015
 *     webhook-signature: v1,<base64>
 *
 * The signature is HMAC-SHA256 over `<webhook-id>.<webhook-timestamp>.<content-digest>`: the digest stands for the body,
 * which may be hundreds of megabytes, so that it can be checked before the body is read. To verify:
 *
 * 1. refuse a `webhook-timestamp` (seconds since 1970) more than five minutes from now;
 * 2. join with dots the three headers as received, `content-digest` whole (`sha-256=:…:`);
 * 3. take HMAC-SHA256 of that text and compare it, in base64, with each `v1,…` of `webhook-signature` (several are
 *    separated by spaces while a key is changed);
 * 4. take SHA-256 of the body as received (gzip not undone) and compare it with `content-digest`.
 *
 * The id is the same over retries, the timestamp is not. Over `https` only: a drop is announced by its `.ok` file.
 * @param keys one or several separated by spaces, each signing: `whsec_<base64 of the bytes>`, or a text taken as UTF-8
 */
export function signatureHeaders(keys: string, { id, instant, digest }: Signed): Record<string, string> {
  const timestamp = String(Math.floor(instant.getTime() / 1000));
  return {
    "webhook-id": id,
    "webhook-timestamp": timestamp,
    "webhook-signature": keysOf(keys)
      .map((key) => `v1,${macOf(key, id, timestamp, digest).toString("base64")}`)
      .join(" "),
  };
}

/** `Content-Digest` of bytes. @param sha256 64 hexadecimal digits */
export function contentDigest(sha256: string): string {
  return `sha-256=:${Buffer.from(sha256, "hex").toString("base64")}:`;
}

/** A push as its receiver sees it. */
export interface Received {
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  /** As received. */
  readonly body: Buffer;
  readonly now: Date;
  /** Largest distance from now, seconds; 300 when not given. */
  readonly tolerance?: number;
}

/** What is wrong with a signed push. */
export type SignatureFault = "sans_signature" | "trop_ancienne" | "signature_fausse" | "contenu_change";

/**
 * Verifies a push as `signatureHeaders` says, for those who receive.
 * @returns undefined when all is well
 */
export function verifySignature(
  keys: string,
  { headers, body, now, tolerance = 300 }: Received,
): SignatureFault | undefined {
  const [id, timestamp, signatures, digest] = [
    "webhook-id",
    "webhook-timestamp",
    "webhook-signature",
    "content-digest",
  ].map((name) => headers[name]);
  if (
    typeof id !== "string" ||
    typeof timestamp !== "string" ||
    typeof signatures !== "string" ||
    typeof digest !== "string" ||
    !/^\d{1,12}$/.test(timestamp)
  )
    return "sans_signature";
  if (Math.abs(now.getTime() / 1000 - Number(timestamp)) > tolerance) return "trop_ancienne";
  const given = signatures
    .split(" ")
    .filter((one) => one.startsWith("v1,"))
    .map((one) => Buffer.from(one.slice(3), "base64"));
  const expected = keysOf(keys).map((key) => macOf(key, id, timestamp, digest));
  const good = expected.some((mac) =>
    given.some((one) => one.length === mac.length && timingSafeEqual(one, mac)),
  );
  if (!good) return "signature_fausse";
  return digest === contentDigest(createHash("sha256").update(body).digest("hex"))
    ? undefined
    : "contenu_change";
}

function macOf(key: Buffer, id: string, timestamp: string, digest: string): Buffer {
  return createHmac("sha256", key).update(`${id}.${timestamp}.${digest}`).digest();
}

function keysOf(keys: string): Buffer[] {
  return keys
    .trim()
    .split(/\s+/)
    .map((key) => (key.startsWith("whsec_") ? Buffer.from(key.slice(6), "base64") : Buffer.from(key)));
}
