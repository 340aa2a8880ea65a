import path from "node:path";
import type { SFTPWrapper } from "ssh2";
import type { TransportSftp } from "../../partner/index.ts";
import { failure, type Outcome } from "../outcome.ts";
import { type Deadline, startDeadline } from "./deadline.ts";
import { hideSecrets } from "./hide.ts";
import { networkFault } from "./networkFault.ts";
import type { Conduct, Envoi, Push } from "./port.ts";
import { announcement, fileFault, olderParts, partOf, readPublished } from "./publishedFile.ts";
import { closeHandle, fileSize, flush, openFile, removeIfThere, replace, write } from "./sftpCalls.ts";
import { Incomplete } from "./sftpFault.ts";
import { openSftp, type SftpOptions, type SftpSession } from "./sftpSession.ts";

/** Written at once in one request: what every server takes. */
const PIECE = 32 * 1024;
/** Requests under way: enough to fill a distant line, half a megabyte of memory. */
const WINDOW = 16;

/**
 * Drops the file over SFTP: written as `<delivery>.<epoch>.part`, made durable where the server can, renamed, then
 * announced by `<name>.ok` with its digest. Who reads the folder waits for `.ok` and never sees half a file.
 */
export function sftpTransport(transport: TransportSftp, options: SftpOptions): Push {
  return async (envoi, conduct) =>
    hideSecrets(await push(transport, options, envoi, conduct), options.secrets.values());
}

async function push(
  transport: TransportSftp,
  options: SftpOptions,
  envoi: Envoi,
  conduct: Conduct,
): Promise<Outcome> {
  const missing = await fileFault(envoi.fichier);
  if (missing !== undefined) return missing;
  const deadline = startDeadline(conduct.signal);
  let session: SftpSession | undefined;
  try {
    const opened = await openSftp(transport, { ...options, chrono: conduct.chrono }, deadline);
    if ("kind" in opened) return opened;
    session = opened;
    return await deadline.orStop(opened.orLost(drop(opened, transport, envoi, conduct, deadline)));
  } catch (error) {
    return deadline.stopped() ?? (session?.fault ?? networkFault)(error);
  } finally {
    deadline.clear();
    session?.close();
  }
}

async function drop(
  { sftp }: SftpSession,
  { dossier, delais }: TransportSftp,
  envoi: Envoi,
  conduct: Conduct,
  deadline: Deadline,
): Promise<Outcome> {
  const { nom } = envoi.fichier;
  const at = (name: string) => path.posix.join(dossier, name);
  const part = at(partOf(envoi));
  const next = () => deadline.within(delais.reponse, "Le serveur SFTP ne répond plus.");
  let done = false;
  try {
    next();
    await Promise.allSettled(olderParts(envoi).map((name) => removeIfThere(sftp, at(name))));
    conduct.chrono.enter("envoi");
    await upload(sftp, part, envoi.fichier, delais.envoi, deadline);
    conduct.chrono.enter("renommage");
    if (!(await conduct.stillOurs()))
      return failure("interrompue", "Un autre envoi a pris la suite avant la fin de celui-ci.");
    next();
    // An announcement must never stand beside another file than its own.
    await removeIfThere(sftp, at(`${nom}.ok`));
    next();
    await replace(sftp, part, at(nom));
    next();
    await writeSmall(sftp, part, announcement(envoi));
    next();
    await replace(sftp, part, at(`${nom}.ok`));
    done = true;
    return { kind: "depot", nom };
  } finally {
    next();
    if (!done) await removeIfThere(sftp, part).catch(() => undefined);
  }
}

/** The whole file under a name of its own, made durable, with the size that it should have. */
async function upload(
  sftp: SFTPWrapper,
  part: string,
  fichier: Envoi["fichier"],
  seconds: number,
  deadline: Deadline,
): Promise<void> {
  const progress = () => deadline.within(seconds, "Le serveur SFTP ne prend plus rien : envoi arrêté.");
  const handle = await openFile(sftp, part, "w");
  try {
    progress();
    await writeAll(sftp, handle, fichier, progress);
    await flush(sftp, handle);
    const size = await fileSize(sftp, handle);
    if (size !== undefined && size !== fichier.octets) throw new Incomplete(size, fichier.octets);
  } catch (error) {
    await closeHandle(sftp, handle).catch(() => undefined);
    throw error;
  }
  await closeHandle(sftp, handle);
}

/** Several pieces under way at once. @param progress called each time the server took one */
async function writeAll(
  sftp: SFTPWrapper,
  handle: Buffer,
  fichier: Envoi["fichier"],
  progress: () => void,
): Promise<void> {
  const flying = new Set<Promise<void>>();
  let at = 0;
  for await (const piece of readPublished(fichier, PIECE)) {
    // One that fails stays in the set, where it is met at the latest at the end.
    const written: Promise<void> = write(sftp, handle, piece, at).then(() => {
      progress();
      flying.delete(written);
    });
    written.catch(() => undefined);
    flying.add(written);
    at += piece.length;
    if (flying.size >= WINDOW) await Promise.race(flying);
  }
  await Promise.all(flying);
}

async function writeSmall(sftp: SFTPWrapper, file: string, text: string): Promise<void> {
  const handle = await openFile(sftp, file, "w");
  await write(sftp, handle, Buffer.from(text), 0);
  await flush(sftp, handle);
  await closeHandle(sftp, handle);
}
