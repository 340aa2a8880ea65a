import { accessSync, constants } from "node:fs";
import path from "node:path";
import { type Browser, chromium } from "playwright-core";

/**
 * The system's Chromium: `CHROMIUM` when it is set, `chromium` of the PATH otherwise.
 * @throws when there is none: a suite that skips proves nothing
 */
export async function startChromium(): Promise<Browser> {
  const given = process.env.CHROMIUM;
  const executablePath = given !== undefined && given !== "" ? given : chromiumOfPath();
  return chromium.launch({
    executablePath,
    // Its own sandbox refuses root, and the shared memory of a container is small.
    args: ["--no-sandbox", "--disable-dev-shm-usage"],
  });
}

function chromiumOfPath(): string {
  for (const dir of (process.env.PATH ?? "").split(path.delimiter)) {
    const file = path.join(dir, "chromium");
    try {
      accessSync(file, constants.X_OK);
      return file;
    } catch {
      // Not there: the next one.
    }
  }
  throw new Error(
    "Browser tests need Chromium: install it (Debian: apt-get install chromium) or give its path by CHROMIUM.",
  );
}
