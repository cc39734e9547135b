import { defineConfig, mergeConfig } from "vitest/config";
import { common } from "../vitest.config.ts";

/** For `npm run test:long`: what a change is seldom wrong about, and what takes long to try. */
export default mergeConfig(
  common,
  defineConfig({
    test: {
      root: new URL("..", import.meta.url).pathname,
      include: ["test/**/*.long.ts"],
      testTimeout: 1_200_000,
    },
  }),
);
