import fc from "fast-check";
import { hasMoreStatesThan } from "./oracle.ts";
import type { ChunkLimit, OneOrEach, ReleaseParameters } from "./parameters.ts";
import { upTo } from "./rules.ts";

type Setting = Partial<ReleaseParameters>;

/** Off in three scopes of four. */
function sometimes(on: fc.Arbitrary<Setting>): fc.Arbitrary<Setting> {
  return fc.oneof({ weight: 3, arbitrary: fc.constant({}) }, { weight: 1, arbitrary: on });
}

function flag(name: keyof ReleaseParameters, value = true): fc.Arbitrary<Setting> {
  return sometimes(fc.constant({ [name]: value }));
}

/** One value for each of so many; a single one where all are the same. */
function each<T>(count: number, value: fc.Arbitrary<T>): fc.Arbitrary<OneOrEach<T>> {
  return fc
    .array(value, { minLength: count, maxLength: count })
    .map((list) => (list.every((item) => item === list[0]) ? (list[0] ?? list) : list));
}

const chunkLimit = fc.constantFrom<ChunkLimit[]>("none", 1, 1, 2);

/** What of §3 is set beside the sizes. */
const base: readonly fc.Arbitrary<Setting>[] = [
  sometimes(fc.record({ retryLimit: fc.constantFrom(0, 1, 2) })),
  sometimes(fc.record({ overLimitQuota: fc.constant(1), releaseOnClose: fc.boolean() })),
  flag("checkMapFirst", false),
  flag("evictIdleWhenMapFull"),
  flag("schedulerFails"),
  flag("detachOnOutputExit"),
  sometimes(fc.constantFrom<Setting[]>({ crash: true }, { crash: true, backlog: true })),
];

/** The mechanisms of §9 that are not per input or output. */
const mechanisms: readonly fc.Arbitrary<Setting>[] = [
  flag("outputHangs"),
  flag("flushError"),
  sometimes(
    fc.record({
      flushFails: fc.subarray(["start", "retry", "worker", "read"] as const, { minLength: 1 }),
      readCostsAttempt: fc.boolean(),
    }),
  ),
  sometimes(
    fc.oneof(
      fc.constant<Setting>({ shutdown: true }),
      fc.record({
        shutdownPhase: fc.constantFrom("tasks", "chunks"),
        reload: fc.boolean(),
        flushOnShutdown: fc.boolean(),
      }),
    ),
  ),
  sometimes(
    fc.record({
      deadLetter: fc.constant(true),
      deadLetterLimit: fc.constantFrom<ChunkLimit[]>("none", 1),
      deadLetterRestart: fc.constantFrom("kept", "deleted"),
    }),
  ),
];

function perInput(inputs: number, outputs: number): readonly fc.Arbitrary<Setting>[] {
  const masks = outputs === 1 ? [[0]] : [[0], [1], [0, 1]];
  return [
    sometimes(
      fc.oneof(
        fc.constant<Setting>({ routing: "any" }),
        fc.record({
          routing: fc.array(fc.constantFrom(...masks), { minLength: inputs, maxLength: inputs }),
        }),
      ),
    ),
    sometimes(fc.record({ pauseOnChunksOverlimit: each(inputs, fc.boolean()) })),
    sometimes(fc.record({ memBufLimit: each(inputs, chunkLimit), chunksFull: fc.boolean() })),
    sometimes(fc.record({ storageType: each(inputs, fc.constantFrom("filesystem", "memory")) })),
  ];
}

function perOutput(outputs: number): fc.Arbitrary<Setting> {
  return sometimes(
    fc.record({
      totalLimit: each(outputs, chunkLimit),
      limitRule: fc.constantFrom("v3.0.4", "v3.1.4", "v4.0.0", "v5.0.8"),
    }),
  );
}

const sizes = fc.record({
  chunks: fc.integer({ min: 1, max: 3 }),
  taskMapSize: fc.integer({ min: 1, max: 2 }),
  maxChunksUp: fc.integer({ min: 1, max: 2 }),
  outputs: fc.integer({ min: 1, max: 2 }),
  inputs: fc.integer({ min: 1, max: 2 }),
});

/** Random combinations of mechanisms on tiny scopes, whatever their number of states. */
export const releaseScopes: fc.Arbitrary<ReleaseParameters> = sizes.chain((size) =>
  fc
    .tuple(...base, ...mechanisms, ...perInput(size.inputs, size.outputs), perOutput(size.outputs))
    .map((settings) => {
      const all = settings.reduce((merged, setting) => ({ ...merged, ...setting }), {});
      const undefinedRule = all.crash === true && all.totalLimit !== undefined;
      return { ...all, ...size, ...(undefinedRule ? { limitRule: "v5.0.8" as const } : {}) };
    }),
);

/** A random scope of at most so many labelled states, always the same for one seed. */
export function randomScope(seed: number, mostLabelled = 20_000): ReleaseParameters {
  for (const attempt of upTo(100)) {
    const [parameters] = fc.sample(releaseScopes, { seed: seed * 100 + attempt, numRuns: 1 });
    if (parameters !== undefined && !hasMoreStatesThan(mostLabelled, parameters)) {
      return parameters;
    }
  }
  throw new RangeError(`no scope of at most ${mostLabelled} states for seed ${seed}`);
}
