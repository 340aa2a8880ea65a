import { availableParallelism } from "node:os";
import { defineConfig } from "vitest/config";

/**
 * `core` needs nothing but npm (PostgreSQL comes with it); `services` needs a real Redis and xmllint, `browser` a
 * Chromium: they fail without them. The embedded PostgreSQL is started once for the whole run, see tests/support/globalSetup.ts.
 */
export default defineConfig({
  test: {
    globalSetup: ["tests/support/globalSetup.ts"],
    testTimeout: 30_000,
    hookTimeout: 60_000,
    // Most of the time is spent waiting for servers and processes: one worker more than cores would leave by default.
    maxWorkers: Math.max(2, availableParallelism() - 1),
    projects: [
      {
        extends: true,
        test: {
          name: "core",
          include: ["tests/**/*.test.ts"],
          exclude: ["tests/services/**", "tests/browser/**"],
        },
      },
      { extends: true, test: { name: "services", include: ["tests/services/**/*.test.ts"] } },
      { extends: true, test: { name: "browser", include: ["tests/browser/**/*.test.ts"] } },
    ],
  },
});
