import { Socket } from "node:net";
import { createSecureContext, rootCertificates, type SecureContext } from "node:tls";
import { buildConnector, Client } from "undici";
import type { Secrets } from "../../partner/index.ts";
import type { Chrono } from "../chrono.ts";
import { type Failure, failure } from "../outcome.ts";
import { pinnedLookup, type Resolve, resolveTarget } from "./address.ts";
import { secretOf } from "./credentials.ts";
import type { Deadline } from "./deadline.ts";

const MOST_HEADERS = 16 * 1024;

/** How a server is dialled. */
export interface Dialling {
  /** It may live inside, and be reached without TLS. */
  readonly interne: boolean;
  readonly resolve?: Resolve | undefined;
  readonly tls?: SecureContext | undefined;
  /** Seconds. */
  readonly connexion: number;
  readonly chrono?: Chrono | undefined;
}

/**
 * A client of one server, at the address that was checked and no other. Nothing is retried nor followed.
 * @returns the client, to be left by {@link leave} after use; or why nothing may be sent there
 */
export async function openClient(
  url: URL,
  { interne, resolve, tls, connexion, chrono }: Dialling,
  deadline: Deadline,
): Promise<Client | Failure> {
  deadline.within(connexion, "Le nom du destinataire n'a pas été résolu dans le délai.");
  chrono?.enter("dns");
  const target = await deadline.orStop(resolveTarget(url, interne, resolve));
  if ("kind" in target) return target;
  return new Client(url.origin, {
    connect: timed(
      buildConnector({
        timeout: connexion * 1000,
        lookup: pinnedLookup(target),
        ...(tls === undefined ? {} : { secureContext: tls }),
      }),
      chrono,
    ),
    pipelining: 1,
    maxHeaderSize: MOST_HEADERS,
    // Our own deadlines are exact and know in which phase they fall.
    headersTimeout: 0,
    bodyTimeout: 0,
  });
}

/** Tells of each step of a connection; a client that has one already takes none. */
function timed(dial: buildConnector.connector, chrono: Chrono | undefined): buildConnector.connector {
  if (chrono === undefined) return dial;
  return (options, done) => {
    chrono.enter("tcp");
    // Its type does not say so: the socket is given back at once, long before it is connected.
    const socket: unknown = dial(options, (...dialled) => {
      if (dialled[0] === null) chrono.enter("envoi");
      done(...dialled);
    });
    if (options.protocol === "https:" && socket instanceof Socket)
      socket.once("connect", () => chrono.enter("tls"));
  };
}

/** Why a client goes once it has served; made once, for it costs more than the leave itself. */
const SERVED = new Error("this client has served");

/** Leaves a server, whatever is still under way. */
export function leave(client: Client): Promise<void> {
  return client.destroy(SERVED);
}

let usual: SecureContext | undefined;

/** For those who ask for no certificate of ours and are vouched for by the public authorities: made once. */
function usualTls(): SecureContext {
  usual ??= createSecureContext();
  return usual;
}

/**
 * What TLS is set up with: our certificate when the partner asks for one, and the authorities that may vouch for it.
 * @param publiques the public authorities are trusted beside the partner's own
 */
export function tlsOf(
  { mtls }: { readonly mtls: boolean },
  secrets: Secrets,
  { publiques }: { readonly publiques: boolean },
): SecureContext | Failure {
  const autorite = secrets.get("autorite");
  const cert = mtls ? secretOf(secrets, "certificat") : undefined;
  if (typeof cert === "object") return cert;
  const key = mtls ? secretOf(secrets, "cle_certificat") : undefined;
  if (typeof key === "object") return key;
  if (autorite === undefined && cert === undefined && key === undefined) return usualTls();
  try {
    return createSecureContext({
      ...(autorite === undefined ? {} : { ca: publiques ? [...rootCertificates, autorite] : autorite }),
      ...(cert === undefined ? {} : { cert }),
      ...(key === undefined ? {} : { key }),
    });
  } catch {
    return failure(
      "secret_indisponible",
      "Le certificat client, sa clé ou l'autorité enregistrés ne sont pas du PEM lisible, ou ne vont pas ensemble. Enregistrez-les de nouveau : offre-info secrets set <destinataire> certificat",
    );
  }
}
