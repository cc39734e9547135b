import { engineCreate } from "../../src/engine/core/create-engine.ts";
import type { Engine } from "../../src/engine/core/engine.ts";
import { EngineLoop } from "../../src/engine/loop/engine-loop.ts";
import { SimulatedOutput } from "../../src/engine/outputs/simulated.ts";
import { createLog } from "../../src/engine/platform/log.ts";
import { MemoryFileSystem } from "../../src/engine/platform/memory-file-system.ts";
import { randomUniform, seededRandom } from "../../src/engine/platform/random.ts";
import type { VirtualClock } from "../../src/engine/platform/virtual-clock.ts";
import { v304 } from "../../src/engine/releases/v3-0-4.ts";
import { lateClock } from "../../src/engine/simulation/late-clock.ts";
import { NumberedInput } from "../../src/engine/simulation/numbered-records.ts";

/** An engine, and what it reads. */
interface OutageSetup {
  /** For each input, how many tags it has; each gets four records a second. */
  readonly tags: readonly number[];
  readonly taskMapSize: number;
  readonly maxChunksUp: number;
  /** Seconds from one flush to the next. */
  readonly flush: number;
  readonly log: (line: string) => void;
}

interface OutageEngine {
  readonly engine: Engine;
  readonly loop: EngineLoop;
  readonly output: SimulatedOutput;
  readonly inputs: readonly NumberedInput[];
}

/** Our engine (v3.0.4) on a virtual clock, with one output that can go away and come back. */
export function outageEngine(clock: VirtualClock, setup: OutageSetup): OutageEngine {
  const { tags, taskMapSize, maxChunksUp, flush } = setup;
  const fileSystem = new MemoryFileSystem();
  const random = seededRandom(1);
  const output = new SimulatedOutput(
    clock,
    () => randomUniform(random, 5, 60),
    () => undefined,
  );
  const started = engineCreate({
    release: v304,
    // Whether a retry or a new chunk gets the place that is free is a race: timers are a little late, as real ones are.
    clock: lateClock(clock, random, [0, 20]),
    random,
    log: createLog({ clock, level: "info", timeStamp: "seconds", write: setup.log }),
    storage: { fileSystem, rootPath: "/storage", maxChunksUp },
    inputs: tags.map(() => ({ plugin: "dummy", pauseOnChunksOverlimit: false })),
    outputs: [
      { pluginName: "http", alias: "out_a", match: "*", retryLimit: "no_limits", plugin: output },
    ],
    pid: 1,
    taskMapSize,
    schedulerBase: 1,
    schedulerCap: 2,
    overLimitQuota: 0,
  });
  let id = 0;
  const inputs = tags.map(
    (count, input) =>
      new NumberedInput(
        Array.from({ length: count }, (_, tag) => `tag.${input}.${tag}`),
        { period: 250, offset: 7 },
        () => id++,
        () => undefined,
      ),
  );
  const loop = new EngineLoop(started, { clock, flush, grace: 5, inputs, fileSystem });
  return { engine: started.engine, loop, output, inputs };
}
