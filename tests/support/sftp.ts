import { createHash } from "node:crypto";
import { type FileHandle, lstat, mkdtemp, open, readdir, rename, rm, unlink } from "node:fs/promises";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import ssh2, { type AuthContext, type Connection, type PublicKeyAuthContext, type SFTPWrapper } from "ssh2";

const { Server, utils } = ssh2;
const { STATUS_CODE, flagsToString } = utils.sftp;

/** One request that the server is about to serve. */
export interface SftpRequest {
  readonly op: string;
  /** Base name; of the source for a rename. */
  readonly nom: string;
  /** Written so far on this connection, this request included. */
  readonly octets: number;
}

/** What happens instead of serving: a status, nothing at all, or the end of the connection. */
export type SftpFault = number | "silence" | "coupure" | undefined;

export interface SftpServerOptions {
  readonly motDePasse?: string;
  /** Public key that may log in, in OpenSSH form. */
  readonly clePublique?: string;
  /** Only `keyboard-interactive` takes the password. */
  readonly clavier?: boolean;
  /** Without `posix-rename` and `fsync`, and a rename onto a file that is there fails. */
  readonly ancien?: boolean;
}

export interface SftpServer {
  readonly port: number;
  /** Of the host key, as `ssh-keygen -lf` prints it. */
  readonly empreinte: string;
  readonly dir: string;
  /** How clients tried to log in, and with what. */
  readonly logins: string[];
  /** Requests served or not, in order: `op nom`. */
  readonly requests: string[];
  /** Looks at each request. */
  fault: (request: SftpRequest) => SftpFault | Promise<SftpFault>;
  /** Nobody answers any more; the folder stays. */
  stop(): Promise<void>;
  close(): Promise<void>;
}

/** A key pair as `ssh-keygen -t ecdsa` makes (those of ed25519 that the library makes are now and then malformed). */
export const sshKeyPair = (options: { passphrase?: string } = {}) =>
  utils.generateKeyPairSync("ecdsa", {
    bits: 256,
    ...(options.passphrase === undefined
      ? {}
      : { passphrase: options.passphrase, cipher: "aes256-ctr", rounds: 1 }),
  });

