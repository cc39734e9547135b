import { isUp } from "../chunkio/chunk.ts";
import { chunkUpForce } from "../chunkio/chunk-store.ts";
import { fileContent } from "../chunkio/chunk-file.ts";
import { engineCreate, type StartedEngine } from "../core/create-engine.ts";
import type { Engine, Release } from "../core/engine.ts";
import { EngineLoop } from "../loop/engine-loop.ts";
import { SimulatedOutput } from "../outputs/simulated.ts";
import { createLog, silentLog } from "../platform/log.ts";
import { MemoryFileSystem } from "../platform/memory-file-system.ts";
import { randomUniform, seededRandom } from "../platform/random.ts";
import { VirtualClock } from "../platform/virtual-clock.ts";
import { routerMatch } from "../core/router.ts";
import { CountingFileSystem } from "./counting-file-system.ts";
import { writeInheritedChunks } from "./inherited-chunks.ts";
import { lateClock, wholeSecondClock } from "./late-clock.ts";
import { Ledger } from "./ledger.ts";
import { NumberedInput, numbersIn } from "./numbered-records.ts";
import { Peaks } from "./peaks.ts";
import type { Unplanned } from "./planned-wait.ts";
import { longestPlannedWait } from "./planned-wait.ts";
import { Quiet } from "./quiet.ts";
import { RecordSet } from "./record-set.ts";
import { Recovery } from "./recovery.ts";
import { inputLoads, type Phase, type Sample, type Scenario } from "./scenario.ts";
import type { SimulationResult } from "./simulation-result.ts";
import { type PhaseTraffic, Traffic } from "./traffic.ts";

/** 2023-11-14 22:13:20 UTC: any moment will do, as long as it is always the same. */
const start = 1_700_000_000_000;

const rootPath = "/storage";

/**
 * Runs a scenario on a virtual clock, with files in memory. The same scenario gives the same result,
 * and the same log, to the byte.
 */
export function simulate(scenario: Scenario): SimulationResult {
  const simulation = new Simulation(scenario);
  for (const phase of scenario.phases) simulation.run(phase);
  return simulation.result();
}

class Simulation {
  readonly #scenario: Scenario;
  readonly #clock = new VirtualClock(start);
  readonly #fileSystem = new CountingFileSystem(new MemoryFileSystem());
  readonly #ledger: Ledger;
  readonly #outputs: SimulatedOutput[];
  readonly #samples: Sample[] = [];
  readonly #traffic: Traffic;
  readonly #phases: PhaseTraffic[] = [];
  readonly #masks = new Map<string, number>();
  readonly #random;
  #engine: Engine;
  #loop: EngineLoop;
  #inputs: readonly NumberedInput[];
  #processes = 0;
  readonly #peaks = new Peaks();
  #mostBytes = 0;
  readonly #quiet = new Quiet();
  #dropped = 0;
  #nextSample: number;
  readonly #recovery: Recovery;

