import { readFileSync } from "node:fs";
import { coreMutants } from "./core-mutants.ts";
import type { Mutant } from "./mutant.ts";
import { releaseMutants } from "./release-mutants.ts";
import { storeMutants } from "./store-mutants.ts";

/** Every mutant of the engine. */
export const mutants: readonly Mutant[] = [...coreMutants, ...storeMutants, ...releaseMutants];

/** How often a mutant's text occurs in its file; it can be applied where that is once. */
export function occurrences({ file, from }: Mutant): number {
  return readFileSync(`src/engine/${file}`, "utf8").split(from).length - 1;
}
