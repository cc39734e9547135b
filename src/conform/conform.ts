import type { ConformScope } from "./conform-scopes.ts";
import { Coverage } from "./coverage.ts";
import type { Divergence } from "./divergence.ts";
import { runSteps } from "./run-steps.ts";
import type { ScopeSuites } from "./scope-suites.ts";
import { shrink } from "./shrink.ts";
import type { Subject } from "./subject.ts";
import type { Suite } from "./suite.ts";

/** What came of one suite. */
export interface SuiteResult {
  readonly scope: ConformScope;
  readonly suite: Suite;
  /** Tests that were run to their end; fewer than the suite has after a divergence. */
  readonly passed: number;
  /** Steps taken, refusals included. */
  readonly steps: number;
  readonly elapsedMs: number;
  readonly divergence: Divergence | null;
}

/** How many transitions of a scope were compared; null where the scope is too large to count them. */
interface ScopeCoverage {
  readonly scope: ConformScope;
  readonly covered: number;
  readonly total: number | null;
}

/** Everything that was found out about a subject. */
export interface ConformResult {
  readonly suites: readonly SuiteResult[];
  readonly coverage: readonly ScopeCoverage[];
  /** The first divergence, by the shortest way that was found to it; null if there is none. */
  readonly divergence: { readonly scope: ConformScope; readonly found: Divergence } | null;
}

/**
 * Holds a subject against the model, suite by suite, up to the first divergence.
 *
 * @param scopes made as they are needed
 * @param onProgress called before each test
 */
export async function conform(
  subject: Subject,
  scopes: Iterable<ScopeSuites>,
  onProgress: (scope: ConformScope, suite: Suite, test: number) => void = () => undefined,
): Promise<ConformResult> {
  const suites: SuiteResult[] = [];
  const coverage: ScopeCoverage[] = [];
  for (const { scope, model, graph, suites: planned } of scopes) {
    const match = { scope, model, subject };
    const covered = graph === undefined ? undefined : new Coverage(graph);
    let found: Divergence | undefined;
    for (const suite of planned) {
      const started = performance.now();
      let passed = 0;
      let steps = 0;
      for (const [index, test] of suite.tests.entries()) {
        onProgress(scope, suite, index);
        covered?.reset();
        found = await runSteps(match, test.steps, {
          onStep: (step) => covered?.step(step),
        });
        steps += found?.steps.length ?? test.steps.length;
        if (found !== undefined) break;
        passed++;
      }
      if (found !== undefined) found = await shrink(match, found, graph);
      const elapsedMs = performance.now() - started;
      suites.push({ scope, suite, passed, steps, elapsedMs, divergence: found ?? null });
      if (found !== undefined) break;
    }
    coverage.push({ scope, covered: covered?.covered ?? 0, total: covered?.total ?? null });
    if (found !== undefined) return { suites, coverage, divergence: { scope, found } };
  }
  return { suites, coverage, divergence: null };
}
