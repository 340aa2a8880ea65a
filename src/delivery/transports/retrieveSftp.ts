import path from "node:path";
import type { FileEntryWithStats, SFTPWrapper } from "ssh2";
import type { TransportSftp } from "../../partner/index.ts";
import { startDeadline } from "./deadline.ts";
import { networkFault } from "./networkFault.ts";
import { MOST_FILES, type RemoteFile, type Retrieval, RetrievalError, tooLarge } from "./retrieval.ts";
import { closeHandle, openFile, openFolder, readFolder, readInto } from "./sftpCalls.ts";
import { openSftp, type SftpOptions } from "./sftpSession.ts";

const PIECE = 32 * 1024;

/** One connection for all that is read, closed by `close`. @throws RetrievalError */
export async function retrieveFromSftp(
  transport: TransportSftp,
  options: SftpOptions,
  signal: AbortSignal,
): Promise<Retrieval> {
  const deadline = startDeadline(signal);
  const opened = await openSftp(transport, options, deadline).catch(
    (error: unknown) => deadline.stopped() ?? networkFault(error),
  );
  deadline.clear();
  if ("kind" in opened) throw new RetrievalError(opened);
  const session = opened;
  /** Each call has the whole delay; a connection that was stopped once is lost. */
  const within = async <T>(work: (sftp: SFTPWrapper) => Promise<T>): Promise<T> => {
    const calling = startDeadline(signal);
    calling.signal.addEventListener("abort", session.close, { once: true });
    calling.within(transport.delais.envoi, "Le serveur SFTP ne répond plus.");
    try {
      return await calling.orStop(session.orLost(work(session.sftp)));
    } catch (error) {
      if (error instanceof RetrievalError) throw error;
      throw new RetrievalError(calling.stopped() ?? session.fault(error, "lecture"));
    } finally {
      calling.clear();
    }
  };
  return {
    list: (dossier) => within((sftp) => listFolder(sftp, dossier)),
    read: (chemin, mostOctets) => within((sftp) => readFile(sftp, chemin, mostOctets)),
    close: async () => session.close(),
  };
}

async function listFolder(sftp: SFTPWrapper, dossier: string): Promise<RemoteFile[]> {
  const handle = await openFolder(sftp, dossier);
  const files: RemoteFile[] = [];
  while (files.length < MOST_FILES) {
    const entries = await readFolder(sftp, handle);
    if (entries === undefined) break;
    files.push(...entries.filter(isPlainFile).map(fileOf));
  }
  await closeHandle(sftp, handle);
  return files.slice(0, MOST_FILES);
}

/** A name that is not one would lead elsewhere once joined to its folder. */
const isPlainFile = ({ filename, attrs }: FileEntryWithStats): boolean =>
  attrs.isFile() && path.posix.basename(filename) === filename;

const fileOf = ({ filename, attrs }: FileEntryWithStats): RemoteFile => ({
  nom: filename,
  octets: attrs.size,
  modifieLe: new Date(attrs.mtime * 1000),
});

async function readFile(sftp: SFTPWrapper, chemin: string, mostOctets: number): Promise<Buffer> {
  const handle = await openFile(sftp, chemin, "r");
  const pieces: Buffer[] = [];
  let octets = 0;
  for (;;) {
    const piece = Buffer.allocUnsafe(PIECE);
    const came = await readInto(sftp, handle, piece, octets);
    if (came === 0) break;
    octets += came;
    if (octets > mostOctets) throw tooLarge(chemin, mostOctets);
    pieces.push(piece.subarray(0, came));
  }
  await closeHandle(sftp, handle);
  return Buffer.concat(pieces);
}
