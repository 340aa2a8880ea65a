import { createReadStream } from "node:fs";
import { escapeAttribute } from "../lheo/index.ts";

/** Our feeds begin and end each formation at the start of a line. */
const START = Buffer.from("\n<formation");
const END = Buffer.from("\n</formation>");
const PIECE = 1024 * 1024;

/**
 * The text of the formation that holds a session, as a stored feed has it: the file is read up to there, one formation
 * in memory.
 * @param path of the XML
 * @param numero `session/@numero`
 * @returns undefined when the feed does not show it
 * @throws what the file system throws: ENOENT when the file is no longer kept
 */
export async function findFormation(path: string, numero: string): Promise<string | undefined> {
  const mark = Buffer.from(`<session numero="${escapeAttribute(numero)}"`);
  let held: Buffer = Buffer.alloc(0);
  /** Where what was not looked at begins, and the session once it is found. */
  let from = 0;
  let found = -1;
  for await (const piece of createReadStream(path, { highWaterMark: PIECE })) {
    held = Buffer.concat([held, piece]);
    if (found === -1) {
      found = held.indexOf(mark, from);
      if (found === -1) {
        const start = Math.max(0, held.lastIndexOf(START));
        from = Math.max(0, held.length - start - mark.length);
        held = held.subarray(start);
        continue;
      }
    }
    const start = held.lastIndexOf(START, found);
    const end = held.indexOf(END, found);
    if (start !== -1 && end !== -1) return held.toString("utf8", start + 1, end + END.length);
  }
  return undefined;
}
