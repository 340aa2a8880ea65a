import { createHash } from "node:crypto";
import { createWriteStream } from "node:fs";
import { type FileHandle, open, rm } from "node:fs/promises";
import { pipeline } from "node:stream/promises";
import { createGzip } from "node:zlib";
import { StoreError, storeError } from "./error.ts";
import { type Relecture, relire } from "./relecture.ts";

/** Bytes are grouped so that each goes to the disk and to gzip in few large pieces. */
const BLOCK = 256 * 1024;
/** Blocks handed over and not yet written: beyond, the caller waits. */
const IN_FLIGHT = 4;
const GZIP_LEVEL = 6;

/** What a finished file is. */
export interface FileFacts {
  readonly sha256: string;
  readonly sha256Gz: string;
  readonly octets: number;
  readonly octetsGz: number;
}

/** One feed being written, as XML and as gzip at once, under temporary names. */
export interface FeedFile {
  /**
   * Takes the next bytes (copied).
   * @returns a promise to wait for when the disk or gzip is behind
   * @throws StoreError
   */
  write(bytes: Uint8Array): Promise<void> | undefined;
  /** sha256 of the bytes taken until now. */
  sha256SoFar(): string;
  /**
   * Closes both files, makes sure they are on the disk, and reads them again: sha256, and well-formed XML, which was
   * checked on the disk while it was written.
   * @throws StoreError
   */
  finish(): Promise<FileFacts>;
  /** Removes the temporary files; never fails. */
  discard(): Promise<void>;
  /** Temporary paths. */
  readonly xml: string;
  readonly gz: string;
}

/**
 * Opens a feed for writing.
 * @param path temporary path of the XML; the gzip goes beside it, with `.gz` added
 */
export async function openFeedFile(path: string): Promise<FeedFile> {
  const handle = await open(path, "wx").catch((cause: unknown) => {
    throw storeError(cause, path);
  });
  return new Writing(path, handle);
}

class Writing implements FeedFile {
  readonly xml: string;
  readonly gz: string;
  private readonly handle: FileHandle;
  private readonly relecture: Relecture;
  private readonly gzip = createGzip({ level: GZIP_LEVEL, chunkSize: BLOCK });
  private readonly hash = createHash("sha256");
  private readonly hashGz = createHash("sha256");
  private readonly gzipped: Promise<void>;
  private readonly pending = new Set<Promise<void>>();
  private disk: Promise<void> = Promise.resolve();
  private readonly free: Buffer[] = [];
  private block: Buffer = Buffer.allocUnsafe(BLOCK);
  private filled = 0;
  private octets = 0;
  private octetsGz = 0;
  private failure: unknown;

  constructor(path: string, handle: FileHandle) {
    this.xml = path;
    this.gz = `${path}.gz`;
    this.handle = handle;
    this.relecture = relire(path);
    this.gzipped = pipeline(
      this.gzip,
      async function* (this: Writing, chunks: AsyncIterable<Buffer>) {
        for await (const chunk of chunks) {
          this.hashGz.update(chunk);
          this.octetsGz += chunk.length;
          yield chunk;
        }
      }.bind(this),
      createWriteStream(this.gz, { flags: "wx", flush: true }),
    );
    this.gzipped.catch((cause: unknown) => {
      this.failure ??= cause;
    });
  }

  write(bytes: Uint8Array): Promise<void> | undefined {
    let from = 0;
    while (from < bytes.length) {
      const taken = Math.min(BLOCK - this.filled, bytes.length - from);
      this.block.set(bytes.subarray(from, from + taken), this.filled);
      this.filled += taken;
      from += taken;
      if (this.filled === BLOCK) this.flush();
    }
    if (this.failure !== undefined) throw storeError(this.failure, this.xml);
    return this.pending.size >= IN_FLIGHT ? this.room() : undefined;
  }

  sha256SoFar(): string {
    return this.hash.copy().update(this.block.subarray(0, this.filled)).digest("hex");
  }

  private async room(): Promise<void> {
    while (this.pending.size >= IN_FLIGHT) await Promise.race(this.pending);
    if (this.failure !== undefined) throw storeError(this.failure, this.xml);
  }

  private flush(): void {
    const { block } = this;
    const bytes = block.subarray(0, this.filled);
    const at = this.octets;
    this.octets += bytes.length;
    this.block = this.free.pop() ?? Buffer.allocUnsafe(BLOCK);
    this.filled = 0;
    this.hash.update(bytes);
    this.disk = this.disk.then(() => this.toDisk(bytes, at));
    const sent = Promise.all([this.disk, this.toGzip(bytes)])
      .catch((cause: unknown) => {
        this.failure ??= cause;
      })
      .then(() => {
        this.pending.delete(sent);
        this.free.push(block);
      });
    this.pending.add(sent);
  }

  private async toDisk(bytes: Buffer, at: number): Promise<void> {
    for (let done = 0; done < bytes.length; ) {
      const { bytesWritten } = await this.handle.write(bytes, done, bytes.length - done, at + done);
      done += bytesWritten;
    }
    this.relecture.written(at + bytes.length);
  }

  private toGzip(bytes: Buffer): Promise<void> {
    return new Promise((resolve, reject) => {
      this.gzip.write(bytes, (error) => (error ? reject(error) : resolve()));
    });
  }

  async finish(): Promise<FileFacts> {
    try {
      this.flush();
      await Promise.all(this.pending);
      if (this.failure !== undefined) throw this.failure;
      this.gzip.end();
      await this.gzipped;
      const facts = {
        sha256: this.hash.digest("hex"),
        sha256Gz: this.hashGz.digest("hex"),
        octets: this.octets,
        octetsGz: this.octetsGz,
      };
      // The disk works while the bytes are read again.
      await Promise.all([this.handle.sync(), this.reread(facts)]);
      await this.handle.close();
      this.relecture.close();
      return facts;
    } catch (cause) {
      await this.discard();
      throw storeError(cause, this.xml);
    }
  }

  private async reread({ sha256, sha256Gz }: FileFacts): Promise<void> {
    const relu = await this.relecture.end(this.gz);
    if (relu.malForme !== undefined) throw altered(this.xml, relu.malForme);
    if (relu.sha256.some((seen) => seen !== sha256)) throw altered(this.xml, "son empreinte a changé");
    if (relu.sha256Gz !== sha256Gz) throw altered(this.gz, "son empreinte a changé");
  }

  async discard(): Promise<void> {
    this.relecture.close();
    this.gzip.destroy();
    await Promise.allSettled([...this.pending, this.gzipped]);
    await this.handle.close().catch(() => undefined);
    await Promise.allSettled([rm(this.xml, { force: true }), rm(this.gz, { force: true })]);
  }
}

function altered(path: string, reason: string): StoreError {
  return new StoreError(
    "fichier-altere",
    `Le fichier « ${path} » relu après écriture n'est pas celui qui a été écrit : ${reason}. Vérifiez le disque ; le flux précédent reste en service.`,
  );
}
