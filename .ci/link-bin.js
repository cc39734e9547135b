// Puts the command into the clone's own node_modules/.bin, where npx looks first: without it, npx would install the
// clone into its cache, and build it again, before each first run.
import { chmodSync, mkdirSync, rmSync, symlinkSync } from "node:fs";

const bin = "node_modules/.bin/unstuck";
mkdirSync("node_modules/.bin", { recursive: true });
chmodSync("dist/src/cli/main.js", 0o755);
rmSync(bin, { force: true });
symlinkSync("../../dist/src/cli/main.js", bin);
