import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

const library = fileURLToPath(new URL("src/library/", import.meta.url));

/** What the short and the long tests have in common. */
export const common = defineConfig({
  resolve: {
    // The package by its name, as its users import it.
    alias: [
      { find: /^unstuck$/, replacement: `${library}index.ts` },
      { find: /^unstuck\/(\w+)$/, replacement: `${library}$1.ts` },
    ],
  },
  test: { maxWorkers: 2, testTimeout: 120_000, hookTimeout: 120_000 },
});

/** Tests that mock a module or change their process: each gets modules of its own. All others share what they load. */
const own = [
  "test/cli/{check-drift,defect,engine-release,model-file,package,progress-line,simulate,terminal}.test.ts",
  "test/{inspect,library,mutants}/**/*.test.ts",
  "test/library/programs/*.test.js",
];

export default defineConfig({
  ...common,
  test: {
    ...common.test,
    globalSetup: "test/inspect/build-page.ts",
    projects: [
      { extends: true, test: { name: "own modules", include: own } },
      {
        extends: true,
        test: {
          name: "shared modules",
          include: ["test/**/*.test.ts"],
          exclude: own,
          isolate: false,
        },
      },
    ],
  },
});
