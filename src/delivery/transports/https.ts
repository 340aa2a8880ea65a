import { createReadStream } from "node:fs";
import { Readable } from "node:stream";
import type { Secrets, TransportHttps } from "../../partner/index.ts";
import type { Chrono } from "../chrono.ts";
import { type Failure, failure, type Outcome } from "../outcome.ts";
import type { Resolve } from "./address.ts";
import { readAnswer } from "./answer.ts";
import { type Deadline, startDeadline } from "./deadline.ts";
import { hideSecrets } from "./hide.ts";
import { type Credentials, credentialsOf } from "./httpAuth.ts";
import { leave, openClient } from "./httpClient.ts";
import { networkFault } from "./networkFault.ts";
import type { Envoi, Push } from "./port.ts";
import { fileFault, wholeFile } from "./publishedFile.ts";
import { contentDigest, signatureHeaders } from "./signature.ts";

export interface HttpsOptions {
  /** The partner may live inside, and be reached without TLS. */
  readonly interne: boolean;
  readonly secrets?: Secrets;
  readonly resolve?: Resolve;
}

const NO_SECRETS: Secrets = new Map();

/** Inside, files up to this leave in one piece, in the same write as the headers. */
const ONE_PIECE = 64 * 1024;

/**
 * Sends by PUT or POST: the file streamed with its length and digest, signed when the partner has a key for it, to the
 * address that was checked and no other. A redirection is an answer like another, never followed. A token that is
 * refused is asked for once again before the refusal is believed.
 */
export function httpsTransport(transport: TransportHttps, options: HttpsOptions): Push {
  const { secrets = NO_SECRETS } = options;
  return async (envoi, conduct) => {
    const { fichier } = envoi;
    // Over TLS a server that wants none of our certificate says so once we have begun to write: all at once, we would
    // only see that it hangs up.
    const small = fichier.octets <= ONE_PIECE && transport.url.startsWith("http:");
    const found = await (small ? wholeFile(fichier) : fileFault(fichier));
    if (found !== undefined && "kind" in found) return found;
    const deadline = startDeadline(conduct.signal);
    try {
      return hideSecrets(
        await authorised(transport, options, { envoi, bytes: found, chrono: conduct.chrono }, deadline),
        secrets.values(),
      );
    } catch (error) {
      return deadline.stopped() ?? faultOf(transport, error);
    } finally {
      deadline.clear();
    }
  };
}

interface Sending {
  readonly envoi: Envoi;
  /** All of them when there are few, else they are read as they leave. */
  readonly bytes: Buffer | undefined;
  readonly chrono: Chrono;
}

async function authorised(
  transport: TransportHttps,
  options: HttpsOptions,
  sending: Sending,
  deadline: Deadline,
): Promise<Outcome> {
  const { interne, secrets = NO_SECRETS, resolve } = options;
  const asking = { interne, secrets, resolve };
  if (transport.auth.type === "oauth2") sending.chrono.enter("jeton");
  const credentials = await credentialsOf(transport, asking, deadline);
  if ("kind" in credentials) return credentials;
  const outcome = await send(transport, options, sending, credentials, deadline);
  const { token } = credentials;
  if (token === undefined || outcome.kind !== "reponse" || outcome.status !== 401) return outcome;
  sending.chrono.enter("jeton");
  const renewed = await credentialsOf(transport, { ...asking, refused: token }, deadline);
  if ("kind" in renewed) return renewed;
  return send(transport, options, sending, renewed, deadline);
}

/** Some servers that want none of our certificate hang up without saying so. */
function faultOf({ mtls }: TransportHttps, error: unknown): Failure {
  const fault = networkFault(error);
  if (!mtls || fault.classe !== "connexion_coupee") return fault;
  return failure(
    fault.classe,
    `${fault.message} S'il le fait chaque fois, notre certificat client (secret « certificat ») est peut-être refusé.`,
  );
}

async function send(
  transport: TransportHttps,
  { interne, resolve, secrets = NO_SECRETS }: HttpsOptions,
  sending: Sending,
  { headers, tls }: Credentials,
  deadline: Deadline,
): Promise<Outcome> {
  const url = new URL(transport.url);
  const { delais } = transport;
  const { envoi, bytes, chrono } = sending;
  const dialling = { interne, resolve, tls, connexion: delais.connexion, chrono };
  const client = await openClient(url, dialling, deadline);
  if ("kind" in client) return client;
  try {
    deadline.within(delais.connexion + delais.envoi, "L'envoi n'a pas commencé dans le délai.");
    // In one piece it has left as soon as someone is there.
    if (bytes !== undefined) client.once("connect", () => awaitAnswer(sending, transport, deadline));
    const signature = secrets.get("signature");
    const answer = await client.request({
      method: transport.methode,
      path: `${url.pathname}${url.search}`,
      signal: deadline.signal,
      headers: { ...headers, ...headersOf(envoi, signature) },
      body: bytes ?? Readable.from(bytesOf(sending, transport, deadline), { objectMode: false }),
    });
    chrono.enter("reponse");
    const outcome = await readAnswer(answer, deadline, delais.reponse);
    // What was made of secrets to be sent: the pair of `Basic`, a token.
    return hideSecrets(outcome, headers.authorization?.split(" ").slice(1) ?? []);
  } finally {
    await leave(client);
  }
}

function headersOf(envoi: Envoi, signature: string | undefined): Record<string, string> {
  const { fichier } = envoi;
  const digest = contentDigest(fichier.sha256);
  return {
    "content-type": fichier.gzip ? "application/gzip" : "application/xml; charset=utf-8",
    "content-length": String(fichier.octets),
    "content-digest": digest,
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
    ...(signature === undefined
      ? {}
      : signatureHeaders(signature, { id: envoi.id, instant: envoi.instant, digest })),
  };
}

/** The file, with a deadline that starts again each time the partner took some. */
async function* bytesOf(
  sending: Sending,
  transport: TransportHttps,
  deadline: Deadline,
): AsyncGenerator<Buffer> {
  for await (const chunk of createReadStream(sending.envoi.fichier.path)) {
    deadline.within(transport.delais.envoi, "Le destinataire ne prend plus rien : envoi arrêté.");
    yield chunk;
  }
  awaitAnswer(sending, transport, deadline);
}

function awaitAnswer({ chrono }: Sending, { delais }: TransportHttps, deadline: Deadline): void {
  chrono.enter("attente");
  deadline.within(delais.entetes, "Le destinataire a tout reçu et n'a pas répondu dans le délai.");
}
