import { describe, expect, it } from "vitest";
import type { Release } from "../../models/description.ts";
import { defaultParameters, type Parameters } from "../../models/parameters.ts";
import { release as publishedFix } from "../../models/releases/published-fix.ts";
import { release as v301 } from "../../models/releases/v3.0.1.ts";
import { release as v304 } from "../../models/releases/v3.0.4.ts";
import { scopeOf, type Scope } from "../../src/compile/scope.ts";
import { isStuck } from "../../src/compile/stuck.ts";
import { Stepper } from "../../src/compile/stepper.ts";
import { checkScope } from "../../src/explore/check-scope.ts";
import {
  foldedWords,
  foldStall,
  replayFolded,
  type FoldedPath,
} from "../../src/explore/folded-path.ts";
import type { Path } from "../../src/explore/path.ts";
import { gaugeOf } from "../../src/compile/gauge.ts";

type Masks = readonly (readonly number[])[];

interface Shape {
  readonly release?: Release;
  readonly settings?: Partial<Parameters>;
  readonly masks?: Masks;
}

const probes: readonly Partial<Parameters>[] = [
  { taskMapSize: 1, maxChunksUp: 1, chunks: 2 },
  { taskMapSize: 2, maxChunksUp: 1, chunks: 3 },
  { taskMapSize: 1, maxChunksUp: 3, chunks: 4 },
  { taskMapSize: 4, maxChunksUp: 3, chunks: 7 },
];

function scopeAt({ release = v304, settings, masks }: Shape, sizes: Partial<Parameters>): Scope {
  return scopeOf(
    release,
    { ...defaultParameters, ...release.defaults, ...settings, ...sizes },
    masks,
  );
}

function stallOf(shape: Shape, sizes: Partial<Parameters> = {}): Path | null {
  const { properties } = checkScope(scopeAt(shape, sizes));
  return properties.find(({ property }) => property === "neverStuck")?.path ?? null;
}

function fold(shape: Shape, found: Partial<Parameters> = {}): FoldedPath {
  const path = stallOf(shape, found);
  if (path === null) throw new Error("there is no stall to fold");
  const folded = foldStall(
    path,
    probes
      .filter(({ maxChunksUp = 1 }) => maxChunksUp >= (found.maxChunksUp ?? 1))
      .map((sizes) => scopeAt(shape, sizes)),
  );
  if (folded === null) throw new Error("no folding works");
  return folded;
}

describe("folding the way into a stall", () => {
  const folded = fold({});

  it("repeats the failing task T times and the idle chunk X times", () => {
    expect(foldedWords(folded)).toBe("outputDown (ingest dispatch flushRetry)^T ingest^X outputUp");
  });

  it.each([
    { taskMapSize: 5, maxChunksUp: 2 },
    { taskMapSize: 64, maxChunksUp: 8 },
    { taskMapSize: 2048, maxChunksUp: 128 },
    { taskMapSize: 16384, maxChunksUp: 128 },
  ])("leads into a stall at $taskMapSize tasks and $maxChunksUp chunks up", (sizes) => {
    const { taskMapSize, maxChunksUp } = sizes;
    const chunks = taskMapSize + maxChunksUp;
    const replayed = replayFolded(scopeAt({}, { ...sizes, chunks }), folded);
    expect(replayed?.steps).toBe(3 * taskMapSize + maxChunksUp + 2);
    if (replayed === null) return;
    const { system } = replayed.stepper.scope;
    expect(isStuck(replayed.stepper)).toBe(true);
    expect(replayed.stepper.amount(gaugeOf(system, "tasks"))).toBe(taskMapSize);
    expect(replayed.stepper.amount(gaugeOf(system, "up"))).toBe(maxChunksUp);
    expect(replayed.stepper.amount(system.vocabulary.live)).toBe(chunks);
  });

  it("cannot be taken with one chunk less: the backlog is exactly T + X", () => {
    expect(
      replayFolded(scopeAt({}, { taskMapSize: 9, maxChunksUp: 4, chunks: 12 }), folded),
    ).toBeNull();
  });

  it("leads into no stall with room to spare", () => {
    const roomy = scopeAt({}, { taskMapSize: 3, maxChunksUp: 2, chunks: 5 });
    const short = folded.map((segment) =>
      segment.times === "X" ? { ...segment, times: "once" as const } : segment,
    );
    const replayed = replayFolded(roomy, short);
    expect(replayed === null ? null : isStuck(replayed.stepper)).toBe(false);
  });

  it("fails where the path is not the one that stalls", () => {
    const path = stallOf({});
    if (path === null) throw new Error("there is no stall");
    const cut = { ...path, steps: path.steps.slice(0, -1) };
    expect(
      foldStall(
        cut,
        probes.map((sizes) => scopeAt({}, sizes)),
      ),
    ).toBeNull();
  });
});

