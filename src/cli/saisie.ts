import { createInterface } from "node:readline/promises";
import { Writable } from "node:stream";
import { text } from "node:stream/consumers";
import { EXIT, Failure } from "./output.ts";

/** A certificate chain is a few kilobytes; a file given by mistake is refused before it is kept. */
const LONGEST = 64 * 1024;

/**
 * A secret from the keyboard without being shown, or from the standard input, but for the line break at its end. Never
 * an argument, which every process of the machine could read.
 * @throws Failure when nothing, or too much, was given
 */
export async function readSecret(question: string): Promise<string> {
  const given = process.stdin.isTTY ? await askHidden(question) : await text(process.stdin);
  const value = given.replace(/\r?\n$/, "");
  if (value === "") throw new Failure("Rien n'a été donné : rien n'est changé.", EXIT.usage);
  if (value.length > LONGEST)
    throw new Failure(`Un secret fait au plus ${LONGEST} caractères : celui-ci est refusé.`, EXIT.usage);
  return value;
}

async function askHidden(question: string): Promise<string> {
  const nowhere = new Writable({ write: (_chunk, _encoding, done) => done() });
  const terminal = createInterface({ input: process.stdin, output: nowhere, terminal: true });
  const given = new AbortController();
  terminal.once("SIGINT", () => given.abort());
  process.stderr.write(question);
  try {
    return await terminal.question("", { signal: given.signal });
  } catch (error) {
    if (given.signal.aborted) throw new Failure("Abandonné : rien n'est changé.");
    throw error;
  } finally {
    terminal.close();
    process.stderr.write("\n");
  }
}
