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

/** What SPIN finds, with a property to assert in every state or without. */
export function spin(
  scope: Scope,
  property?: string,
): { readonly states: number; readonly transitions: number; readonly errors: number } {
  const folder = mkdtempSync(join(tmpdir(), "unstuck-spin-"));
  try {
    writeFileSync(join(folder, "model.pml"), promelaOf(scope));
    const take = (tool: string, words: readonly string[]): string =>
      execFileSync(tool, words, { cwd: folder, encoding: "utf8" });
    take("spin", [...(property === undefined ? [] : [`-DCHECK_${property}`]), "-a", "model.pml"]);
    take("gcc", ["-w", "-DNOREDUCE", "-DSAFETY", "-o", "pan", "pan.c"]);
    const said = take("./pan", ["-m1000000", "-c0"]);
    const number = (pattern: RegExp): number => Number(pattern.exec(said)?.[1]);
    return {
      states: number(/(\d+) states, stored/),
      // The initial state counts as one.
      transitions: number(/(\d+) transitions \(/) - 1,
      errors: number(/errors: (\d+)/),
    };
  } finally {
    rmSync(folder, { recursive: true });
  }
}
