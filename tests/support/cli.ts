import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";

const BIN = fileURLToPath(new URL("../../bin/offre-info.js", import.meta.url));

export interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface Started {
  readonly child: ChildProcess;
  /** What was written so far. */
  readonly stdout: () => string;
  readonly ended: Promise<Ended>;
  /** Resolves with what was written when it holds `pattern`; rejects when the command ends before. */
  seen(pattern: RegExp): Promise<string>;
}

/** Starts `offre-info` as a user would, in a folder of its own, with none of our settings. */
export function startCli(
  args: readonly string[],
  cwd: string,
  env: Record<string, string> = {},
  input?: string,
): Started {
  const child = spawn(process.execPath, [BIN, ...args], {
    cwd,
    env: { PATH: process.env.PATH, LOG_LEVEL: "warn", ...env },
    stdio: ["pipe", "pipe", "pipe"],
  });
  // A command that needs nothing may end before it took it.
  child.stdin.on("error", () => undefined).end(input);
  let stdout = "";
  let stderr = "";
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    stdout += text;
  });
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    stderr += text;
  });
  const ended = once(child, "close").then(([code]) => ({ code: code as number | null, stdout, stderr }));
  return {
    child,
    stdout: () => stdout,
    ended,
    async seen(pattern) {
      while (!pattern.test(stdout)) {
        const over = await Promise.race([
          once(child.stdout, "data").then(() => false),
          ended.then(() => true),
        ]);
        if (over && !pattern.test(stdout)) throw new Error(`ended without ${pattern}:\n${stdout}\n${stderr}`);
      }
      return stdout;
    },
  };
}

/** Runs `offre-info` to its end. @param input what comes on its standard input; nothing when not given */
export function runCli(
  args: readonly string[],
  cwd: string,
  env?: Record<string, string>,
  input?: string,
): Promise<Ended> {
  return startCli(args, cwd, env, input).ended;
}
