import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

const library = fileURLToPath(new URL("src/library/", import.meta.url));

export default defineConfig({
  resolve: {
    // The package by its name, as its users import it.
    alias: [
      { find: /^unstuck$/, replacement: `${library}index.ts` },
      { find: /^unstuck\/(\w+)$/, replacement: `${library}$1.ts` },
    ],
  },
  test: {
    include: ["test/**/*.test.ts", "test/library/programs/*.test.js"],
    globalSetup: "test/inspect/build-page.ts",
    maxWorkers: 2,
    testTimeout: 120_000,
    hookTimeout: 120_000,
  },
});
