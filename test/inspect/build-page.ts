import { execFileSync } from "node:child_process";

/** Builds the pages, and the thread behind one of them, before any test, so that no test looks at those of yesterday. */
export function setup(): void {
  for (const script of ["build:page", "build:thread"]) {
    execFileSync("npm", ["run", "-s", script], { stdio: "inherit" });
  }
}
