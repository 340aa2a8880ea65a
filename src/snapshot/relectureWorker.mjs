// @ts-check
/**
 * The thread that reads written files again: it follows each one while it is written, to check that it is
 * well-formed, and hashes it once more when it is whole. Plain JavaScript: it needs no loader and starts at once.
 *
 * @import { RelectureReply, RelectureRequest, Relu, WellFormedCheck } from "./relectureProtocol.ts"
 * @import { Hash } from "node:crypto"
 */
import { createHash } from "node:crypto";
import { closeSync, openSync, readSync } from "node:fs";
import { parentPort } from "node:worker_threads";
import { NotWellFormed, wellFormedCheck } from "./wellFormed.mjs";

const chunk = Buffer.allocUnsafe(1024 * 1024);

const port = parentPort;
if (port === null) throw new Error("relectureWorker runs in a worker thread");

/** One file being followed. */
class Suivi {
  /** @type {string | undefined} */
  malForme;
  /** @type {Hash} */
  hash = createHash("sha256");
  /** @type {WellFormedCheck} */
  check = wellFormedCheck();
  at = 0;
  /** @type {number} */
  fd;

  /** @param {string} xml */
  constructor(xml) {
    this.fd = openSync(xml, "r");
  }

  /** @param {number} octets */
  follow(octets) {
    this.at = read(this.fd, this.at, octets, (bytes) => {
      this.hash.update(bytes);
      this.say(() => this.check.write(bytes));
    });
  }

  /** @returns {{ sha256: string, malForme: string | undefined }} */
  end() {
    this.follow(Number.POSITIVE_INFINITY);
    this.say(() => this.check.end());
    return { sha256: this.hash.digest("hex"), malForme: this.malForme };
  }

  /**
   * The first fault is enough.
   * @param {() => void} check
   */
  say(check) {
    if (this.malForme !== undefined) return;
    try {
      check();
    } catch (error) {
      if (!(error instanceof NotWellFormed)) throw error;
      this.malForme = error.message;
    }
  }
}

/** @type {Map<number, Suivi>} */
const files = new Map();

/**
 * @param {number} fd
 * @param {number} from
 * @param {number} to
 * @param {(bytes: Buffer) => void} look
 * @returns {number} where the reading stopped
 */
function read(fd, from, to, look) {
  let at = from;
  while (at < to) {
    const count = readSync(fd, chunk, 0, Math.min(chunk.length, to - at), at);
    if (count === 0) break;
    look(chunk.subarray(0, count));
    at += count;
  }
  return at;
}

/** @param {string} path */
function hashOf(path) {
  const hash = createHash("sha256");
  const fd = openSync(path, "r");
  try {
    read(fd, 0, Number.POSITIVE_INFINITY, (bytes) => hash.update(bytes));
  } finally {
    closeSync(fd);
  }
  return hash.digest("hex");
}

/**
 * @param {number} id
 * @param {string} xml
 */
function suiviOf(id, xml) {
  const known = files.get(id);
  if (known !== undefined) return known;
  const suivi = new Suivi(xml);
  files.set(id, suivi);
  return suivi;
}

/** @param {number} id */
function forget(id) {
  const suivi = files.get(id);
  files.delete(id);
  if (suivi !== undefined) closeSync(suivi.fd);
}

/** @param {RelectureReply} message */
const reply = (message) => port.postMessage(message);

/** @param {RelectureRequest} request */
function answer(request) {
  const { id } = request;
  if (request.kind === "abandon") return forget(id);
  const suivi = suiviOf(id, request.xml);
  if (request.kind === "ecrit") return suivi.follow(request.octets);
  const { sha256, malForme } = suivi.end();
  forget(id);
  /** @type {Relu} */
  const relu = { sha256: [sha256, hashOf(request.xml)], sha256Gz: hashOf(request.gz), malForme };
  reply({ kind: "relu", id, relu });
}

port.on("message", (/** @type {RelectureRequest} */ request) => {
  try {
    answer(request);
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    reply({ kind: "echec", id: request.id, error });
  }
});
