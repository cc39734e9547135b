import { isUp } from "../chunkio/chunk.ts";
import { chunkUpForce } from "../chunkio/chunk-store.ts";
import { fileContent } from "../chunkio/chunk-file.ts";
import { engineCreate, type StartedEngine } from "../core/create-engine.ts";
import type { Engine, Release } from "../core/engine.ts";
import { EngineLoop } from "../loop/engine-loop.ts";
import { SimulatedOutput } from "../outputs/simulated.ts";
import type { Clock } from "../platform/clock.ts";
import { createLog, silentLog } from "../platform/log.ts";
import { MemoryFileSystem } from "../platform/memory-file-system.ts";
import { randomUniform, seededRandom } from "../platform/random.ts";
import { VirtualClock } from "../platform/virtual-clock.ts";
import { Ledger, type OutputAccount } from "./ledger.ts";
import { NumberedInput, numbersIn } from "./numbered-records.ts";
import type { Limits, Phase, Sample, Scenario } from "./scenario.ts";
import { isStuck } from "./stuck.ts";

/** What a simulation came to. */
export interface SimulationResult {
  readonly release: string;
  readonly limits: Limits;
  readonly phases: readonly Phase[];
  readonly seed: number;
  /** Records that the engine took; records that it refused never entered it. */
  readonly accepted: number;
  readonly refused: number;
  /** Different records that arrived, over all outputs. */
  readonly delivered: number;
  readonly duplicated: number;
  /** Deliveries that can no longer happen: the record is neither delivered nor in a file. */
  readonly lost: number;
  readonly outputs: readonly OutputAccount[];
  /** Most chunks in memory at the end of any step. */
  readonly mostUp: number;
  readonly mostTasks: number;
  readonly mostBytesInMemory: number;
  /** Virtual seconds at which the engine got stuck for good, or null. */
  readonly stuckSince: number | null;
  /** All that was owed before the last phase has arrived, or it is still getting less. */
  readonly recovered: boolean;
  readonly remainingChunks: number;
  readonly samples: readonly Sample[];
}

/** 2023-11-14 22:13:20 UTC: any moment will do, as long as it is always the same. */
const start = 1_700_000_000_000;

/** Seconds for which an engine must look stuck before it is called so. */
const stuckFor = 5;

/**
 * Runs a scenario on a virtual clock, with files in memory. The same scenario gives the same result,
 * and the same log, to the byte.
 */
export function simulate(scenario: Scenario): SimulationResult {
  const simulation = new Simulation(scenario);
  for (const [index, phase] of scenario.phases.entries()) {
    simulation.run(phase, index === scenario.phases.length - 1);
  }
  return simulation.result();
}

class Simulation {
  readonly #scenario: Scenario;
  readonly #clock = new VirtualClock(start);
  readonly #fileSystem = new MemoryFileSystem();
  readonly #ledger: Ledger;
  readonly #outputs: SimulatedOutput[];
  readonly #samples: Sample[] = [];
  readonly #random;
  #engine: Engine;
  #loop: EngineLoop;
  #input: NumberedInput;
  #processes = 0;
  #mostUp = 0;
  #mostTasks = 0;
  #mostBytes = 0;
  #stuckSince: number | undefined;
  #recovered = true;

