import { execFileSync } from "node:child_process";

/** Builds the viewer's page before any test, so that no test looks at the page of yesterday. */
export function setup(): void {
  execFileSync("npm", ["run", "-s", "build:page"], { stdio: "inherit" });
}
