import type { Release } from "../../../models/description.ts";
import { defaultParameters } from "../../../models/parameters.ts";
import { findRelease as findEngineRelease } from "../../engine/releases/catalogue.ts";
import { startZ3, type Solver } from "../../prove/logic/solver.ts";
import type { ComparedRelease, Comparison } from "../../report/comparison/comparison.ts";
import { scopeWords } from "../../report/scope/scope-words.ts";
import { durationWords } from "../../report/simulation/simulation-words.ts";
import { checkReleases } from "../check/check-releases.ts";
import { memoryFindings, proveShapes } from "./compare-model.ts";
import { crashScopes, crashScopeWords, provedShapes } from "./compare-scopes.ts";
import { outageFindings, throughputFindings } from "./compare-simulations.ts";
import { pinnedScopes } from "../../analysis/pinned-scopes.ts";
import { fluentBitSystem } from "../../../models/fluent-bit-system.ts";

/** The parts of a comparison, in the order of its tables. */
export const comparisonParts = ["scopes", "sizes", "memory", "throughput", "outage"] as const;

export type ComparisonPart = (typeof comparisonParts)[number];

/** What is compared, and how. */
export interface CompareOptions {
  readonly parts: ReadonlySet<ComparisonPart>;
  /** Of everything that is left to chance in the simulator. */
  readonly seed: number;
  /** Seconds, for each system that is proved. */
  readonly timeLimit: number;
  /** Called often, with what is being done. */
  readonly onProgress: (words: string) => void;
}

/** Compares releases part by part. Z3 runs only if the sizes are asked for. */
export async function compareReleases(
  releases: readonly Release[],
  options: CompareOptions,
): Promise<Comparison> {
  const solver = options.parts.has("sizes") ? await startZ3() : null;
  try {
    const compared: ComparedRelease[] = [];
    for (const release of releases) compared.push(await compareOne(release, solver, options));
    return {
      releases: compared,
      scopes: pinnedScopes.map(({ letter, title, settings }) => ({
        letter,
        title,
        words: scopeWords({
          system: { declared: fluentBitSystem.parameters },
          parameters: { ...defaultParameters, ...settings },
        }),
      })),
      shapes: provedShapes,
      crashScopes: crashScopes.map(crashScopeWords),
    };
  } finally {
    await solver?.close();
  }
}

async function compareOne(
  release: Release,
  solver: Solver | null,
  { parts, seed, timeLimit, onProgress }: CompareOptions,
): Promise<ComparedRelease> {
  const engine = findEngineRelease(release.name);
  const say = (words: string): void => {
    onProgress(`${release.name}: ${words}`);
  };
  const sayTime =
    (what: string) =>
    (seconds: number): void => {
      say(`${what}, virtual time ${durationWords(seconds)}`);
    };
  const runs = parts.has("scopes")
    ? checkReleases([release], (_, { letter }) => {
        say(`scope ${letter}`);
      })
    : [];
  const proofs =
    solver === null
      ? []
      : await proveShapes(release, solver, timeLimit * 1000, (letter, claim) => {
          say(`every size, shape ${letter}: ${claim}`);
        });
  const memory = parts.has("memory") ? memoryFindings(release, engine, seed) : null;
  const throughput =
    parts.has("throughput") && engine !== undefined
      ? throughputFindings(engine, seed, sayTime("beside a dead output"))
      : null;
  const outage =
    parts.has("outage") && engine !== undefined
      ? outageFindings(engine, seed, sayTime("two hours of outage"))
      : null;
  return { release, runs, proofs, memory, throughput, outage };
}
