import { type ChildProcess, fork, spawn } from "node:child_process";
import { createReadStream, existsSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";

/** What a contender reports of its own work. */
export interface Mesure {
  /** Seconds of the work itself, without the start of the process. */
  readonly secondes: number;
  readonly octets: number;
  readonly octetsGz: number;
  readonly sessions: number;
  /** Seconds spent on what the contender would not do in real life, already left out of `secondes`. */
  readonly horsCourse?: number;
  readonly etapes?: Readonly<Record<string, number>>;
  /** The XML written. */
  readonly fichier?: string;
}

export interface Passage extends Mesure {
  /** Largest resident memory of the process, its threads included, in bytes. */
  readonly memoire: number;
}

/** The message that a contender sends to its parent when it is done. */
interface Fini {
  readonly mesure: Mesure;
  readonly maxRssKo: number;
}

/**
 * Runs a contender in a process of its own and reads its measure.
 *
 * @param script name of a file of `bench/contenders`, without its extension
 * @throws Error when it fails, with what it wrote on its error output
 */
export async function runContender(script: string, args: readonly string[]): Promise<Passage> {
  const file = fileURLToPath(new URL(`../contenders/${script}.ts`, import.meta.url));
  const child = fork(file, [...args], {
    execArgv: ["--import", "tsx"],
    stdio: ["ignore", "pipe", "pipe", "ipc"],
  });
  let fini: Fini | undefined;
  child.on("message", (message) => {
    fini = message as Fini;
  });
  child.stdout?.resume();
  const erreur = await finished(child);
  if (!fini) throw new Error(`${script} : ${erreur || "terminé sans mesure"}`);
  return { ...fini.mesure, memoire: fini.maxRssKo * 1024 };
}

/** Called once by a contender, as its last act. */
export async function report(mesure: Mesure): Promise<void> {
  const fini: Fini = { mesure, maxRssKo: process.resourceUsage().maxRSS };
  await new Promise<void>((resolve) => process.send?.(fini, () => resolve()));
  process.disconnect?.();
}

/** Seconds that a native command takes, its output thrown away; `input` is fed to it when given. */
export async function timeCommand(command: string, args: readonly string[], input?: string): Promise<number> {
  const start = performance.now();
  const child = spawn(command, [...args], { stdio: [input ? "pipe" : "ignore", "ignore", "pipe"] });
  if (input && child.stdin) createReadStream(input).pipe(child.stdin);
  const erreur = await finished(child);
  if (child.exitCode !== 0) throw new Error(`${command} ${args.join(" ")} : ${erreur}`);
  return (performance.now() - start) / 1000;
}

/** Waits for the end of a process; gives the end of its error output. */
async function finished(child: ChildProcess): Promise<string> {
  let erreur = "";
  child.stderr?.setEncoding("utf8").on("data", (text: string) => {
    erreur = (erreur + text).slice(-4_000);
  });
  await new Promise<void>((resolve, reject) => child.on("error", reject).on("close", () => resolve()));
  return erreur;
}

/** Path of a command, or undefined. */
export function findCommand(command: string): string | undefined {
  return (process.env.PATH ?? "")
    .split(path.delimiter)
    .map((folder) => path.join(folder, command))
    .find((file) => existsSync(file));
}