  constructor(scenario: Scenario) {
    this.#scenario = scenario;
    this.#random = seededRandom(scenario.seed);
    this.#ledger = new Ledger(scenario.matches.length);
    this.#outputs = scenario.matches.map(
      (_match, output) =>
        new SimulatedOutput(
          this.#clock,
          (online) =>
            randomUniform(this.#random, ...(online ? scenario.latency : scenario.refusal)),
          ({ content }) => {
            for (const id of numbersIn(content)) this.#ledger.arrive(output, id);
          },
        ),
    );
    ({ engine: this.#engine, loop: this.#loop, input: this.#input } = this.#start());
  }

  run(phase: Phase, isLast: boolean): void {
    for (const [id, output] of this.#outputs.entries()) output.online = !phase.down.includes(id);
    if (phase.restart === true) {
      this.#loop.kill();
      ({ engine: this.#engine, loop: this.#loop, input: this.#input } = this.#start());
    }
    this.#input.feeding = phase.feeding;
    const owedBefore = this.#ledger.produced;
    let owedHalfway = 0;
    for (let second = 1; second <= phase.seconds; second += 1) {
      this.#clock.runUntil(this.#clock.now() + 1000);
      this.#look();
      if (isLast && second === Math.floor(phase.seconds / 2)) {
        owedHalfway = this.#ledger.outstanding(owedBefore);
      }
    }
    const owed = this.#ledger.outstanding(owedBefore);
    if (isLast) this.#recovered = owed === 0 || owed < owedHalfway;
  }

  result(): SimulationResult {
    const { release, limits, phases, seed } = this.#scenario;
    const accounts = this.#outputs.map((_, output) => this.#ledger.account(output));
    this.#lookWhetherStuck(this.#seconds());
    const remainingChunks = this.#engine.store.totalChunks;
    const stuckSince =
      this.#stuckSince !== undefined && this.#seconds() - this.#stuckSince >= stuckFor
        ? this.#stuckSince
        : null;
    this.#loop.kill();
    return {
      release: release.name,
      limits,
      phases,
      seed,
      accepted: this.#ledger.acceptedCount,
      refused: this.#ledger.produced - this.#ledger.acceptedCount,
      delivered: accounts.reduce((sum, { delivered }) => sum + delivered, 0),
      duplicated: accounts.reduce((sum, { duplicated }) => sum + duplicated, 0),
      lost: this.#ledger.lost(this.#recordsOnDisk()),
      outputs: accounts,
      mostUp: this.#mostUp,
      mostTasks: this.#mostTasks,
      mostBytesInMemory: this.#mostBytes,
      stuckSince,
      recovered: this.#recovered,
      remainingChunks,
      samples: this.#samples,
    };
  }

  #seconds(): number {
    return (this.#clock.now() - start) / 1000;
  }

  #look(): void {
    const now = this.#seconds();
    const isSampled = now % this.#scenario.sampleEvery === 0;
    if (this.#stuckSince === undefined || isSampled) this.#lookWhetherStuck(now);
    if (!isSampled) return;
    const sample = this.#sample(now);
    this.#mostBytes = Math.max(this.#mostBytes, sample.bytesInMemory);
    this.#samples.push(sample);
    this.#scenario.onSample?.(sample);
  }

  #lookWhetherStuck(now: number): void {
    if (!isStuck(this.#engine)) this.#stuckSince = undefined;
    else this.#stuckSince ??= now;
  }

  #sample(time: number): Sample {
    const { store, taskMap, outputs } = this.#engine;
    let bytesInMemory = 0;
    for (const stream of store.streams.values()) {
      for (const chunk of stream.chunks) bytesInMemory += chunk.dataSize;
    }
    let delivered = 0;
    for (const id of this.#outputs.keys()) delivered += this.#ledger.account(id).delivered;
    return {
      time,
      up: store.totalChunksUp,
      down: store.totalChunks - store.totalChunksUp,
      tasks: taskMap.count,
      overLimit: outputs.reduce((sum, { quota }) => sum + quota.overLimitUp, 0),
      delivered,
      bytesInMemory,
    };
  }

  #start(): { engine: Engine; loop: EngineLoop; input: NumberedInput } {
    const { tags, period, inputOffset, flush } = this.#scenario;
    this.#processes += 1;
    const input = new NumberedInput(
      Array.from({ length: tags }, (_, tag) => `t.${tag}`),
      { period, offset: inputOffset },
      () => this.#ledger.nextId(),
      (id) => {
        this.#ledger.accept(id);
      },
    );
    const started = this.#createEngine(this.#scenario.log);
    const loop = new EngineLoop(started, {
      clock: this.#clock,
      flush,
      grace: 5,
      inputs: [input],
      fileSystem: this.#fileSystem,
    });
    return { engine: started.engine, loop, input };
  }

  #createEngine(log: Scenario["log"]): StartedEngine {
    const { limits, matches } = this.#scenario;
    const release = this.#watched(this.#scenario.release);
    const { maxChunksUp, pauseOnChunksOverlimit, retryLimit, ...others } = limits;
    return engineCreate({
      release,
      clock: this.#lateClock(),
      random: this.#random,
      log:
        log === undefined
          ? silentLog
          : createLog({ ...log, clock: this.#clock, timeStamp: release.timeStamp }),
      storage: { fileSystem: this.#fileSystem, rootPath: "/storage", maxChunksUp },
      inputs: [{ plugin: "dummy", pauseOnChunksOverlimit }],
      outputs: this.#outputs.map((plugin, output) => ({
        pluginName: "http",
        alias: `out_${String.fromCharCode(97 + output)}`,
        match: matches[output] ?? "*",
        retryLimit,
        plugin,
      })),
      pid: this.#processes,
      ...others,
    });
  }

  /** The engine's own clock: its timers, which are those of retries, fire a little late. */
  #lateClock(): Clock {
    const clock = this.#clock;
    const { lateness } = this.#scenario;
    return {
      now: () => clock.now(),
      schedule: (delay, callback) =>
        clock.schedule(
          delay === 0 ? 0 : delay + randomUniform(this.#random, ...lateness),
          callback,
        ),
    };
  }

  /** The release itself, with somebody who looks at the counters at the end of every step. */
  #watched(release: Release): Release {
    return {
      ...release,
      endOfStep: (engine) => {
        release.endOfStep(engine);
        this.#mostUp = Math.max(this.#mostUp, engine.store.totalChunksUp);
        this.#mostTasks = Math.max(this.#mostTasks, engine.taskMap.count);
      },
    };
  }

  /** For each output, the records in chunks that are still to be delivered to it. */
  #recordsOnDisk(): ReadonlySet<number>[] {
    const { engine, backlog } = this.#createEngine(undefined);
    const found = this.#outputs.map(() => new Set<number>());
    for (const chunk of backlog.waiting) {
      if (!isUp(chunk)) chunkUpForce(engine.store, chunk);
      for (const id of numbersIn(fileContent(chunk))) for (const set of found) set.add(id);
    }
    return found;
  }
}
