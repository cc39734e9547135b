import { defineConfig } from "vitest/config";

/** For `npm run attack`: the attacks that the tests have, with seeds that are new in each round. */
export default defineConfig({
  test: {
    root: new URL("../..", import.meta.url).pathname,
    include: [
      "test/engine/damage/*.test.ts",
      "test/engine/faults/*.test.ts",
      "test/engine/tail/*.test.ts",
      "test/inspect/malformed-requests.test.ts",
      "test/config/malformed-input.test.ts",
      "test/prove/forger.test.ts",
      "test/cli/watch.test.ts",
      "test/diagnose/live/watched-recordings.test.ts",
    ],
    globalSetup: ["test/inspect/build-page.ts", "test/attack/round.ts"],
    maxWorkers: 2,
    testTimeout: 240_000,
    hookTimeout: 120_000,
  },
});
