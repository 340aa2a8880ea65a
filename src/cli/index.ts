import { CommanderError } from "commander";
import { exitCodeOf, frenchUsageError } from "./french.ts";
import { EXIT, Failure } from "./output.ts";
import { buildProgram } from "./program.ts";

/**
 * Runs one command line and sets the exit code: 0 done, 1 done with a negative verdict, 2 wrong usage, 3 failure.
 * @param argv as `process.argv`
 */
export async function main(argv: readonly string[]): Promise<void> {
  const program = buildProgram();
  try {
    await program.parseAsync(argv);
  } catch (error) {
    if (error instanceof CommanderError) {
      const message = frenchUsageError(error);
      if (message !== undefined) process.stderr.write(`${message}\n`);
      process.exitCode = exitCodeOf(error);
    } else if (error instanceof Failure) {
      process.stderr.write(`${error.message}\n`);
      process.exitCode = error.exitCode;
    } else {
      process.stderr.write(
        `Échec inattendu : ${error instanceof Error ? (error.stack ?? error.message) : error}\n`,
      );
      process.exitCode = EXIT.failure;
    }
  }
}
