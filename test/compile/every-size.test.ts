import { describe, expect, it } from "vitest";
import type { Release } from "../../models/description.ts";
import { defaultParameters, type Parameters } from "../../models/parameters.ts";
import { release as v304 } from "../../models/releases/v3.0.4.ts";
import { DependsOnSize, EverySizeScope } from "../../src/compile/every-size.ts";
import { loadReleases } from "../../src/compile/load-releases.ts";
import { inBranch, inOutcome } from "../explore/mutants/mutant.ts";
import { changed, sizeDependent } from "./size-dependent.ts";

const releases = await loadReleases();

function parametersOf(release: Release, settings: Partial<Parameters> = {}): Parameters {
  return { ...defaultParameters, ...release.defaults, ...settings };
}

describe("a release that is the same at every size", () => {
  it.each(releases)("is known by never asking for a size: $name", (release) => {
    for (const outputs of [1, 2]) {
      const scope = EverySizeScope.of(release, parametersOf(release, { outputs, routing: "any" }));
      expect(scope.comparedOnly).toBe(false);
      expect(scope.release).toBe(release.name);
      expect(scope.parameters["outputs"]).toBe(outputs);
      expect(scope.system.outputs).toBe(outputs);
    }
  });

  it("may copy its parameters, or ask whether there is a quota; then it is compared", () => {
    const copying: Release = {
      ...v304,
      describe: (parameters) => v304.describe({ ...parameters, evictIdleWhenMapFull: true }),
    };
    expect(EverySizeScope.of(copying, parametersOf(copying)).comparedOnly).toBe(true);
    const asking = changed(v304, ({ overLimitQuota }) => (description) => ({
      ...description,
      counters: overLimitQuota > 0 ? description.counters : [...description.counters],
    }));
    expect(EverySizeScope.of(asking, parametersOf(asking)).comparedOnly).toBe(true);
  });

  it("says in what it differs from the release, and which routes chunks have", () => {
    const parameters = parametersOf(v304, { crash: true, outputs: 2, chunks: 9 });
    const scope = EverySizeScope.of(v304, parameters, [[0], [0, 1]]);
    expect(scope.settings).toEqual(["crash"]);
    expect(scope.masks).toEqual([[0], [0, 1]]);
  });
});

describe("a release that depends on a size", () => {
  it.each(sizeDependent)("is refused, with the place: $way", ({ release, parameters, says }) => {
    const of = (): unknown => EverySizeScope.of(release, parametersOf(release, parameters));
    expect(of).toThrow(DependsOnSize);
    expect(of).toThrow(says);
  });

  it("is refused at whichever size it was asked about", () => {
    const release = changed(v304, ({ maxChunksUp }) =>
      inBranch("ingest", 0, (branch) => ({
        ...branch,
        guard: () => [
          { quantity: { total: "up" }, relation: "<", bound: { constant: maxChunksUp } },
        ],
      })),
    );
    for (const maxChunksUp of [1, 2, 128]) {
      expect(() => EverySizeScope.of(release, parametersOf(release, { maxChunksUp }))).toThrow(
        DependsOnSize,
      );
    }
  });

  it("is refused, too, if it is another one each time", () => {
    let described = 0;
    const release = changed(v304, () => {
      described++;
      return inOutcome("flushOk", (outcome) => ({ ...outcome, tells: `version ${described}` }));
    });
    expect(() => EverySizeScope.of(release, parametersOf(release))).toThrow(DependsOnSize);
  });
});

describe("a bound that cannot be read", () => {
  it.each([
    [Number.NaN, /the comparison of up has a bound whose constant is no whole number: NaN/],
    [0.5, /the comparison of up has a bound whose constant is no whole number: 0.5/],
  ])("is refused: %s", (constant, says) => {
    const release = changed(v304, () =>
      inBranch("ingest", 0, (branch) => ({
        ...branch,
        guard: () => [{ quantity: { total: "up" }, relation: "<", bound: { constant } }],
      })),
    );
    expect(() => EverySizeScope.of(release, parametersOf(release))).toThrow(says);
  });

  it("is refused if it is a multiple of something else", () => {
    const misspelt: object = { maxChunkUp: 1 };
    const bound = { constant: 0, ...misspelt };
    const release = changed(v304, () =>
      inBranch("ingest", 0, (branch) => ({
        ...branch,
        guard: () => [{ quantity: { total: "up" }, relation: "<", bound }],
      })),
    );
    expect(() => EverySizeScope.of(release, parametersOf(release))).toThrow(
      /the comparison of up has a bound with "maxChunkUp"; it may have constant, taskMapSize/,
    );
  });
});
