import type { Parameters } from "../../../models/parameters.ts";
import type { ActionCall } from "../../../src/conform/action-call.ts";
import type { ConformScope } from "../../../src/conform/conform-scopes.ts";
import type { Json, JsonObject } from "../../../src/conform/json.ts";
import { notEnabled } from "../../../src/conform/port/protocol.ts";
import { SubjectFailure, type Answer, type Subject } from "../../../src/conform/subject.ts";
import { Places, type Fault, type Watch } from "./faults.ts";
import { fluentBitParameters } from "../../../models/fluent-bit-system.ts";

/** A port in this process. */
export interface Port extends Subject {
  readonly reset: (scope: ConformScope) => JsonObject;
  readonly act: (call: ActionCall) => Answer;
  readonly state: () => JsonObject;
  /** From here on the port has this fault, or none. */
  readonly be: (fault: Fault | undefined) => void;
  /** Keeps the state; what is returned goes back to it. */
  readonly saved: () => () => void;
  /** All that the port keeps, whether it reports it or not. */
  readonly memory: () => string;
}

/** What every chunk has, whatever the release. */
export interface PortChunk {
  storage: string;
  hasTask: boolean;
  readonly delivery: string[];
}

/** What every port keeps. */
export interface PortState<Chunk> {
  readonly slots: (Chunk | null)[];
  readonly online: boolean[];
  running: boolean;
  up: number;
  tasks: number;
  /** Whether it has crashed since the reset: a right port does not remember that. */
  crashed: boolean;
}

/** What an action is about, as far as it goes. */
export interface About {
  readonly action: string;
  readonly slot: number;
  readonly output: number;
  readonly mask: readonly number[];
}

/** Each takes an action; false if it is not enabled. */
export type Actions = Readonly<Record<string, (about: About) => boolean>>;

const nothing: About = { action: "", slot: -1, output: -1, mask: [] };

/**
 * A port in this process, written from docs/port-protocol.md and not from the model. It is right, but for the one
 * fault that it is given.
 */
export abstract class ChunkPort<
  Chunk extends PortChunk,
  State extends PortState<Chunk>,