const routes: readonly { readonly outputs: number; readonly masks: Masks }[] = [
  { outputs: 1, masks: [[0]] },
  { outputs: 2, masks: [[0], [1]] },
  { outputs: 2, masks: [[0], [0, 1]] },
  { outputs: 2, masks: [[1], [0, 1]] },
  { outputs: 2, masks: [[0, 1]] },
  { outputs: 2, masks: [[0], [1], [0, 1]] },
  { outputs: 3, masks: [[0], [1], [2]] },
  { outputs: 3, masks: [[1], [0, 2]] },
  { outputs: 3, masks: [[2], [0, 1, 2]] },
  {
    outputs: 3,
    masks: [
      [0, 1],
      [1, 2],
    ],
  },
];

const shapes = routes.flatMap(({ outputs, masks }) =>
  [v301, v304].flatMap((release) =>
    (["unlimited", 0, 1, 2] as const).flatMap((retryLimit) =>
      [false, true].map((pauseOnChunksOverlimit) => ({
        release,
        masks,
        settings: { outputs, routing: "any" as const, retryLimit, pauseOnChunksOverlimit },
      })),
    ),
  ),
);

describe("every shape that a configuration can have", () => {
  it.each(
    shapes.map((shape) => ({
      shape,
      title: `${shape.release.name} ${JSON.stringify(shape.masks)} Retry_Limit ${shape.settings.retryLimit} pause ${String(shape.settings.pauseOnChunksOverlimit)}`,
    })),
  )("$title", ({ shape }) => {
    // With one place in memory an input that pauses leaves it free for the retry: no stall.
    const pauses = shape.settings.pauseOnChunksOverlimit;
    const sizes = pauses ? { maxChunksUp: 2, chunks: 3 } : {};
    const { properties } = checkScope(scopeAt(shape, sizes));
    const verdicts = new Map(properties.map(({ property, verdict }) => [property, verdict]));
    // A stall needs a chunk that is put down while it waits: one with a single route, and retries.
    const expected =
      shape.masks.some((mask) => mask.length === 1) && shape.settings.retryLimit !== 0;
    expect(verdicts.get("neverStuck")).toBe(expected ? "violated" : "holds");
    expect(verdicts.get("recovery")).toBe(verdicts.get("neverStuck"));
    if (!expected) return;
    const folded = fold(shape, sizes);
    const scope = scopeAt(shape, { taskMapSize: 11, maxChunksUp: 6, chunks: 17 });
    const replayed = replayFolded(scope, folded);
    expect(replayed === null ? null : isStuck(replayed.stepper)).toBe(true);
  });
});

describe("a stuck state", () => {
  it("is neither the initial one nor one with an output offline", () => {
    const stepper = new Stepper(scopeAt({}, {}));
    expect(isStuck(stepper)).toBe(false);
    const path = stallOf({});
    for (const { taken } of path?.steps.slice(0, -1) ?? []) {
      stepper.take(taken);
      expect(isStuck(stepper)).toBe(false);
    }
    const last = path?.steps.at(-1);
    if (last === undefined) throw new Error("there is no stall");
    stepper.take(last.taken);
    expect(isStuck(stepper)).toBe(true);
  });

  it("is exactly what the explorer calls stuck", () => {
    // The proposed fix needs 13 actions: the counter leaks first.
    const shape = { release: publishedFix };
    const path = stallOf(shape);
    expect(path?.steps).toHaveLength(13);
    const found = path?.steps.map(({ after }) => isStuck(new Stepper(scopeAt(shape, {}), after)));
    expect(found?.indexOf(true)).toBe(12);
  });
});

describe("a folded path in words", () => {
  it("puts brackets around more than one action only", () => {
    const moves = stallOf({})?.steps.map(({ taken }) => taken.move) ?? [];
    expect(
      foldedWords([
        { moves: moves.slice(0, 2), times: "T" },
        { moves: moves.slice(2, 3), times: "X" },
        { moves: moves.slice(3, 5), times: "once" },
      ]),
    ).toBe("(ingest dispatch)^T outputDown^X flushRetry ingest");
  });
});