  constructor(scenario: Scenario) {
    this.#scenario = scenario;
    this.#random = seededRandom(scenario.seed);
    this.#ledger = new Ledger(scenario.matches.length);
    this.#recovery = new Recovery(scenario.phases, this.#ledger);
    this.#traffic = new Traffic(scenario.matches.length);
    this.#nextSample = scenario.sampleEvery;
    this.#outputs = scenario.matches.map(
      (_match, output) =>
        new SimulatedOutput(
          this.#clock,
          (online) => {
            this.#traffic.attempt(output);
            this.#quiet.asked(this.#seconds());
            return randomUniform(this.#random, ...(online ? scenario.latency : scenario.refusal));
          },
          ({ content }) => {
            this.#arrive(output, numbersIn(content));
          },
        ),
    );
    for (const { tag, count } of scenario.inherited ?? []) {
      const ids = Array.from({ length: count }, () => this.#ledger.nextId(start));
      writeInheritedChunks(this.#fileSystem, rootPath, start, tag, ids);
      for (const id of ids) this.#ledger.accept(id, this.#owedTo(tag));
    }
    ({ engine: this.#engine, loop: this.#loop, inputs: this.#inputs } = this.#start());
  }

  run(phase: Phase): void {
    for (const [id, output] of this.#outputs.entries()) output.online = !phase.down.includes(id);
    if (phase.restart === true) {
      this.#kill();
      ({ engine: this.#engine, loop: this.#loop, inputs: this.#inputs } = this.#start());
      this.#quiet.restarted(this.#seconds());
    }
    for (const input of this.#inputs) input.feeding = phase.feeding;
    this.#lookWhetherItMoves(this.#seconds());
    const end = this.#clock.now() + Math.round(phase.seconds * 1000);
    while (this.#clock.now() < end) {
      this.#clock.runUntil(Math.min(this.#clock.now() + 1000, end));
      this.#look();
    }
    this.#phases.push(this.#traffic.take(this.#fileSystem.loads));
  }

  result(): SimulationResult {
    const { release, limits, phases, seed } = this.#scenario;
    const accounts = this.#outputs.map((_, output) => this.#ledger.account(output));
    const now = this.#seconds();
    this.#lookWhetherItMoves(now);
    const remainingChunks = this.#engine.store.totalChunks;
    const stuck = this.#quiet.verdict(this.#engine, now, this.#unplanned());
    const longestWait = longestPlannedWait(this.#engine, this.#unplanned());
    this.#kill();
    const onDisk = this.#recordsOnDisk();
    const { produced, watchedBelow, watchedLeft } = this.#ledger;
    const lost = this.#ledger.lost(onDisk, produced);
    const waiting = this.#ledger.owed - lost;
    const backlogWaiting = watchedLeft - this.#ledger.lost(onDisk, watchedBelow);
    const outcome = this.#recovery.outcome({ now, stuck, waiting, backlogWaiting, longestWait });
    return {
      release: release.name,
      limits,
      phases,
      seed,
      accepted: this.#ledger.acceptedCount,
      refused: this.#ledger.produced - this.#ledger.acceptedCount,
      delivered: accounts.reduce((sum, { delivered }) => sum + delivered, 0),
      duplicated: accounts.reduce((sum, { duplicated }) => sum + duplicated, 0),
      lost,
      waiting,
      dropped: this.#dropped,
      outputs: accounts,
      mostUp: this.#peaks.mostUp,
      mostTasks: this.#peaks.mostTasks,
      mostBytesInMemory: this.#mostBytes,
      outcome,
      stuckSince: outcome.kind === "stuck" ? outcome.since : null,
      backlog: this.#recovery.backlog(backlogWaiting),
      remainingChunks,
      traffic: this.#phases,
      samples: this.#samples,
    };
  }

  #seconds(): number {
    return (this.#clock.now() - start) / 1000;
  }

  #look(): void {
    const now = this.#seconds();
    this.#lookWhetherItMoves(now);
    if (now < this.#nextSample) return;
    this.#nextSample += this.#scenario.sampleEvery;
    const sample = this.#sample(now);
    this.#mostBytes = Math.max(this.#mostBytes, sample.bytesInMemory);
    this.#samples.push(sample);
    this.#scenario.onSample?.(sample);
  }

  #lookWhetherItMoves(now: number): void {
    this.#recovery.look(now);
    this.#quiet.look(this.#engine, {
      now,
      everyOutputAnswers: this.#outputs.every(({ online }) => online),
      somethingIsOwed: this.#engine.store.totalChunks > 0 && this.#ledger.owed > 0,
    });
  }

  #unplanned(): Unplanned {
    const { flush, latency, lateness, refusal } = this.#scenario;
    const answer = (Math.max(latency[1], refusal[1]) + lateness[1]) / 1000;
    return { flush, answer };
  }

  #sample(time: number): Sample {
    const { store, taskMap } = this.#engine;
    let bytesInMemory = 0;
    for (const stream of store.streams.values()) {
      for (const chunk of stream.chunks) bytesInMemory += chunk.dataSize;
    }
    let delivered = 0;
    for (const id of this.#outputs.keys()) delivered += this.#ledger.account(id).delivered;
    return {
      time,
      ...this.#peaks.since(this.#engine),
      down: store.totalChunks - store.totalChunksUp,
      tasks: taskMap.count,
      delivered,
      deliveredPerSecond: this.#rate(time, delivered),
      bytesInMemory,
    };
  }

  /** Records for each second since the sample before. */
  #rate(time: number, delivered: number): number {
    const before = this.#samples.at(-1) ?? { time: 0, delivered: 0 };
    return (delivered - before.delivered) / (time - before.time);
  }

  #arrive(output: number, ids: readonly number[]): void {
    const now = this.#clock.now();
    this.#quiet.delivered(this.#seconds());
    const first = ids.filter((id) => this.#ledger.arrive(output, id));
    this.#traffic.delivery(
      output,
      first.map((id) => (now - this.#ledger.producedAt(id)) / 1000),
    );
  }

  #start(): { engine: Engine; loop: EngineLoop; inputs: readonly NumberedInput[] } {
    const { flush } = this.#scenario;
    this.#processes += 1;
    const inputs = inputLoads(this.#scenario).map(
      ({ tags, period, offset }) =>
        new NumberedInput(
          tags,
          { period, offset },
          () => this.#ledger.nextId(this.#clock.now()),
          (id, tag) => {
            this.#ledger.accept(id, this.#owedTo(tag));
          },
        ),
    );
    const started = this.#createEngine(this.#scenario.log);
    const loop = new EngineLoop(started, {
      clock: this.#clock,
      flush,
      grace: 5,
      inputs,
      fileSystem: this.#fileSystem,
    });
    return { engine: started.engine, loop, inputs };
  }

  #kill(): void {
    this.#loop.kill();
    for (const { metrics } of this.#engine.outputs) this.#dropped += metrics.droppedRecords;
  }

  /** The outputs that a tag goes to, as a mask. */
  #owedTo(tag: string): number {
    const known = this.#masks.get(tag);
    if (known !== undefined) return known;
    let mask = 0;
    for (const [output, match] of this.#scenario.matches.entries()) {
      if (routerMatch(tag, match)) mask |= 1 << output;
    }
    this.#masks.set(tag, mask);
    return mask;
  }

  #createEngine(log: Scenario["log"]): StartedEngine {
    const { lateness, limits, matches, onWholeSeconds, retryLimits } = this.#scenario;
    const release = this.#watched(this.#scenario.release);
    const { maxChunksUp, pauseOnChunksOverlimit, retryLimit, ...others } = limits;
    return engineCreate({
      release,
      clock:
        onWholeSeconds === true
          ? wholeSecondClock(this.#clock)
          : lateClock(this.#clock, this.#random, lateness),
      random: this.#random,
      log:
        log === undefined
          ? silentLog
          : createLog({ ...log, clock: this.#clock, timeStamp: release.timeStamp }),
      storage: { fileSystem: this.#fileSystem, rootPath, maxChunksUp },
      inputs: inputLoads(this.#scenario).map((input) => ({
        plugin: "dummy",
        pauseOnChunksOverlimit: input.pauseOnChunksOverlimit ?? pauseOnChunksOverlimit,
      })),
      outputs: this.#outputs.map((plugin, output) => ({
        pluginName: "http",
        alias: `out_${String.fromCharCode(97 + output)}`,
        match: matches[output] ?? "*",
        retryLimit: retryLimits?.[output] ?? retryLimit,
        plugin,
      })),
      pid: this.#processes,
      ...others,
    });
  }

  /** The release itself, with somebody who looks at the counters at the end of every step. */
  #watched(release: Release): Release {
    return {
      ...release,
      endOfStep: (engine) => {
        release.endOfStep(engine);
        this.#peaks.look(engine);
      },
    };
  }

  /** For each output, the records in chunks that are still to be delivered to it. */
  #recordsOnDisk(): RecordSet[] {
    const { engine, backlog } = this.#createEngine(undefined);
    const found = this.#outputs.map(() => new RecordSet(this.#ledger.produced));
    for (const chunk of backlog.waiting) {
      if (!isUp(chunk)) chunkUpForce(engine.store, chunk);
      for (const id of numbersIn(fileContent(chunk))) for (const set of found) set.add(id);
    }
    return found;
  }
}
