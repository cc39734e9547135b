import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Scope } from "../../../src/compile/scope.ts";
import { promelaOf } from "../../../src/export/spec/promela.ts";

/** Whether SPIN, and what compiles its programs, are here. */
export const hasSpin = ["spin", "gcc"].every(
  (tool) => spawnSync(tool, ["--version"]).error === undefined,
);

/** Labelled states, their transitions, and the states in which a property does not hold. */
export interface Found {
  readonly states: number;
  readonly transitions: number;
  readonly violations: number;
}

/** What SPIN finds, with a property to assert in every state or without. */
export function spin(scope: Scope, property?: string): Found {
  const folder = mkdtempSync(join(tmpdir(), "unstuck-spin-"));
  try {
    writeFileSync(join(folder, "model.pml"), promelaOf(scope));
    const take = (tool: string, words: readonly string[]): string =>
      execFileSync(tool, words, { cwd: folder, encoding: "utf8" });
    take("spin", [...(property === undefined ? [] : [`-DCHECK_${property}`]), "-a", "model.pml"]);
    take("gcc", ["-w", "-DNOREDUCE", "-DSAFETY", "-o", "pan", "pan.c"]);
    // All errors are counted (-c0); that nothing can move any more is none (-E): an engine may stop.
    const said = take("./pan", ["-m1000000", "-c0", "-E"]);
    const number = (pattern: RegExp): number => Number(pattern.exec(said)?.[1]);
    const violations = number(/errors: (\d+)/);
    return {
      states: number(/(\d+) states, stored/),
      // The initial state counts as one, and so does the failed assertion of each state that violates the property.
      transitions: number(/(\d+) transitions \(/) - 1 - violations,
      violations,
    };
  } finally {
    rmSync(folder, { recursive: true });
  }
}
