import { execFileSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Scope } from "../../src/compile/scope.ts";
import { promelaOf } from "../../src/export/spec/promela.ts";
import { tlaOf } from "../../src/export/spec/tla.ts";
import { tlaConfiguration } from "../../src/export/spec/tla-configuration.ts";
import type { BenchScope } from "./bench-scopes.ts";
import type { Command } from "./process-cost.ts";

/** What a contender is given. */
interface Prepared {
  readonly scope: Scope;
  readonly asked: BenchScope;
  /** How many labelled states there are. */
  readonly labelled: number;
  readonly folder: string;
}

/** A way to search a scope as a whole process. */
export interface Contender {
  readonly name: string;
  /** How many labelled states it can take. */
  readonly mostStates: number;
  /** Whether the growth of its cost is measured, too. */
  readonly grows: boolean;
  /** Prepares the search in a folder of its own; what that costs does not count. */
  readonly prepare: (entry: Prepared) => Command;
  /** Exit codes that are no failure. */
  readonly endings: readonly number[];
  /** How many states it found, from what it printed; null where it does not say. */
  readonly states: (said: string) => number | null;
}

function settingsOf({ settings }: BenchScope): readonly string[] {
  return Object.entries(settings).map(([name, value]) => `${name}=${value}`);
}

function scopeWords(asked: BenchScope): readonly string[] {
  return ["--release", "v3.0.4", ...settingsOf(asked).flatMap((one) => ["--set", one])];
}

function numberIn(pattern: RegExp): Contender["states"] {
  return (said) => {
    const found = pattern.exec(said)?.[1];
    return found === undefined ? null : Number(found.replaceAll(",", ""));
  };
}

const node = process.execPath;
const cli = fileURLToPath(new URL("../../src/cli/main.js", import.meta.url));
const graphWalk = fileURLToPath(new URL("graph-walk-process.js", import.meta.url));

const everyProperty: Contender = {
  name: "unstuck check, every property",
  mostStates: Infinity,
  grows: true,
  prepare: ({ asked }) => ({
    program: node,
    words: [cli, "check", "--json", "--time-limit", "0", ...scopeWords(asked)],
  }),
  endings: [0, 1],
  states: numberIn(/"states":"?(\d+)/),
};

const labelled: Contender = {
  name: "unstuck, labelled states alone",
  mostStates: 20_000_000,
  grows: true,
  prepare: ({ asked }) => ({
    program: node,
    words: [cli, "bench", "--json", "--only", "labelled", ...scopeWords(asked)],
  }),
  endings: [0],
  states: numberIn(/"states":(\d+)/),
};

const flags =
  "-w -O3 -march=native -DSAFETY -DNOFAIR -DNOREDUCE -DNOBOUNDCHECK -DSFH -DNOCOMP".split(" ");

function spin(name: string, more: readonly string[], grows: boolean): Contender {
  return {
    name,
    mostStates: 20_000_000,
    grows,
    prepare: ({ scope, labelled, folder }) => {
      mkdirSync(folder, { recursive: true });
      writeFileSync(join(folder, "model.pml"), promelaOf(scope));
      execFileSync("spin", ["-a", "model.pml"], { cwd: folder });
      execFileSync("gcc", [...flags, ...more, "-o", "pan", "pan.c"], { cwd: folder });
      // No path is longer than there are states; a larger stack would cost time and memory for nothing.
      return { program: join(folder, "pan"), words: [`-m${labelled + 1000}`, "-c0", "-E"], folder };
    },
    endings: [0],
    states: numberIn(/(\d+) states, stored/),
  };
}

function walk(name: string, kind: string): Contender {
  return {
    name,
    // It is quadratic in the states.
    mostStates: 1000,
    grows: false,
    prepare: ({ asked }) => ({ program: node, words: [graphWalk, kind, ...settingsOf(asked)] }),
    endings: [0],
    states: numberIn(/"states":(\d+)/),
  };
}

function tlc(jar: string): Contender {
  return {
    name: "TLC, two workers, states alone",
    mostStates: 3_000_000,
    grows: false,
    prepare: ({ scope, folder }) => {
      mkdirSync(folder, { recursive: true });
      writeFileSync(join(folder, "unstuck.tla"), tlaOf(scope, "unstuck"));
      const check = { symmetry: false, invariants: [] };
      writeFileSync(join(folder, "unstuck.cfg"), tlaConfiguration(scope, check));
      const words = ["-XX:+UseParallelGC", "-cp", jar, "tlc2.TLC", "-workers", "2", "unstuck"];
      return { program: "java", words, folder };
    },
    endings: [0],
    states: numberIn(/([\d,]+) distinct states found, 0 states left/),
  };
}

/** All of them; TLC only with a jar. */
export function contenders(jar: string | null): readonly Contender[] {
  return [
    everyProperty,
    labelled,
    walk("xstate/graph, getAdjacencyMap", "adjacency"),
    walk("xstate/graph, getShortestPaths", "shortest"),
    spin("SPIN, states alone, depth first", [], true),
    spin("SPIN, states alone, breadth first", ["-DBFS"], false),
    ...(jar === null ? [] : [tlc(jar)]),
  ];
}
