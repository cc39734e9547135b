import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Scope } from "../../src/compile/scope.ts";
import { tlaOf } from "../../src/export/spec/tla.ts";
import { tlaConfiguration, type TlaCheck } from "../../src/export/spec/tla-configuration.ts";
import { readTlcOutput, type TlcOutput } from "./tlc-output.ts";

/** How TLC is started: the program (`java`) and what comes before the module. */
export interface TlcProgram {
  readonly java: string;
  readonly jar: string;
}

/**
 * Runs TLC on a scope, with one worker, so that a violation is a shortest one.
 *
 * @throws Error if there is no such program, or TLC did not finish
 */
export function runTlc({ java, jar }: TlcProgram, scope: Scope, check: TlaCheck): TlcOutput {
  const folder = mkdtempSync(join(tmpdir(), "unstuck-tlc-"));
  try {
    writeFileSync(join(folder, "unstuck.tla"), tlaOf(scope, "unstuck"));
    writeFileSync(join(folder, "unstuck.cfg"), tlaConfiguration(scope, check));
    const { stdout, stderr, error } = spawnSync(
      java,
      ["-XX:+UseParallelGC", "-cp", jar, "tlc2.TLC", "-noTE", "-workers", "1", "unstuck"],
      { cwd: folder, encoding: "utf8", maxBuffer: 2 ** 28 },
    );
    if (error !== undefined) throw error;
    return readTlcOutput(stdout + stderr);
  } finally {
    rmSync(folder, { recursive: true });
  }
}
