import type { FileEntryWithStats, SFTPWrapper, Stats } from "ssh2";
import { SFTP_STATUS, statusOf } from "./sftpFault.ts";

/** The requests of SFTP as promises; each rejects with what the server answered, or when the connection is lost. */
function ask<T>(send: (done: (error: Error | null | undefined, value: T) => void) => void): Promise<T> {
  return new Promise((resolve, reject) => {
    send((error, value) => (error ? reject(error) : resolve(value)));
  });
}

function tell(send: (done: (error?: Error | null) => void) => void): Promise<void> {
  return ask<void>((done) => send((error) => done(error)));
}

export const openFile = (sftp: SFTPWrapper, path: string, mode: "r" | "w") =>
  ask<Buffer>((done) => sftp.open(path, mode, done));

export const closeHandle = (sftp: SFTPWrapper, handle: Buffer) => tell((done) => sftp.close(handle, done));

export const write = (sftp: SFTPWrapper, handle: Buffer, bytes: Buffer, at: number) =>
  tell((done) => sftp.write(handle, bytes, 0, bytes.length, at, done));

/** How many bytes came: 0 at the end. */
export const readInto = (sftp: SFTPWrapper, handle: Buffer, into: Buffer, at: number) =>
  ask<number>((done) => sftp.read(handle, into, 0, into.length, at, done));

export const openFolder = (sftp: SFTPWrapper, path: string) =>
  ask<Buffer>((done) => sftp.opendir(path, done));

/** Some entries of an open folder; undefined at the end. */
export async function readFolder(
  sftp: SFTPWrapper,
  handle: Buffer,
): Promise<FileEntryWithStats[] | undefined> {
  try {
    return await ask<FileEntryWithStats[]>((done) => sftp.readdir(handle, done));
  } catch (error) {
    if (statusOf(error) === SFTP_STATUS.fin) return undefined;
    throw error;
  }
}

const unlink = (sftp: SFTPWrapper, path: string) => tell((done) => sftp.unlink(path, done));
const rename = (sftp: SFTPWrapper, from: string, to: string) => tell((done) => sftp.rename(from, to, done));

/** Makes what was written durable, where the server knows how to. */
export async function flush(sftp: SFTPWrapper, handle: Buffer): Promise<void> {
  await unlessUnknown(() => ask<unknown>((done) => sftp.ext_openssh_fsync(handle, done)));
}

/** Size of an open file; undefined where the server does not say it to this account. */
export async function fileSize(sftp: SFTPWrapper, handle: Buffer): Promise<number | undefined> {
  try {
    return (await ask<Stats>((done) => sftp.fstat(handle, done))).size;
  } catch (error) {
    if (statusOf(error) === undefined) throw error;
    return undefined;
  }
}

export async function removeIfThere(sftp: SFTPWrapper, path: string): Promise<void> {
  try {
    await unlink(sftp, path);
  } catch (error) {
    // Some servers have but one word for every failure.
    if (statusOf(error) !== SFTP_STATUS.absent && (await isThere(sftp, path))) throw error;
  }
}

/**
 * Gives a whole file its final name, in place of the one that has it: at once where the server knows
 * `posix-rename`; otherwise the old one goes first, and for a moment there is none, never half of one.
 */
export async function replace(sftp: SFTPWrapper, from: string, to: string): Promise<void> {
  if (await unlessUnknown(() => tell((done) => sftp.ext_openssh_rename(from, to, done)))) return;
  try {
    await rename(sftp, from, to);
  } catch (error) {
    const status = statusOf(error);
    if (status !== SFTP_STATUS.echec && status !== SFTP_STATUS.existe) throw error;
    if (!(await isThere(sftp, to))) throw error;
    await unlink(sftp, to);
    await rename(sftp, from, to);
  }
}

async function isThere(sftp: SFTPWrapper, path: string): Promise<boolean> {
  try {
    await ask<Stats>((done) => sftp.lstat(path, done));
    return true;
  } catch (error) {
    if (statusOf(error) === undefined) throw error;
    return false;
  }
}

/** @returns false when the server does not know this extension; the library throws when it was not announced */
async function unlessUnknown(call: () => Promise<unknown>): Promise<boolean> {
  try {
    await call();
    return true;
  } catch (error) {
    const unknown =
      statusOf(error) === SFTP_STATUS.inconnue ||
      (error instanceof Error && error.message === "Server does not support this extended request");
    if (!unknown) throw error;
    return false;
  }
}
