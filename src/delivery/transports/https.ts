import { createReadStream } from "node:fs";
import { stat } from "node:fs/promises";
import type { LookupFunction } from "node:net";
import { Readable } from "node:stream";
import { Client, type Dispatcher } from "undici";
import type { TransportHttps } from "../../partner/index.ts";
import { type Failure, failure, type Outcome } from "../outcome.ts";
import { type Address, type Resolve, resolveTarget } from "./address.ts";
import { type Deadline, startDeadline } from "./deadline.ts";
import { networkFault } from "./networkFault.ts";
import type { Envoi, Push } from "./port.ts";

/** Of an answer, kept with the attempt. */
const MOST_ANSWER = 64 * 1024;
const MOST_HEADERS = 16 * 1024;

export interface HttpsOptions {
  /** The partner may live inside, and be reached without TLS. */
  readonly interne: boolean;
  readonly resolve?: Resolve;
}

/**
 * Sends by PUT or POST: the file streamed with its length and digest, to the address that was checked and no other. A
 * redirection is an answer like another, never followed.
 */
export function httpsTransport(transport: TransportHttps, { interne, resolve }: HttpsOptions): Push {
  const url = new URL(transport.url);
  const { delais } = transport;
  return async (envoi, conduct) => {
    const missing = await fileFault(envoi.fichier);
    if (missing !== undefined) return missing;
    const deadline = startDeadline(conduct.signal);
    let client: Client | undefined;
    try {
      deadline.within(delais.connexion, "Le nom du destinataire n'a pas été résolu dans le délai.");
      const target = await deadline.orStop(resolveTarget(url, interne, resolve));
      if ("kind" in target) return target;
      client = clientFor(url, target, delais.connexion);
      deadline.within(delais.connexion + delais.envoi, "L'envoi n'a pas commencé dans le délai.");
      const answer = await client.request(requestFor(transport, url, envoi, deadline));
      return await readAnswer(answer, deadline, delais.reponse);
    } catch (error) {
      return deadline.stopped() ?? networkFault(error);
    } finally {
      deadline.clear();
      await client?.destroy();
    }
  };
}

/** A file that is gone or has another size is never sent under the digest of the one that was published. */
async function fileFault({ path, octets }: Envoi["fichier"]): Promise<Failure | undefined> {
  try {
    const { size } = await stat(path);
    return size === octets
      ? undefined
      : failure("fichier_absent", `Le fichier publié « ${path} » fait ${size} octets au lieu de ${octets}.`);
  } catch {
    return failure(
      "fichier_absent",
      `Le fichier publié « ${path} » est introuvable ou illisible sur cette machine.`,
    );
  }
}

function clientFor(url: URL, addresses: readonly Address[], connexion: number): Client {
  const pinned: LookupFunction = (_host, options, callback) => {
    const [first] = addresses;
    if (options.all === true) callback(null, [...addresses]);
    else callback(null, first?.address ?? "", first?.family ?? 4);
  };
  return new Client(url.origin, {
    connect: { timeout: connexion * 1000, lookup: pinned },
    pipelining: 1,
    maxHeaderSize: MOST_HEADERS,
    // Our own deadlines are exact and know in which phase they fall.
    headersTimeout: 0,
    bodyTimeout: 0,
  });
}

function requestFor(
  transport: TransportHttps,
  url: URL,
  envoi: Envoi,
  deadline: Deadline,
): Dispatcher.RequestOptions {
  const { fichier } = envoi;
  return {
    method: transport.methode,
    path: `${url.pathname}${url.search}`,
    signal: deadline.signal,
    headers: {
      "content-type": fichier.gzip ? "application/gzip" : "application/xml; charset=utf-8",
      "content-length": String(fichier.octets),
      "content-digest": `sha-256=:${Buffer.from(fichier.sha256, "hex").toString("base64")}:`,
      "content-disposition": `attachment; filename="${fichier.nom}"`,
      "idempotency-key": envoi.id,
      accept: "application/json, application/xml",
      "accept-encoding": "identity",
      "user-agent": "offre-info",
      "x-offre-info-diffusion": envoi.id,
      "x-offre-info-tentative": String(envoi.epoch),
      "x-offre-info-profil": envoi.profil,
      "x-offre-info-sha256": envoi.sha256Xml,
      "x-offre-info-formations": String(envoi.formations),
      "x-offre-info-sessions": String(envoi.sessions),
    },
    body: Readable.from(bytesOf(envoi, transport, deadline), { objectMode: false }),
  };
}

/** The file, with a deadline that starts again each time the partner took some. */
async function* bytesOf(
  { fichier }: Envoi,
  { delais }: TransportHttps,
  deadline: Deadline,
): AsyncGenerator<Buffer> {
  for await (const chunk of createReadStream(fichier.path)) {
    deadline.within(delais.envoi, "Le destinataire ne prend plus rien : envoi arrêté.");
    yield chunk;
  }
  deadline.within(delais.entetes, "Le destinataire a tout reçu et n'a pas répondu dans le délai.");
}

async function readAnswer(
  { statusCode, headers, body }: Dispatcher.ResponseData,
  deadline: Deadline,
  reponse: number,
): Promise<Outcome> {
  deadline.within(reponse, "La réponse du destinataire n'est pas arrivée entière dans le délai.");
  const chunks: Buffer[] = [];
  let kept = 0;
  let cut = false;
  try {
    for await (const chunk of body) {
      const room = MOST_ANSWER - kept;
      chunks.push(chunk.subarray(0, room));
      kept += Math.min(chunk.length, room);
      cut = chunk.length > room;
      if (cut) break;
    }
  } catch (error) {
    // A refusal needs no words; an acceptance that did not arrive whole is not one.
    if (deadline.aborted()) throw error;
    if (statusCode < 300) {
      const { message } = deadline.stopped() ?? networkFault(error);
      return failure("reponse_tronquee", message, statusCode);
    }
  }
  return {
    kind: "reponse",
    status: statusCode,
    retryAfter: single(headers["retry-after"]),
    date: single(headers.date),
    contentType: single(headers["content-type"]),
    // PostgreSQL keeps no NUL in a text.
    body: Buffer.concat(chunks).toString("utf8").replaceAll("\0", "\ufffd"),
    cut,
  };
}

function single(header: string | string[] | undefined): string | undefined {
  return Array.isArray(header) ? header[0] : header;
}
