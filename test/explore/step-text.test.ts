import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Release } from "../../models/description.ts";
import type { Parameters } from "../../models/parameters.ts";
import { release as hardenedFix } from "../../models/releases/hardened-fix.ts";
import { release as parkBreaker } from "../../models/releases/park-breaker.ts";
import { release as v304 } from "../../models/releases/v3.0.4.ts";
import { Gate } from "../../src/explore/gate.ts";
import { Layout } from "../../src/explore/layout.ts";
import { hasStepText, stepText } from "../../src/explore/step-text.ts";
import { randomScope } from "../oracle/random-scope.ts";
import { expectSameByCode } from "./same-by-code.ts";
import { smallParameters } from "../oracle/small-parameters.ts";
import { scopeFor, scopeForOracle } from "./scope-for.ts";
import { seed } from "./seed.ts";

const ofReleases = fc.record({
  ...smallParameters,
  overLimitQuota: fc.integer({ min: 0, max: 2 }),
  releaseOnClose: fc.boolean(),
  checkMapFirst: fc.boolean(),
  pauseOnChunksOverlimit: fc.boolean(),
  evictIdleWhenMapFull: fc.boolean(),
  schedulerFails: fc.boolean(),
  shutdown: fc.boolean(),
  detachOnOutputExit: fc.boolean(),
});

describe(`code for a scope and the tables find the same, seed ${seed}`, () => {
  it("in random scopes of releases", () => {
    let written = 0;
    fc.assert(
      fc.property(ofReleases, (parameters) => {
        const scope = scopeFor(parameters);
        if (hasStepText(scope, new Layout(scope, true, "likely"))) written++;
        expectSameByCode(scope);
      }),
      { seed, numRuns: 12 },
    );
    expect(written).toBeGreaterThan(6);
  });

  it("in random scopes with a gate", () => {
    fc.assert(
      fc.property(fc.record(smallParameters), (parameters) => {
        expectSameByCode(scopeFor(parameters, parkBreaker));
      }),
      { seed, numRuns: 5 },
    );
  });

  it("in random combinations of mechanisms", () => {
    for (let index = 0; index < 5; index++) {
      expectSameByCode(scopeForOracle(randomScope(seed + index, 1500)));
    }
  });

  const cases: readonly (readonly [string, Release, Partial<Parameters>])[] = [
    ["actions that choose other slots", v304, { chunks: 3, totalLimit: 1 }],
    ["counters that are assigned", v304, { chunks: 3, crash: true, backlog: true, retryLimit: 1 }],
    ["states of two words", v304, { chunks: 12, taskMapSize: 3, maxChunksUp: 2 }],
    ["a quota for each output", hardenedFix, { ...hardenedFix.defaults, chunks: 4, outputs: 2 }],
  ];
  it.each(cases)("with %s", (_, release, parameters) => {
    expectSameByCode(scopeFor(parameters, release));
  });
});

const shown = scopeFor({ chunks: 2, overLimitQuota: 1 });
const textOf = (symmetry: boolean): string => {
  const layout = new Layout(shown, symmetry, "likely");
  return stepText(shown, layout, new Gate(shown), { keeps: false, judges: false });
};

it("writes what docs/search-code.md shows: `npx vitest run test/explore/step-text.test.ts --update` writes it anew", async () => {
  const page = `# The code of a search

\`check\`, \`explore\` and \`bench\` work out the first 64 states of a search by the tables of the compiled system. A larger scope is
worth code of its own: it is written from the same tables, for the sizes of the scope, and run from then on. What is not the same
wherever it is taken (a broadcast, an open gate, a choice of other slots) is left to the tables: \`successors.leave\`.

A test holds both ways together, state by state and transition by transition, on random scopes
(\`test/explore/step-text.test.ts\`). With \`node --disallow-code-generation-from-strings\` the tables do everything, and find the same.

Where properties are judged, the step also takes down which moves are enabled, and at its end which property the state violates:
what needs no transitions is known when the search ends. So \`check\` reads no state again for safety or \`neverStuck\`.

Below is the code of v3.0.4 with two chunks, one task, one chunk up and a quota of 1, as \`bench\` runs it, without
keeping transitions. \`c3\` is how many slots are in place 3, \`m1\` the state of shared machine 1, \`q0\` a total or counter, \`k0\` a
condition that several moves share; \`w0\` is the first word of the state, and a move adds a number to it.

## States up to permutation

\`\`\`js
${textOf(true)}\`\`\`

## Labelled states

Every slot is asked for its place; \`p0\` is the place of slot 0, \`t0\` several totals in one number.

\`\`\`js
${textOf(false)}\`\`\`
`;
  await expect(page).toMatchFileSnapshot("../../docs/search-code.md");
});
