import { defineConfig } from "vitest/config";

/** For `npm run mutants`: measures the strength of the suites, which takes minutes. */
export default defineConfig({
  test: {
    root: new URL("../..", import.meta.url).pathname,
    include: ["test/mutants/*.measure.ts"],
    testTimeout: 600_000,
    hookTimeout: 600_000,
  },
});
