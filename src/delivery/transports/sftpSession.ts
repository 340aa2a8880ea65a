import { createHash } from "node:crypto";
import { once } from "node:events";
import { connect, type Socket } from "node:net";
import type { SFTPWrapper } from "ssh2";
import SftpClient from "ssh2-sftp-client";
import type { Secrets, TransportSftp } from "../../partner/index.ts";
import type { Chrono } from "../chrono.ts";
import { type Failure, failure } from "../outcome.ts";
import { type Address, pinnedLookup, type Resolve, resolveHost } from "./address.ts";
import { secretOf } from "./credentials.ts";
import type { Deadline } from "./deadline.ts";
import { sftpFault, sshFault } from "./sftpFault.ts";

export interface SftpOptions {
  /** The partner may live inside. */
  readonly interne: boolean;
  readonly secrets: Secrets;
  readonly resolve?: Resolve | undefined;
  readonly chrono?: Chrono | undefined;
}

/** An SFTP connection to the host that was pinned. */
export interface SftpSession {
  readonly sftp: SFTPWrapper;
  /** Waits for work no longer than the connection lasts: the library may leave requests without an answer. */
  orLost<T>(work: Promise<T>): Promise<T>;
  /** What an error of this connection was. */
  fault(error: unknown, use?: "depot" | "lecture"): Failure;
  close(): void;
}

/**
 * Connects to the address that was checked, then to the host that was pinned, then logs in: in that order, so that no
 * credential is shown to anyone else. Everything ends when the deadline does.
 */
export async function openSftp(
  transport: TransportSftp,
  { interne, secrets, resolve, chrono }: SftpOptions,
  deadline: Deadline,
): Promise<SftpSession | Failure> {
  const { connexion } = transport.delais;
  const login = loginOf(transport, secrets);
  if ("kind" in login) return login;
  deadline.within(connexion, "Le nom du destinataire n'a pas été résolu dans le délai.");
  chrono?.enter("dns");
  const target = await deadline.orStop(resolveHost(transport.hote, interne, resolve));
  if ("kind" in target) return target;
  deadline.within(connexion, "Le destinataire ne répond pas à la connexion dans le délai.");
  chrono?.enter("tcp");
  const socket = await dial(target, transport, deadline);
  deadline.within(connexion, "Le serveur SSH n'a pas terminé la connexion dans le délai.");
  chrono?.enter("ssh");
  return logIn(socket, transport, login, deadline, chrono);
}

interface Login {
  readonly password?: string;
  readonly privateKey?: string;
  readonly passphrase?: string;
}

function loginOf({ auth }: TransportSftp, secrets: Secrets): Login | Failure {
  const found = secretOf(secrets, auth === "cle" ? "cle_privee" : "mot_de_passe");
  if (typeof found !== "string") return found;
  if (auth === "mot_de_passe") return { password: found };
  const passphrase = secrets.get("phrase_de_passe");
  return { privateKey: found, ...(passphrase === undefined ? {} : { passphrase }) };
}

async function dial(
  addresses: readonly Address[],
  { hote, port }: TransportSftp,
  { signal }: Deadline,
): Promise<Socket> {
  const socket = connect({ host: hote, port, lookup: pinnedLookup(addresses) });
  const stop = () => socket.destroy();
  signal.addEventListener("abort", stop, { once: true });
  socket.once("close", () => signal.removeEventListener("abort", stop));
  await once(socket, "connect", { signal });
  socket.setNoDelay(true);
  return socket;
}

async function logIn(
  socket: Socket,
  { utilisateur, empreintes }: TransportSftp,
  login: Login,
  deadline: Deadline,
  chrono: Chrono | undefined,
): Promise<SftpSession | Failure> {
  const nothing = () => undefined;
  const client = new SftpClient("offre-info", { error: nothing, end: nothing, close: nothing });
  // The library wraps errors and forgets at which step they came.
  let first: unknown;
  client.on("error", (error: unknown) => {
    first ??= error;
  });
  let stranger: string | undefined;
  let inside = false;
  const { password } = login;
  if (password !== undefined)
    client.on(
      "keyboard-interactive",
      (_name, _how, _lang, prompts: unknown[], answer: (all: string[]) => void) =>
        answer(prompts.length === 1 ? [password] : []),
    );
  try {
    const sftp = await deadline.orStop(
      client.connect({
        sock: socket,
        username: utilisateur,
        ...login,
        authHandler: password === undefined ? ["publickey"] : ["password", "keyboard-interactive"],
        tryKeyboard: password !== undefined,
        hostVerifier: (key: Buffer) => {
          const seen = fingerprintOf(key);
          if (empreintes.includes(seen)) {
            // Keys are also renewed in the middle of a large file.
            if (!inside) chrono?.enter("authentification");
            return true;
          }
          stranger = `${seen} (${keyTypeOf(key)})`;
          return false;
        },
        readyTimeout: 0,
      }),
    );
    inside = true;
    const lost = once(socket, "close").then(() => Promise.reject(new Lost()));
    lost.catch(() => undefined);
    return {
      sftp,
      orLost: (work) => Promise.race([work, lost]),
      fault: (error, use) => (first === undefined ? sftpFault(error, use) : sshFault(first)),
      close: () => socket.destroy(),
    };
  } catch (error) {
    socket.destroy();
    const stopped = deadline.stopped();
    if (stopped !== undefined) return stopped;
    return stranger === undefined ? sshFault(first ?? error) : unknownHost(stranger, empreintes);
  }
}

class Lost extends Error {
  readonly code = "ECONNRESET";
}

/** As `ssh-keygen -lf` prints it. */
function fingerprintOf(key: Buffer): string {
  return `SHA256:${createHash("sha256").update(key).digest("base64").replaceAll("=", "")}`;
}

/** A key begins with the name of its type, after its length on four bytes. */
function keyTypeOf(key: Buffer): string {
  return key.subarray(4, 4 + key.readUInt32BE(0)).toString("latin1");
}

function unknownHost(seen: string, expected: readonly string[]): Failure {
  return failure(
    "hote_inconnu",
    `Le serveur a montré la clé ${seen} au lieu de ${expected.join(" ou ")} : aucun identifiant n'a été envoyé. Si le destinataire confirme qu'il a changé de clé, enregistrez cette empreinte ; sinon quelqu'un se fait passer pour lui.`,
  );
}
