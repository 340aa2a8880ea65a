import { type FileHandle, open } from "node:fs/promises";
import { compareNumeros } from "../../published/index.ts";
import type { Store } from "../store.ts";
import { buildSommaire } from "./build.ts";
import { type Entete, type Offre, offreOf, VERSION } from "./offre.ts";

/** The offers of one stored feed, by the summary that is kept beside it. Close it. */
export interface Sommaire {
  readonly entete: Entete;
  /** The first offer of a formation, by `formation/@numero`. */
  formation(numero: string): Promise<Offre | undefined>;
  /** All the offers of a formation. */
  offresDe(numero: string): AsyncIterable<Offre>;
  /** All offers, in the order of the numbers of their formations. */
  offres(pass?: Passer): AsyncIterable<Offre>;
  close(): Promise<void>;
}

/** What need not even be read, for speed alone. */
export interface Passer {
  /** So many offers, the first ones. */
  readonly premieres?: number;
  /** Those that nowhere mention each of these codes: a rough sieve. */
  readonly sans?: readonly string[];
}

export interface Sommaires {
  /**
   * Opens the summary of a stored feed; the first to ask makes it, who asks meanwhile waits for the same.
   * @throws the system's error when the feed is not there
   */
  open(sha256: string): Promise<Sommaire>;
}

type Files = Pick<Store, "pathOf" | "writeSommaire">;

/** Summaries of a store; they are made when they are first asked for. */
export function openSommaires(store: Files): Sommaires {
  const making = new Map<string, Promise<void>>();
  const make = async (sha256: string) => {
    await store.writeSommaire(sha256, await buildSommaire(store.pathOf(sha256, "xml")));
  };
  const made = (sha256: string) => {
    const already = making.get(sha256);
    if (already !== undefined) return already;
    const begun = make(sha256).finally(() => making.delete(sha256));
    making.set(sha256, begun);
    return begun;
  };
  return {
    async open(sha256) {
      const path = store.pathOf(sha256, "idx");
      const kept = await openKept(path);
      if (kept !== undefined) return kept;
      await made(sha256);
      const fresh = await openKept(path);
      if (fresh === undefined) throw new Error(`the summary ${path} that was just written is not there`);
      return fresh;
    },
  };
}

/** undefined when it is not there, or was written another way. */
async function openKept(path: string): Promise<Sommaire | undefined> {
  let handle: FileHandle;
  try {
    handle = await open(path, "r");
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return undefined;
    throw error;
  }
  try {
    const { size } = await handle.stat();
    const first = await handle.read(Buffer.alloc(BLOCK), 0, BLOCK, 0);
    const end = first.buffer.indexOf(LINE_BREAK);
    const entete: Entete = JSON.parse(first.buffer.toString("utf8", 0, Math.max(0, end)));
    if (entete.version === VERSION) return new Kept(handle, entete, end + 1, size);
  } catch (error) {
    if (!(error instanceof SyntaxError)) {
      await handle.close();
      throw error;
    }
  }
  await handle.close();
  return undefined;
}

const BLOCK = 64 * 1024;
const LINE_BREAK = 0x0a;

/** Looked up where it lies: nothing of it is held in memory, and several processes may share it. */
class Kept implements Sommaire {
  readonly entete: Entete;
  readonly #handle: FileHandle;
  readonly #from: number;
  readonly #size: number;

  constructor(handle: FileHandle, entete: Entete, from: number, size: number) {
    this.#handle = handle;
    this.entete = entete;
    this.#from = from;
    this.#size = size;
  }

  async formation(numero: string): Promise<Offre | undefined> {
    for await (const offre of this.offresDe(numero)) return offre;
    return undefined;
  }

  async *offresDe(numero: string): AsyncGenerator<Offre> {
    for await (const lines of this.#lines(await this.#before(numero)))
      for (const line of lines) {
        const offre = offreOf(line);
        const order = compareNumeros(offre.formation, numero);
        if (order > 0) return;
        if (order === 0) yield offre;
      }
  }

  async *offres({ premieres = 0, sans = [] }: Passer = {}): AsyncGenerator<Offre> {
    const mentions = sans.map((code) => JSON.stringify(code));
    let passed = 0;
    for await (const lines of this.#lines(this.#from)) {
      const left = lines.slice(Math.max(0, premieres - passed));
      passed += lines.length;
      for (const line of left) if (mentions.every((text) => line.includes(text))) yield offreOf(line);
    }
  }

  close(): Promise<void> {
    return this.#handle.close();
  }

  /** Where a line begins, not after the first one of this formation and not far before it. */
  async #before(numero: string): Promise<number> {
    let [low, high] = [this.#from, this.#size];
    while (high - low > BLOCK) {
      const middle = Math.floor((low + high) / 2);
      const found = await this.#lineAfter(middle);
      if (
        found !== undefined &&
        found.start < high &&
        compareNumeros(offreOf(found.line).formation, numero) < 0
      )
        low = found.start;
      else high = middle;
    }
    return low;
  }

  /** The first whole line that begins after a place; undefined near the end. */
  async #lineAfter(place: number): Promise<{ readonly start: number; readonly line: string } | undefined> {
    for (let length = 4 * 1024; ; length *= 2) {
      const { buffer, bytesRead } = await this.#handle.read(Buffer.alloc(length), 0, length, place);
      const before = buffer.indexOf(LINE_BREAK);
      const end = before === -1 ? -1 : buffer.indexOf(LINE_BREAK, before + 1);
      if (end !== -1 && end < bytesRead)
        return { start: place + before + 1, line: buffer.toString("utf8", before + 1, end) };
      if (place + bytesRead >= this.#size) return undefined;
    }
  }

  /** Whole lines from the beginning of one, a block of them at a time. */
  async *#lines(from: number): AsyncGenerator<readonly string[]> {
    let rest = Buffer.alloc(0);
    for (let at = from; at < this.#size; ) {
      const { buffer, bytesRead } = await this.#handle.read(Buffer.alloc(BLOCK), 0, BLOCK, at);
      if (bytesRead === 0) return;
      at += bytesRead;
      const bytes = Buffer.concat([rest, buffer.subarray(0, bytesRead)]);
      const end = bytes.lastIndexOf(LINE_BREAK);
      rest = bytes.subarray(end + 1);
      if (end >= 0)
        yield bytes
          .toString("utf8", 0, end)
          .split("\n")
          .filter((line) => line !== "");
    }
  }
}