> implements Subject {
  protected readonly places: Places;
  protected about: About = nothing;
  #parameters: Parameters | undefined;
  #state: State | undefined;

  constructor(fault?: Fault, watch?: Watch) {
    const port = {
      circumstances: () => [`in ${this.about.action}`, ...this.#common(), ...this.circumstances()],
      outputs: () => this.parameters.outputs,
      memory: () => this.memory(),
    };
    this.places = new Places(port, fault, watch);
  }

  /** A copy that shares nothing that an action changes. */
  protected abstract copied(state: State): State;
  protected abstract start(parameters: Parameters): State;
  protected abstract readonly actions: Actions;
  /** What happens at the end of every action. */
  protected abstract endAction(): void;
  /** The circumstances of this kind of port. */
  protected abstract circumstances(): readonly string[];
  protected abstract report(chunk: Chunk): JsonObject;
  /** What is reported besides slots, engine, outputs and counts. */
  protected abstract reportMore(): JsonObject;

  protected get parameters(): Parameters {
    if (this.#parameters === undefined) throw new SubjectFailure("there was no reset");
    return this.#parameters;
  }

  protected get now(): State {
    if (this.#state === undefined) throw new SubjectFailure("there was no reset");
    return this.#state;
  }

  be(fault: Fault | undefined): void {
    this.places.be(fault);
  }

  saved(): () => void {
    const saved = this.copied(this.now);
    return () => {
      this.#state = this.copied(saved);
    };
  }

  memory(): string {
    return JSON.stringify(this.now);
  }

  reset({ scope }: ConformScope): JsonObject {
    this.#parameters = fluentBitParameters(scope.parameters);
    this.#state = this.start(this.#parameters);
    return this.state();
  }

  act(call: ActionCall): Answer {
    this.about = { ...nothing, ...call };
    const action = this.actions[call.action];
    if (action === undefined) throw new SubjectFailure(`there is no action ${call.action}`);
    const enabled = this.places.asks("all: the engine runs", this.now.running);
    if (!enabled || !action(this.about)) return { refused: notEnabled };
    this.endAction();
    return { state: this.state() };
  }

  state(): JsonObject {
    const { slots, running, online, up, tasks } = this.now;
    return {
      slots: slots.map((chunk): Json => (chunk === null ? null : this.report(chunk))),
      engine: running ? "running" : "stopped",
      output: online.map((one) => (one ? "online" : "offline")),
      ...this.reportMore(),
      up,
      tasks,
    };
  }

  // What the rules ask.

  protected chunkIn(slot: number): Chunk | undefined {
    return this.now.slots[slot] ?? undefined;
  }

  /** The chunk that the action is about, if it has no task. */
  protected idle(): Chunk | undefined {
    const chunk = this.chunkIn(this.about.slot);
    if (chunk === undefined) return undefined;
    return this.places.asks("idle: the chunk has no task", !chunk.hasTask) ? chunk : undefined;
  }

  /** The chunk that the action is about, if its delivery to the output is in a state. */
  protected withDelivery(state: string): Chunk | undefined {
    const { action, slot, output } = this.about;
    const chunk = this.chunkIn(slot);
    if (chunk === undefined) return undefined;
    const at = this.places.which(`${action}: the delivery asked for`, output);
    const holds = chunk.delivery[at] === state;
    return this.places.asks(`${action}: the delivery is ${state}`, holds) ? chunk : undefined;
  }

  protected isOnline(output: number): boolean {
    return this.now.online[this.places.which("network: the output asked for", output)] === true;
  }

  /** Whether there is room in memory, without the places that are kept for others. */
  protected hasRoom(kept = 0): boolean {
    const { up } = this.now;
    const limit = this.places.limit("room: max chunks up", this.parameters.maxChunksUp - kept);
    return this.places.asks("room: there is some", up < limit);
  }

  protected hasTaskSlot(): boolean {
    const limit = this.places.limit("task map: its size", this.parameters.taskMapSize);
    return this.places.asks("task map: it has room", this.now.tasks < limit);
  }

  // What the rules do.

  protected bringUp(chunk: Chunk): void {
    this.places.does("bring up: the chunk is in memory", () => (chunk.storage = "up"));
    this.places.counts("bring up: it is counted", () => (this.now.up += 1));
  }

  protected createTask(chunk: Chunk): void {
    this.places.does("task: the chunk has it", () => (chunk.hasTask = true));
    this.places.counts("task: it is counted", () => (this.now.tasks += 1));
  }

  /** Does something to one output of those that an action is about. */
  protected regarding(about: Partial<About>, body: () => void): void {
    const outer = this.about;
    this.about = { ...outer, ...about };
    body();
    this.about = outer;
  }

  /** The outputs of the port, one after another. */
  protected forOutputs(body: (output: number) => void): void {
    for (let output = 0; output < this.parameters.outputs; output++) {
      this.regarding({ output }, () => {
        body(output);
      });
    }
  }

  /** The live chunks, one after another. */
  protected forChunks(body: (chunk: Chunk) => void): void {
    for (const [slot, chunk] of this.now.slots.entries()) {
      if (chunk === null) continue;
      this.regarding({ slot }, () => {
        body(chunk);
      });
    }
  }

  // Actions that are the same in every release.

  protected readonly outputDown = ({ output }: About): boolean => {
    if (!this.places.asks("outputDown: it was online", this.isOnline(output))) return false;
    const at = this.places.which("outputDown: the output", output);
    this.places.does("outputDown: it is offline", () => (this.now.online[at] = false));
    return true;
  };

  protected readonly outputUp = ({ output }: About): boolean => {
    if (!this.places.asks("outputUp: it was offline", !this.isOnline(output))) return false;
    const at = this.places.which("outputUp: the output", output);
    this.places.does("outputUp: it is online", () => (this.now.online[at] = true));
    return true;
  };

  #common(): readonly string[] {
    const { slot, output } = this.about;
    const { online, tasks, up, crashed } = this.now;
    const chunk = this.chunkIn(slot);
    const others = chunk?.delivery.filter((_, at) => at !== output) ?? [];
    const names: string[] = [];
    if (output === 0) names.push("for output 0");
    if (output === 1) names.push("for output 1");
    if (online.some((one, at) => at !== output && !one)) names.push("if another output is offline");
    if (others.includes("flushing")) names.push("if another delivery is flushing");
    if (tasks >= 2) names.push("with two tasks");
    if (up >= this.parameters.maxChunksUp) names.push("with memory full");
    if (up > this.parameters.maxChunksUp) names.push("with memory over the limit");
    if (chunk !== undefined && chunk.storage !== "down") names.push("if the chunk is in memory");
    if (crashed) names.push("after a crash");
    return names;
  }
}