/** Starts a real SFTP server on a folder of its own and a free port. */
export async function startSftp(options: SftpServerOptions = {}): Promise<SftpServer> {
  const dir = await mkdtemp(path.join(tmpdir(), "offre-info-sftp-"));
  const hostKey = sshKeyPair();
  const connections = new Set<Connection>();
  const server = new Server({ hostKeys: [hostKey.private] }, (connection) => {
    connections.add(connection);
    connection.on("error", () => undefined).on("close", () => connections.delete(connection));
    connection.on("authentication", (context) => authenticate(context, options, far.logins));
    connection.on("session", (accept) =>
      accept().on("sftp", (acceptSftp) => serve(acceptSftp(), far, connection, options.ancien !== true)),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const far: SftpServer = {
    port: (server.address() as AddressInfo).port,
    empreinte: fingerprint(hostKey.public),
    dir,
    logins: [],
    requests: [],
    fault: () => undefined,
    async stop() {
      for (const connection of connections) connection.end();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
    async close() {
      await far.stop();
      await rm(dir, { recursive: true, force: true });
    },
  };
  return far;
}

function fingerprint(publicKey: string): string {
  const blob = Buffer.from(publicKey.split(" ")[1] ?? "", "base64");
  return `SHA256:${createHash("sha256").update(blob).digest("base64").replaceAll("=", "")}`;
}

function authenticate(
  context: AuthContext,
  { motDePasse = "secret-sftp", clePublique, clavier = false }: SftpServerOptions,
  logins: string[],
): void {
  const end = (accepted: boolean) => {
    if (accepted) context.accept();
    else context.reject([clavier ? "keyboard-interactive" : "password", "publickey"]);
  };
  if (context.method === "keyboard-interactive" && clavier) {
    context.prompt([{ prompt: "Mot de passe : ", echo: false }], ([answer]) => end(answer === motDePasse));
    return;
  }
  if (context.method === "password") logins.push(`password ${context.password}`);
  if (context.method === "publickey") logins.push("publickey");
  end(
    (context.method === "password" && !clavier && context.password === motDePasse) ||
      (context.method === "publickey" && clePublique !== undefined && isKey(context, clePublique)),
  );
}

function isKey({ key, signature, blob, hashAlgo }: PublicKeyAuthContext, clePublique: string): boolean {
  const parsed = utils.parseKey(clePublique);
  if (parsed instanceof Error) throw parsed;
  const [allowed] = [parsed].flat();
  if (allowed === undefined || !allowed.getPublicSSH().equals(key.data)) return false;
  return signature === undefined || allowed.verify(blob ?? Buffer.alloc(0), signature, hashAlgo) === true;
}

type Serve = (reqId: number) => Promise<void>;

function serve(sftp: SFTPWrapper, far: SftpServer, connection: Connection, modern: boolean): void {
  const handles = new Map<
    number,
    { file: FileHandle; nom: string } | { folder: string; names: string[] | undefined }
  >();
  let last = 0;
  let octets = 0;
  const at = (name: string) => path.join(far.dir, path.posix.normalize(`/${name}`));
  const keep = (
    reqId: number,
    what: { file: FileHandle; nom: string } | { folder: string; names: string[] },
  ) => {
    last += 1;
    handles.set(last, what);
    const handle = Buffer.alloc(4);
    handle.writeUInt32BE(last);
    sftp.handle(reqId, handle);
  };
  connection.on("close", () => {
    for (const handle of handles.values()) if ("file" in handle) handle.file.close().catch(() => undefined);
  });
  const fileOf = (handle: Buffer) => {
    const found = handles.get(handle.readUInt32BE());
    if (found === undefined || !("file" in found)) throw new Error("bad handle");
    return found;
  };
  const on = (op: string, reqId: number, name: string, work: Serve) => {
    const nom = path.posix.basename(name);
    far.requests.push(`${op} ${nom}`);
    const run = async () => {
      const fault = await far.fault({ op, nom, octets });
      if (fault === "silence") return;
      if (fault === "coupure") connection.end();
      else if (fault !== undefined) sftp.status(reqId, fault, "refus d'essai");
      else await work(reqId);
    };
    run().catch((error: unknown) => sftp.status(reqId, statusOf(error), "refus du disque"));
  };
  const ok = (reqId: number) => sftp.status(reqId, STATUS_CODE.OK);
  if (modern) announceExtensions(sftp, ["posix-rename@openssh.com", "fsync@openssh.com"]);

  sftp.on("OPEN", (reqId, name, flags) =>
    on("open", reqId, name, async () =>
      keep(reqId, { file: await open(at(name), flagsToString(flags) ?? "r"), nom: name }),
    ),
  );
  sftp.on("WRITE", (reqId, handle, offset, data) => {
    const { file, nom } = fileOf(handle);
    octets += data.length;
    on("write", reqId, nom, async () => {
      await file.write(data, 0, data.length, offset);
      ok(reqId);
    });
  });
  sftp.on("READ", (reqId, handle, offset, length) => {
    const { file, nom } = fileOf(handle);
    on("read", reqId, nom, async () => {
      const { bytesRead, buffer } = await file.read(Buffer.alloc(length), 0, length, offset);
      if (bytesRead === 0) sftp.status(reqId, STATUS_CODE.EOF);
      else sftp.data(reqId, buffer.subarray(0, bytesRead));
    });
  });
  sftp.on("CLOSE", (reqId, handle) =>
    on("close", reqId, "", async () => {
      const found = handles.get(handle.readUInt32BE());
      handles.delete(handle.readUInt32BE());
      if (found !== undefined && "file" in found) await found.file.close();
      ok(reqId);
    }),
  );
  sftp.on("FSTAT", (reqId, handle) => {
    const { file, nom } = fileOf(handle);
    on("fstat", reqId, nom, async () => sftp.attrs(reqId, attributes(await file.stat())));
  });
  for (const op of ["STAT", "LSTAT"] as const)
    sftp.on(op as "STAT", (reqId, name) =>
      on("stat", reqId, name, async () => sftp.attrs(reqId, attributes(await lstat(at(name))))),
    );
  sftp.on("REMOVE", (reqId, name) =>
    on("remove", reqId, name, async () => {
      await unlink(at(name));
      ok(reqId);
    }),
  );
  sftp.on("RENAME", (reqId, from, to) =>
    on("rename", reqId, from, async () => {
      const taken = await lstat(at(to)).catch(() => undefined);
      if (taken !== undefined) return sftp.status(reqId, STATUS_CODE.FAILURE, "File exists");
      await rename(at(from), at(to));
      ok(reqId);
    }),
  );
  sftp.on("OPENDIR", (reqId, name) =>
    on("opendir", reqId, name, async () => keep(reqId, { folder: at(name), names: await readdir(at(name)) })),
  );
  sftp.on("READDIR", (reqId, handle) =>
    on("readdir", reqId, "", async () => {
      const found = handles.get(handle.readUInt32BE());
      if (found === undefined || !("names" in found) || found.names === undefined)
        return sftp.status(reqId, STATUS_CODE.EOF);
      const rows = await Promise.all(
        found.names.map(async (filename) => ({
          filename,
          longname: filename,
          attrs: attributes(await lstat(path.join(found.folder, filename))),
        })),
      );
      found.names = undefined;
      sftp.name(reqId, rows);
    }),
  );
  sftp.on("EXTENDED", (reqId, name, data) => {
    if (name === "fsync@openssh.com") return on("fsync", reqId, "", async () => ok(reqId));
    const [from = "", to = ""] = strings(data);
    on("posix-rename", reqId, from, async () => {
      await rename(at(from), at(to));
      ok(reqId);
    });
  });
}

function attributes(stats: Awaited<ReturnType<typeof lstat>>) {
  return {
    mode: Number(stats.mode),
    uid: 0,
    gid: 0,
    size: Number(stats.size),
    atime: Math.floor(Number(stats.atimeMs) / 1000),
    mtime: Math.floor(Number(stats.mtimeMs) / 1000),
  };
}

function statusOf(error: unknown): number {
  const code = error instanceof Error && "code" in error ? error.code : "";
  if (code === "ENOENT" || code === "ENOTDIR") return STATUS_CODE.NO_SUCH_FILE;
  return code === "EACCES" ? STATUS_CODE.PERMISSION_DENIED : STATUS_CODE.FAILURE;
}

function* strings(data: Buffer): Generator<string> {
  for (let at = 0; at < data.length; ) {
    const length = data.readUInt32BE(at);
    yield data.toString("utf8", at + 4, at + 4 + length);
    at += 4 + length;
  }
}

/** The library's server announces no extension: its VERSION packet is written anew on its way out. */
function announceExtensions(sftp: SFTPWrapper, names: readonly string[]): void {
  const protocol: { channelData(id: number, data: Buffer): boolean } = Reflect.get(sftp, "_protocol");
  const send = protocol.channelData;
  protocol.channelData = (id, data) => {
    protocol.channelData = send;
    const text = (value: string) => {
      const length = Buffer.alloc(4);
      length.writeUInt32BE(value.length);
      return Buffer.concat([length, Buffer.from(value)]);
    };
    const payload = Buffer.concat([data.subarray(4), ...names.flatMap((name) => [text(name), text("1")])]);
    const length = Buffer.alloc(4);
    length.writeUInt32BE(payload.length);
    return send.call(protocol, id, Buffer.concat([length, payload]));
  };
}
