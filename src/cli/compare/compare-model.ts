import type { Release } from "../../../models/description.ts";
import { EverySizeScope } from "../../compile/every-size.ts";
import type { Release as EngineRelease } from "../../engine/core/engine.ts";
import { crashBesideDead } from "../../engine/simulation/crash-beside-dead.ts";
import { simulate } from "../../engine/simulation/simulate.ts";
import { defaultLimits, explore } from "../../explore/explore.ts";
import { mostRepeatedDeliveries } from "../../explore/repeated-deliveries.ts";
import { proveSystem } from "../../prove/prove.ts";
import type { Solver } from "../../prove/logic/solver.ts";
import type { LetteredProof, MemoryFindings } from "../../report/comparison/comparison.ts";
import { memoryBoundWords } from "../../report/memory-bound.ts";
import { crashScopes, provedShapes } from "./compare-scopes.ts";
import { scopeWith } from "../../analysis/scope-with.ts";
import { searchForProver } from "../../analysis/search-for-prover.ts";
import { limitValue } from "../../compile/scope.ts";

/** What a release may have in memory, and what a crash makes it send twice. */
export function memoryFindings(
  release: Release,
  engine: EngineRelease | undefined,
  seed: number,
): MemoryFindings {
  const graphs = crashScopes.map((settings) => {
    const scope = scopeWith(release, settings);
    return explore(scope, { ...defaultLimits, symmetry: true });
  });
  const two = EverySizeScope.of(release, scopeWith(release, { outputs: 2 }).parameters);
  return {
    bound: memoryBoundWords(two) ?? null,
    mostAbove: Math.max(
      ...graphs.map(({ counts, scope }) => counts.mostUp - limitValue(scope, "maxChunksUp")),
    ),
    repeated: graphs.map((graph) =>
      graph.complete ? (mostRepeatedDeliveries(graph) ?? null) : null,
    ),
    sentTwice: engine === undefined ? null : simulate(crashBesideDead(engine, seed)).duplicated,
  };
}

/** Proves a release for every size, shape by shape. `timeLimit` in milliseconds, for each shape. */
export async function proveShapes(
  release: Release,
  solver: Solver,
  timeLimit: number,
  onQuestion: (letter: string, claim: string) => void,
): Promise<readonly LetteredProof[]> {
  const proofs: LetteredProof[] = [];
  for (const { letter, settings } of provedShapes) {
    const { parameters } = scopeWith(release, settings);
    const proof = await proveSystem(EverySizeScope.of(release, parameters), {
      solver,
      search: searchForProver,
      now: () => performance.now(),
      timeLimit,
      onQuestion: (claim) => {
        onQuestion(letter, claim);
      },
    });
    proofs.push({ letter, proof });
  }
  return proofs;
}
